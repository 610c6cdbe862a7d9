import { type Random, randomOf } from './random.ts'
import type { DemoInstitution, DemoProduct } from './shapes.ts'

const NUMBERS: Record<string, string> = { 第一人民医院: '一院', 第二人民医院: '二院', 第三人民医院: '三院' }

// Slips of a pinyin keyboard or of the eye.
const SLIPS: [string, string][] = [
  ['保健院', '保建院'],
  ['医院', '医完'],
  ['人民', '人名'],
  ['中心', '忠心'],
  ['卫生院', '卫生苑'],
  ['附属', '付属'],
  ['药房', '药坊'],
  ['社区', '杜区'],
  ['诊所', '珍所'],
  ['综合', '宗合'],
]

export function toFullWidth(text: string): string {
  return text.replace(/[!-~]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0)).replace(/ /g, '　')
}

function shorten(name: string, city: string, drop_city: boolean): string {
  for (const [long, short] of Object.entries(NUMBERS)) {
    if (name.includes(long)) return name.replace(long, short).replace(city, drop_city ? '市' : city)
  }
  return name
    .replace('医科大学附属第', '医附')
    .replace('妇幼保健院', '妇幼')
    .replace('社区卫生服务中心', '社区中心')
    .replace('人民医院', '医院')
    .replace('中医院', '中医')
    .replace('大药房连锁有限公司', '连锁')
    .replace('医药有限公司', '医药')
    .replace('大药房有限公司', '大药房')
}

function dropPrefix(institution: DemoInstitution): string {
  const { name, city, county, province } = institution
  for (const prefix of [`${city}${county}`, province, city, city.replace(/市$/, ''), county]) {
    if (prefix.length > 1 && name.startsWith(prefix) && name.length - prefix.length >= 5)
      return name.slice(prefix.length)
  }
  return name
}

function slip(name: string): string {
  const found = SLIPS.find(([right]) => name.includes(right))
  return found ? name.replace(found[0], found[1]) : name
}

function spaced(name: string, random: Random): string {
  const at = random.int(2, Math.max(2, name.length - 2))
  return `${name.slice(0, at)}${random.chance(0.5) ? ' ' : '　'}${name.slice(at)}`
}

function spell(institution: DemoInstitution, random: Random): string {
  const { name, kind, city, province, aliases } = institution
  const is_medical = kind === 'hospital' || kind === 'clinic'
  const ways: [string, number][] = [
    [name, 50],
    [dropPrefix(institution), 13],
    [shorten(name, city, random.chance(0.4)), 10],
    [aliases.length > 0 ? random.pick(aliases) : name, 7],
    [name.startsWith(province) ? name : `${province}${name}`, 5],
    [spaced(name, random), 4],
    [slip(name), 4],
    [toFullWidth(`${name} (${random.int(1, 9)}${random.int(10, 99)})`), 1],
    [name.includes('（') ? name.replace('（', '(').replace('）', ')') : `${name} `, 4],
    [
      is_medical ? `${name}（${random.pick(['药剂科', '药房', '设备科', '骨科', '眼科', '耗材库'])}）` : name,
      6,
    ],
    [is_medical ? `${name}-${random.pick(['门诊', '住院部', '本部', '新院'])}` : name, 3],
  ]
  return random.weighted(ways)
}

/**
 * How one distributor's system writes each customer: the same all its life. No two customers of one distributor are
 * written alike, and nobody is written with another's exact name.
 */
export function customerSpeller(institutions: DemoInstitution[], seed: number) {
  const exact = new Map(institutions.map((institution) => [institution.name, institution.key]))
  const written = new Map<string, string>()
  const taken = new Map<string, string>()
  return (distributor_key: string, institution: DemoInstitution): string => {
    const id = `${distributor_key}|${institution.key}`
    const before = written.get(id)
    if (before !== undefined) return before
    const tried = spell(institution, randomOf(seed, 'customer', id))
    const other = exact.get(tried.trim())
    const clash = taken.get(`${distributor_key}|${tried}`)
    const text =
      (other && other !== institution.key) || (clash && clash !== institution.key) ? institution.name : tried
    written.set(id, text)
    taken.set(`${distributor_key}|${text}`, institution.key)
    return text
  }
}

export type ProductText = { name: string; spec: string; maker: string }

/** How one distributor's system writes a product: by trade name, by generic name, with other signs in the spec. */
export function spellProduct(distributor_key: string, product: DemoProduct, seed: number): ProductText {
  const house = randomOf(seed, 'house style', distributor_key)
  const brand = product.aliases[0] ?? ''
  const style = house.weighted([
    ['generic', 5],
    ['standard', 3],
    ['brand first', 2],
    ['other name', 1],
  ] as [string, number][])
  const times = house.pick(['×', '*', '*', 'x'])
  const short = house.chance(0.4)
  const maker = house.weighted([
    [product.manufacturer, 3],
    [product.manufacturer.slice(0, 4), 2],
    [product.manufacturer.replace('股份', ''), 1],
  ] as [string, number][])
  const own = randomOf(seed, 'product', distributor_key, product.key)
  const name =
    style === 'standard'
      ? product.name
      : style === 'brand first'
        ? `${brand} ${product.generic_name}`
        : style === 'other name' && product.aliases.length > 1
          ? own.pick(product.aliases.slice(1))
          : product.generic_name
  let spec = product.spec.replaceAll('×', times)
  if (short) spec = spec.replace(/\/[盒支套]$/, '')
  if (own.chance(0.12)) spec = toFullWidth(spec)
  return { name, spec: house.chance(0.15) ? spec.replace('：', ':').replace(/（.*）/, '') : spec, maker }
}

/** A spelling nobody has used before: what a new clerk types. */
export function oddProduct(product: DemoProduct, random: Random): ProductText {
  const brand = product.aliases[0] ?? product.generic_name
  return random.pick([
    { name: brand, spec: product.spec.replace(/[a-z]/gi, ''), maker: '' },
    {
      name: product.generic_name.replace(/(钠肠溶片|咀嚼片|片|胶囊|凝胶|敷料|滴眼液)$/, ''),
      spec: '大规格',
      maker: '',
    },
    {
      name: `${brand}牌${product.generic_name}（新）`,
      spec: product.spec.split(/[×:/]/)[0] ?? '',
      maker: '',
    },
    { name: `(赠)${product.generic_name}`, spec: product.spec, maker: '' },
  ])
}
