import { foldText } from './characters.ts'
import { type DivisionMention, divisions, readDivisionPrefix } from './divisions.ts'

/**
 * The key under which aliases and distinct texts are kept: full width, case, white space, brackets, dashes, interpuncts and
 * traditional characters no longer make a difference. Nothing that may carry meaning is dropped.
 */
export function normaliseInstitutionName(raw: string): string {
  return foldText(raw, false)
}

export interface ParsedName {
  key: string
  /** Without order prefixes, remarks and address; numbers and kind words in one spelling. */
  text: string
  mentions: DivisionMention[]
  /** Address glued behind the name, '' if none. */
  address: string
  /** Characters of the key that were dropped as noise, remark or address. */
  noise: number
}

const remark =
  /^(新|旧|老|直|本|总部|本部|(门诊|住院|急诊|西|中|中心)?药房|原.*|曾用.*|(民营|公立|公办|私立|集采|非集采|带量|自费|医保|直销|直供|代销|调拨|配送|代运营|停用|已停用|停业|注销|已注销|作废|药库|门诊|住院|急诊|西药|中药|药剂|设备|检验|耗材|试剂|器械|采购|医共体|医联体|基药|非基药|试用|赠品|冷链|等级|一级|二级|三级|二甲|三甲|重复|勿用).*)$/
const branchWords =
  /(院区|分院|[东西南北新老总]院|[东西南北]区|分部|店|药房|药店|卖场|诊所|门诊部|分公司|医院|保健院)$/
const addressWords = /(路|街|巷|大道|\d+号|号$|村|弄|大厦|开发区)/

