import { hashString } from '../flat.ts'

/** What kind of place a name says it is; 0 when its tail does not tell. */
export const kinds = [
  'unknown',
  'hospital',
  'people',
  'tcm',
  'maternal',
  'maternal-station',
  'township',
  'community',
  'community-station',
  'clinic',
  'outpatient',
  'pharmacy',
  'special',
  'institute',
  'staff',
  'company',
  'central',
  'mongolian',
  'tibetan',
  'ethnic',
  'integrated',
] as const

const kindRules: readonly (readonly [RegExp, number])[] = [
  [/社区卫生服务站$/, 8],
  [/社区卫生服务中心$/, 7],
  [/(药房|药店|店|药堂|卖场)$/, 11],
  [/妇幼保健(院|医院)$|妇女儿童医院$|妇幼医院$|妇产医院$/, 4],
  [/(保健|计划生育|妇幼).{0,6}[站所]$/, 5],
  [/卫生院$/, 6],
  [/门诊部$/, 10],
  [/(诊所|卫生所|卫生室|医务室|医务所|卫生站)$/, 9],
  [/公司$/, 15],
  [/中西医(结合)?医院$/, 20],
  [/[中]?蒙医(中医)?院$/, 17],
  [/[中]?藏医院$/, 18],
  [/(壮|苗|傣|瑶|维吾尔|哈萨克|民族|朝)医院$/, 19],
  [/(中医院|中医药.{0,4}医院|国医院|中医.{0,4}医院)$/, 3],
  [/中心医院$/, 16],
  [
    /(口腔|眼科|肿瘤|精神病?|骨科|儿童|胸科|传染病|结核病|康复|整形|美容|男科|妇科|肛肠|皮肤病?|肾病|肝病|心理|老年病?|[^人]专科|病)(医院|院)$/,
    12,
  ],
  [/(防治|研究)[院所站]|疾控中心|疾病预防控制中心|血站$/, 13],
  [/职工医院$/, 14],
  [/人民医院$/, 2],
  [/(医院|中心|院|疗养院)$/, 1],
]

/** Kinds that often stand for one another in a name; everything else against everything else is a conflict. */
const friends = new Set<number>()
for (const [a, b] of [
  [1, 2],
  [1, 4],
  [1, 12],
  [1, 13],
  [1, 14],
  [1, 16],
  [1, 20],
  [3, 20],
  [3, 17],
  [3, 18],
  [3, 12],
  [4, 5],
  [7, 8],
  [6, 1],
  [7, 6],
  [9, 10],
  [12, 13],
  [7, 1],
  [10, 1],
  [2, 14],
] as const) {
  friends.add(a * 32 + b)
  friends.add(b * 32 + a)
}

/** 0 the same or untold, 1 may stand for one another, 2 surely different. */
export function kindDistance(a: number, b: number): 0 | 1 | 2 {
  if (a === b || a === 0 || b === 0) return 0
  return friends.has(a * 32 + b) ? 1 : 2
}

/** 妇幼保健院 against 妇幼保健站 or 所: one that was promoted, or two. */
export function isMaternalPair(a: number, b: number): boolean {
  return (a === 4 && b === 5) || (a === 5 && b === 4)
}

/** 海门市医院: nothing but a division and 医院; by custom that is the people's hospital. */
export function isPlainHospital(text: string, from: number): boolean {
  return text.length - from <= 2 || (text.length - from === 3 && /^[县市区]/.test(text.slice(from)))
}

export interface NameParts {
  kind: number
  /** Bit set of the trades a name mentions, see `trades`. */
  trades: number
  /** Ordinals in order as a hash, 0 if none: 第一人民医院三分院 → of "一三". */
  ordinals: number
  /** The part of a bigger place as a hash, 0 if none: 东院区 → of "东", 新德店 → of "新德". */
  branch: number
}

const ordinal =
  /^[零一二三四五六七八九十百]+(?=.[民院医])|[零一二三四五六七八九十百]+(?=人民|中医|附属|医院|院|职工|妇幼|中西|临床|分院|门诊|社区|精神|专科|分店|店|药房|卫生|医务|康复|师|团|矿|建|公司|工程|冶|棉|中心|军|野|机|工|师范|医科|医学|大药房|分)/g

const trades =
  '眼科 口腔 肿瘤 儿童 妇产 妇幼 精神 骨科 骨伤 康复 传染 结核 皮肤 肛肠 整形 美容 胸科 中西医 中医 蒙医 藏医 妇科 男科 脑科 肝病 肾病 老年 防治 研究 护理 急救'.split(
    ' ',
  )
const tradeWord = new RegExp(trades.join('|'), 'g')

function tradesOf(core: string): number {
  let bits = 0
  for (const word of core.match(tradeWord) ?? []) bits |= 1 << trades.indexOf(word)
  return bits
}

const mainWord = /公司|医院|保健院|卫生院|服务中心|医疗中心|卫生中心/

/** A store whose name does not tell company from branch. */
export const unsaid = 1

const hashText = (text: string) => hashString(0, text)

/** Rules by the last character of a name, so that few are asked; those that do not look at the end stay in each list. */
const rulesByEnd = new Map<string, (readonly [RegExp, number])[]>()
for (const end of '站心店房堂场院部所室司') {
  const fits = ([rule]: readonly [RegExp, number]) =>
    rule.source.replaceAll(/[^\u4e00-\u9fff|]/g, '').includes(end)
  rulesByEnd.set(end, kindRules.filter(fits))
}
const otherRules = kindRules.filter(([rule]) => !rule.source.endsWith('$'))

function kindOf(text: string): number {
  for (const [rule, kind] of rulesByEnd.get(text[text.length - 1] ?? '') ?? otherRules)
    if (rule.test(text)) return kind
  return 0
}

/** `text` is a canonical name, `from` the end of its division prefix. */
export function readParts(text: string, from: number): NameParts {
  const core = from > 0 ? text.slice(from) : text
  const ordinals = /[零一二三四五六七八九十百]/.test(core) ? (core.match(ordinal) ?? []).join('') : ''
  const kind = kindOf(core)
  let branch = 0
  const m = mainWord.exec(core)
  if (m !== null) {
    const rest = core.slice(m.index + m[0].length)
    if (rest.length > 0 && rest.length <= 14 && !/^[有附]/.test(rest)) {
      branch = hashText(rest.replace(/(院区|分院|大药房|药房|分店|店|院|区|分部|分公司)$/, '') || rest)
    }
  } else if (kind === 11) branch = unsaid
  return { kind, trades: tradesOf(core), ordinals: ordinals === '' ? 0 : hashText(ordinals), branch }
}
