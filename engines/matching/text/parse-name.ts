import type { ParsedInstitutionName } from '../shapes.ts'
import { foldText } from './characters.ts'
import { divisions, findDivision, readDivisionPrefix } from './divisions.ts'
import { canonicalName, stripNoise } from './institution-name.ts'
import { kinds, readParts } from './name-parts.ts'

const broadKinds: Partial<Record<(typeof kinds)[number], ParsedInstitutionName['kind']>> = {
  unknown: 'other',
  'community-station': 'clinic',
  clinic: 'clinic',
  outpatient: 'clinic',
  pharmacy: 'pharmacy',
  company: 'company',
}

const categories: Partial<Record<(typeof kinds)[number], string>> = {
  hospital: '综合医院',
  people: '综合医院',
  central: '综合医院',
  tcm: '中医医院',
  maternal: '妇幼保健院',
  township: '乡镇卫生院',
  community: '社区卫生服务机构',
  'community-station': '社区卫生服务机构',
  clinic: '诊所',
  outpatient: '门诊部',
  special: '专科医院',
  integrated: '中西医结合医院',
  mongolian: '民族医院',
  tibetan: '民族医院',
  ethnic: '民族医院',
}

const levelWords = /(?<!第)([一二三])级?(甲|乙|丙)等?(?!状)|(?<!第)([一二三])级(?![甲乙丙])/
const levelBehind = /[（(]?[一二三](?:级[甲乙丙]?|[甲乙丙])等?[)）]?$/
/** A site of a hospital, and a store of a company. */
const partOf = [
  /^(.{3,}?(?:医院|卫生院|保健院|中医院|中心))[（(]?[^（()）]{1,10}?(?:院区|分院|分部|病区|门诊部)[)）]?$/,
  /^(.{4,}?公司)[^公司]{1,24}?(?:店|药房)$/,
]

/** What stands in brackets or at the end as a remark: 三甲, 二级甲等. */
function levelOf(raw: string): string | null {
  const found = levelWords.exec(raw)
  if (found === null) return null
  const [, rank, grade, bare] = found
  return rank !== undefined ? `${rank}级${grade}等` : `${bare}级`
}

/** A chain is the company that has the stores; each store is a pharmacy. */
const isChain = (name: string) => /连锁.{0,8}公司$|(?:连锁|药房|药店).{0,4}总(?:店|部)$/.test(name)

/**
 * What a raw text says about the institution it names, for a form that creates it: the name without order prefixes, remarks
 * and address (the spelling is kept), the divisions it starts with as six-digit codes, and a broad kind. `province` is a
 * written name that decides among divisions of the same name. Former divisions give the code of their successor when
 * there is one. Never throws.
 */
export function parseInstitutionName(raw: string, province?: string | null): ParsedInstitutionName {
  const home = findDivision(province, 1, -1)
  const { name, address } = stripNoise(raw)
  const written = foldText(name, false)
    .replace(levelBehind, '')
    .replaceAll(/[()]/g, (ch) => (ch === '(' ? '（' : '）'))
  const whole = partOf.map((part) => part.exec(written)?.[1]).find((found) => found !== undefined)
  const text = canonicalName(written)
  // A site is of the kind its hospital is; a store is not what its company is.
  const telling = whole?.endsWith('公司') === false ? canonicalName(whole) : text
  const mentions = readDivisionPrefix(text, home)
  const chain = mentions.length > 0 ? mentions : readDivisionPrefix(address, home)
  const units = chain.at(-1)?.units ?? new Int16Array(0)
  // Several places of the same name: only what they have in common is said.
  const common = (of: (unit: number) => number) => {
    const codes = new Set(Array.from(units, of))
    const [unit] = codes
    return codes.size === 1 && unit !== undefined && unit >= 0 ? (divisions.code[unit] ?? null) : null
  }
  const nameOf = (of: (unit: number) => number) => {
    const code = common(of)
    return code === null ? null : (divisions.name[divisions.code.indexOf(code)] ?? null)
  }
  const provinceOf = (u: number) => divisions.province[u] as number
  const cityOf = (u: number) => (divisions.level[u] === 1 ? -1 : (divisions.city[u] as number))
  const countyOf = (u: number) => (divisions.level[u] === 3 ? u : -1)
  const kind = kinds[readParts(telling, mentions.at(-1)?.end ?? 0).kind] ?? 'unknown'
  return {
    name: written,
    province: nameOf(provinceOf),
    city: nameOf(cityOf),
    county: nameOf(countyOf),
    category: categories[kind] ?? null,
    level: levelOf(raw),
    whole: whole ?? null,
    province_code: common(provinceOf),
    city_code: common(cityOf),
    county_code: common(countyOf),
    kind: isChain(written) ? 'chain' : (broadKinds[kind] ?? 'hospital'),
    address,
  }
}