/** Order prefixes, also where a division was written before them: 泰州市A0012-泰兴市中医院, 海南省01琼中中医院. */
const noiseInside =
  /^(.{0,14}?)(?:(?:公立|民营|私立|终端|客户)-|\((?:终端|客户|医院|医疗|直供|直销)\)|[A-Z]{1,3}\d{2,6} *[-:#]? *|YY|DTC|(?<=[省市县区州盟旗])(?:0\d|\d{4,9}[ \-:]+))(?=[\u4e00-\u9fff]{3})/

function dropLeadingNoise(text: string): string {
  let rest = text.replace(/^ +/, '')
  if (/[-()A-Z\d]/.test(rest)) rest = rest.replace(noiseInside, '$1')
  for (let i = 0; i < 2; i++) {
    const next = rest
      .replace(/^\(.{1,4}\)(?=.{3})/, (m) =>
        /^\((终端|客户|医院|医疗|新|旧|老|直供|直销|[A-Z\d]+)\)$/.test(m) ? '' : m,
      )
      .replace(/^[A-Z]{1,3}[O\d]{0,6} *[-:#] */, '')
      .replace(/^[A-Z]{2,4}(?=[\u4e00-\u9fff])/, '')
      .replace(/^\d{3,9}[ \-:]+/, '')
    if (next === rest) break
    rest = next
  }
  return rest
}

const breaks = /(?<=[院心站所部店房室司队)]) ?[ \-(/]/g

/** Cuts an address glued behind the name: "… 苏州市平海路899号", "…(南环路12号)", "…-陆水湖大道". */
function splitAddress(text: string): { name: string; address: string } {
  if (!/[ \-(/]/.test(text)) return { name: text, address: '' }
  for (const at of text.matchAll(breaks)) {
    const tail = text.slice(at.index + at[0].length)
    const piece = (at[0].endsWith('(') ? (tail.split(')')[0] ?? '') : (tail.split('(')[0] ?? '')).trim()
    if (at.index < 3 || piece.length < 5 || branchWords.test(piece) || !addressWords.test(piece)) continue
    return { name: text.slice(0, at.index), address: piece }
  }
  return { name: text, address: '' }
}

const bracketless =
  /(?<=[院心所站])(?:民营|公立|公办|私立|集采|带量|自费|医保|直销|直供|医共体|医联体|基药|门诊药房|住院药房|药库|药剂科|设备科|检验科|耗材|采购|试剂|停用|作废)\)$/

/** Drops remarks behind a bracket, dash or slash; what may be a branch stays as part of the name. */
function dropRemarks(text: string): string {
  let name = text.trim()
  if (!/[-/()]/.test(name)) return name
  // A remark that has lost its opening bracket.
  if (name.endsWith(')') && !name.includes('(')) name = name.replace(bracketless, '')
  for (let i = 0; i < 3; i++) {
    const m = /^(.{2,}?) *(?:\(([^()]*)\)?|[-/] *([^-/()]{0,5}))$/.exec(name)
    if (m === null) break
    const inner = (m[2] ?? m[3] ?? '').replaceAll(' ', '')
    const afterDash = m[2] === undefined
    const head = m[1] ?? ''
    const cutOff = !name.endsWith(')') && inner.length <= 2
    const drop =
      remark.test(inner) ||
      (/[院心所站]$/.test(head) && /(?:^[^东西南北新老总分]|药房|药库|科|库)$/.test(inner)) ||
      /^[\dA-Z]*$/.test(inner) ||
      (afterDash && !branchWords.test(inner)) ||
      cutOff
    name = drop ? head : `${head}${inner}`
  }
  return name
}

const digits = '零一二三四五六七八九'
function numberInChinese(figure: string): string {
  const n = Number(figure)
  if (figure.length <= 2 && figure[0] !== '0' && n < 100) {
    const tens = Math.floor(n / 10)
    const head = tens === 0 ? '' : tens === 1 ? '十' : `${digits[tens]}十`
    return `${head}${n % 10 === 0 ? '' : digits[n % 10]}`
  }
  return figure.replace(/\d/g, (d) => digits[Number(d)] ?? '')
}

const numeral = '零一二三四五六七八九十百'
/** 第贰, 第泗, 第午: a numeral misheard or written for the bank. */
const misheard = new Map<string, string>()
for (const group of [
  '一壹意衣伊',
  '二贰儿尔而耳',
  '三叁散伞参',
  '四肆泗饲寺',
  '五伍午舞武吾',
  '六陆溜',
  '七柒妻期齐',
  '八捌巴把',
  '九玖久酒',
  '十拾时',
]) {
  for (const ch of group.slice(1)) misheard.set(ch, group.slice(0, 1))
}
const misheardOrdinal = new RegExp(`第([${[...misheard.keys()].join('')}])(?=人|医|中|附|院|职|临|分)`, 'g')
const ordinalMark = new RegExp(
  `[第弟帝笫递弗缔谛](?=[${numeral}]|院)|[地的](?=[${numeral}]{1,2}(?:人|医|中医|院|职))`,
  'g',
)

const ordinalStart = /[第弟帝笫递弗缔谛地的]/
const peopleMisread = /(?:人良|儿民|任民|仁民|人名)(?=医)/
const maternal =
  /(?:妇幼(?:保健)?|妇保|妇.保健|.幼保健|妇幼.健|妇幼保.)(?:和)?计划生育.{0,5}$|妇幼保健服务中心|妇保院|妇幼院/
const fullKind = new Map([
  ['人民', '人民医院'],
  ['中医', '中医院'],
  ['附属', '附属医院'],
])

/** One spelling for numbers, kind words and company forms, so that 人医 and 第1人民医院 meet their full forms. */
export function canonicalName(text: string): string {
  let s = /[() \-/]/.test(text) ? text.replaceAll(/[() \-/]/g, '') : text
  if (/\d/.test(s)) s = s.replace(/[O]/g, '0').replace(/\d+/g, numberInChinese)
  else if (s.includes('O')) s = s.replace(/O/g, '零')
  if (s.includes('第')) s = s.replace(misheardOrdinal, (_, ch: string) => misheard.get(ch) ?? ch)
  if (ordinalStart.test(s)) s = s.replace(ordinalMark, '')
  s = s.replace(peopleMisread, '人民')
  if (s.includes('妇') || s.includes('计划生育'))
    s = s.replace(maternal, '妇幼保健院').replace(/(?:妇幼|妇保)$/, '妇幼保健')
  if (s.includes('中医医')) s = s.replace(/中医医院/g, '中医院')
  if (/[民医属]$/.test(s)) s = s.replace(/(人民|中医|附属|[^医]医)$/, (m) => fullKind.get(m) ?? `${m}院`)
  s = s.replace(/人医院?$/, '人民医院')
  if (s.includes('精神')) s = s.replace(/精神病医院/g, '精神病院')
  if (s.includes('社') || s.includes('卫服'))
    s = s
      .replace(/社区(?:卫生|卫生服务|卫生服务中|卫)?$/, '社区卫生服务中心')
      .replace(/社卫中心|社区中心|卫服中心/, '社区卫生服务中心')
  if (/大附|医大|附院|附属|附[一二三四五六七八九]/.test(s))
    s = s
      .replace(/医大(?=附|[一二三四五六七八九]|$)/, '医科大学')
      .replace(/附([一二三四五六七八九十])(?:院|医院)?/, '$1附属医院')
      .replace(/附院/, '附属医院')
      .replace(/附属([一二三四五六七八九十])医院/, '$1附属医院')
      .replace(/附属医院医院/, '附属医院')
  if (s.includes('店') || s.includes('房') || s.includes('公')) {
    s = s
      .replaceAll('药店', '药房')
      .replace(/有限责任公[司私]|有限公私|有限公$/, '有限公司')
      .replace(/(?:分店|店药房)$/, '店')
  }
  return s
}

/** The name without order prefixes and remarks, spelling kept, and the address glued behind it. */
export function stripNoise(raw: string): { name: string; address: string } {
  // A list number ("01.") must go before the dot is folded away.
  const spaced = foldText(/^\s*\d/.test(raw) ? raw.replace(/^\s*\d{1,3}[.、．](?=\D)/, '') : raw, true)
  const { name, address } = splitAddress(dropLeadingNoise(spaced).trim())
  return { name: dropRemarks(name), address }
}

const saidTwice = /^(.{2,4}?)([市县区]?)\1(?=.{2})/
/** What a division has of its own; 烟台市烟台山医院 says it once. */
const ofItsOwn =
  /^(人民|人医|中医|中西医|妇幼|妇女|儿童|口腔|骨科|眼科|肿瘤|精神|中心|[一二三四五六七八九](院|人民|医院))/

/**
 * A list that writes the division before every name says it twice: 益阳市益阳中医院. 朝阳市朝阳县 are two. Gives the canonical
 * text with the division said once, or the same text.
 */
export function saidOnce(text: string): string {
  const found = saidTwice.exec(text)
  if (found === null) return text
  const [all, word = '', suffix = ''] = found
  const rest = text.slice(all.length)
  if (!divisions.byText.has(word) && !divisions.byText.has(`${word}市`)) return text
  const again = suffix === '' && /^[市县区]/.test(rest)
  return again || ofItsOwn.test(rest) ? word + suffix + rest : text
}

/** Reads one customer text. `province` is a division number or −1. */
export function readInstitutionText(raw: string, province: number): ParsedName {
  const key = normaliseInstitutionName(raw)
  const { name, address } = stripNoise(raw)
  let text = canonicalName(name)
  // A hospital's operating company stands for the hospital.
  if (text.includes('有限')) text = text.replace(/(医院|门诊部|诊所)(?:有限公司|有限公?|有限责任)$/, '$1')
  if (/[A-Z]/.test(text)) text = text.replace(/^(.{2,}?)(?:YY|DTC|[A-Z]\d{3,})(?=.{2})/, '$1')
  const noise = Math.max(0, key.length - name.length)
  return { key, text, mentions: readDivisionPrefix(text, province), address, noise }
}
