import type { InstitutionEntry } from '#engines/matching/public.ts'
import { alikeCharacters, traditionalOf } from '#engines/matching/text/characters.ts'
import { divisions, readDivisionPrefix } from '#engines/matching/text/divisions.ts'

/** A fixed sequence of numbers in [0, 1). */
export function sequence(seed: number): () => number {
  let s = seed >>> 0
  return () => {
    s = (s + 0x6d2b79f5) >>> 0
    let t = Math.imul(s ^ (s >>> 15), s | 1)
    t = (t + Math.imul(t ^ (t >>> 7), t | 61)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

type Random = () => number
const pick = <T>(random: Random, list: readonly T[]): T => list[Math.floor(random() * list.length)] as T

function changeOne(text: string, random: Random, change: (ch: string) => string | null): string {
  for (let tries = 0; tries < 6; tries++) {
    const at = Math.floor(random() * text.length)
    const to = change(text[at] as string)
    if (to !== null) return text.slice(0, at) + to + text.slice(at + 1)
  }
  return text
}

function abbreviate(name: string): string {
  const rules: readonly (readonly [RegExp, string])[] = [
    [/第([一二三四五六七八九十])人民医院$/, '$1院'],
    [/第([一二三四五六七八九十])人民医院$/, '第$1医院'],
    [/人民医院$/, '人医'],
    [/人民医院$/, '医院'],
    [/人民医院$/, '人民'],
    [/妇幼保健[院站所]$/, '妇幼'],
    [/妇幼保健院$/, '妇保院'],
    [/中医医?院$/, '中医'],
    [/附属第([一二三四五])医院$/, '附$1院'],
    [/附属第([一二三四五])医院$/, '第$1附属医院'],
    [/第([一二三四五])附属医院$/, '附属第$1医院'],
    [/医科大学/, '医大'],
    [/社区卫生服务中心$/, '社区中心'],
    [/中心卫生院$/, '卫生院'],
    [/职工医院$/, '医院'],
    [/街道(?=社区)/, ''],
  ]
  const fitting = rules.filter(([from]) => from.test(name))
  const rule = fitting[name.length % (fitting.length || 1)]
  return rule === undefined ? name : name.replace(rule[0], rule[1])
}

const remarks =
  '直销 自费 医保 集采 民营 公立 门诊药房 住院药房 西药房 检验科 药剂科 耗材 本部 新 停用 医共体 设备科'.split(
    ' ',
  )
const prefixes = ['YY', 'DTC', 'A0012-', '[终端]', '公立-', '01.', '10023 ', 'Z-', '(直供)']

function withPrefix(name: string, e: InstitutionEntry, random: Random): string {
  const outer = [e.province, e.city, e.county].filter(
    (d) => d !== null && d !== '' && !name.includes(d),
  ) as string[]
  if (outer.length === 0) return name
  const short = (d: string) => (random() < 0.5 ? d : d.replace(/(省|市|县|区|自治区)$/, ''))
  const from = Math.floor(random() * outer.length)
  return (
    outer
      .slice(from, from + 1 + Math.floor(random() * 2))
      .map(short)
      .join('') + name
  )
}

function prefixEnds(name: string): number[] {
  return readDivisionPrefix(name, -1).map((m) => m.end)
}

type Corruption = (name: string, e: InstitutionEntry, random: Random) => string

const corruptions: readonly (readonly [number, Corruption])[] = [
  [24, withPrefix],
  [
    16,
    (name) => {
      const end = prefixEnds(name).at(-1) ?? 0
      return name.slice(0, end).replace(/[市县区](?=$)/, '') + name.slice(end)
    },
  ],
  [
    14,
    (name, _, random) =>
      name + pick(random, ['(?)', '（?）', '-?', '[?]']).replace('?', pick(random, remarks)),
  ],
  [
    14,
    (name, _, random) => {
      const at = 1 + Math.floor(random() * (name.length - 1))
      return random() < 0.5 ? pick(random, prefixes) + name : `${name.slice(0, at)} ${name.slice(at)}`
    },
  ],
  [14, (name) => abbreviate(name)],
  [13, (name, _, random) => changeOne(name, random, (ch) => alikeCharacters(ch, 'sound', random()))],
  [10, (name, _, random) => changeOne(name, random, (ch) => alikeCharacters(ch, 'look', random()))],
  [
    9,
    (name, _, random) => {
      const at = Math.floor(random() * name.length)
      return name.slice(0, at) + name.slice(at + 1)
    },
  ],
  [6, (name) => Array.from(name, traditionalOf).join('')],
  [4, (name, _, random) => name.slice(0, name.length - 1 - Math.floor(random() * 3))],
  [3, (name) => name.slice(prefixEnds(name).at(-1) ?? 0)],
  [3, (name) => name.slice(prefixEnds(name)[0] ?? 0)],
  [2, (name) => name.replace(/[一二三四五六七八九]/, (d) => String('零一二三四五六七八九'.indexOf(d)))],
]
const corruptionsTotal = corruptions.reduce((sum, [share]) => sum + share, 0)

/** A name of the entry as a customer list might write it. */
export function writeBadly(e: InstitutionEntry, random: Random): string {
  const alias = e.aliases.length > 0 && random() < 0.1
  const original = alias ? pick(random, e.aliases) : e.name
  let name = original
  const r = random()
  const times = r < 0.14 ? 0 : r < 0.72 ? 1 : r < 0.94 ? 2 : 3
  for (let i = 0; i < times && name.length > 3; i++) {
    let at = random() * corruptionsTotal
    for (const [share, corrupt] of corruptions) {
      at -= share
      if (at > 0) continue
      name = corrupt(name, e, random)
      break
    }
  }
  return name.length < 2 ? original : name
}

const provinces = divisions.name.filter((_, unit) => divisions.level[unit] === 1)

/** The province of a distributor that sells to the entry: mostly its own. */
export function sellerProvince(e: InstitutionEntry, random: Random): string {
  return e.province !== null && random() < 0.95 ? e.province : pick(random, provinces)
}
