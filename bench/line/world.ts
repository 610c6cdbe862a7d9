import { citiesOf, countiesOf, provinceNamed } from '#apps/server/demo/generate/divisions.ts'
import { inventedDistributors } from '#apps/server/demo/generate/names.ts'
import { planOf, provincesOf } from '#apps/server/demo/generate/plan.ts'

/** The invented company of the benchmark: who buys, what is sold, who sells, who answers for whom. */
export interface BenchWorld {
  institutions: BenchInstitution[]
  products: BenchProduct[]
  distributors: { code: string; name: string; short_name: string; province: string; city: string }[]
  /** A country, its provinces, four territories a province. */
  territories: {
    code: string
    name: string
    level: 'region' | 'province' | 'territory'
    parent: string | null
  }[]
}

export interface BenchInstitution {
  code: string
  name: string
  alias: string
  province: string
  city: string
  county: string
  /** Code of the territory that owns it; null: nobody. */
  territory: string | null
}

export interface BenchProduct {
  code: string
  name: string
  spec: string
  group: string
  manufacturer: string
  price_fen: number
}

export const MONTH = '2026-10'
const KINDS = ['人民医院', '中医院', '妇幼保健院', '第二人民医院']
const GROUPS = ['GK', 'CM', 'YK', 'XG', 'XH']
const GENERICS = [
  '苯磺酸氨氯地平片',
  '缬沙坦胶囊',
  '瑞舒伐他汀钙片',
  '替米沙坦片',
  '硫酸氢氯吡格雷片',
  '雷贝拉唑钠肠溶片',
  '铝碳酸镁咀嚼片',
  '枸橼酸莫沙必利片',
  '盐酸二甲双胍片',
  '格列美脲片',
  '阿卡波糖片',
  '厄贝沙坦片',
  '富马酸比索洛尔片',
  '盐酸曲美他嗪片',
  '阿托伐他汀钙片',
  '依那普利片',
  '头孢地尼胶囊',
  '左氧氟沙星片',
  '奥美拉唑肠溶胶囊',
  '蒙脱石散',
]
const STRENGTHS = [5, 10, 20, 40, 80]
const PACKS = [14, 28]

/** A world with `customers` institutions (5,000), 200 products, 60 distributors; the same on every call. */
export function benchWorld(customers: number): BenchWorld {
  const provinces = provincesOf(planOf('C1'))
  const territories: BenchWorld['territories'] = [
    { code: 'T', name: '全国', level: 'region', parent: null },
    ...provinces.flatMap(({ name, letters }) => [
      { code: `T-${letters}`, name: `${name}省区`, level: 'province' as const, parent: 'T' },
      ...[1, 2, 3, 4].map((n) => ({
        code: `T-${letters}-${n}`,
        name: `${name}${n}区`,
        level: 'territory' as const,
        parent: `T-${letters}`,
      })),
    ]),
  ]
  const names = new Set(provinces.map(({ name }) => name))
  const distributors = inventedDistributors()
    .filter((one) => names.has(one.province))
    .map((one, index) => ({
      code: `D${String(index + 1).padStart(3, '0')}`,
      name: one.name,
      short_name: one.short_name,
      province: one.province,
      city: one.city,
    }))
  return { institutions: institutions(customers), products: products(), distributors, territories }
}

function institutions(count: number): BenchInstitution[] {
  const provinces = provincesOf(planOf('C1'))
  const all = provinces.flatMap(({ name, letters }) => {
    const province = provinceNamed(name)
    return citiesOf(province).flatMap((city, at) =>
      countiesOf(city).flatMap((county) =>
        KINDS.map((kind) => ({
          // A district's hospital carries the city's name, a county's own hospital its county's.
          name: `${county.name.endsWith('区') && city.code !== county.code ? city.name : ''}${county.name}${kind}`,
          alias: `${city.short}${county.short}${kind.replace('人民医院', '医院')}`,
          province: name,
          city: city.name,
          county: county.name,
          territory: `T-${letters}-${(at % 4) + 1}`,
        })),
      ),
    )
  })
  const distinct = [...new Map(all.map((one) => [one.name, one])).values()]
  const chosen = spread(distinct, count)
  return chosen.map((one, index) => ({
    ...one,
    code: `YY${10_000 + index}`,
    territory: index % 25 === 0 ? null : one.territory,
  }))
}

/** `count` of them, from all over the list. */
function spread<T>(from: T[], count: number): T[] {
  const step = Math.max(1, from.length / count)
  return Array.from({ length: Math.min(count, from.length) }, (_, n) => from[Math.floor(n * step)] as T)
}

function products(): BenchProduct[] {
  return GENERICS.flatMap((name, at) =>
    STRENGTHS.flatMap((strength, s) =>
      PACKS.map((pack, p) => ({
        code: `P${String(at * 10 + s * 2 + p + 1).padStart(4, '0')}`,
        name,
        spec: `${strength}mg×${pack}${name.endsWith('胶囊') ? '粒' : name.endsWith('散') ? '袋' : '片'}/盒`,
        group: GROUPS[at % GROUPS.length] as string,
        manufacturer: '澜州制药股份有限公司',
        price_fen: 900 + at * 170 + s * 310 + p * 455,
      })),
    ),
  )
}
