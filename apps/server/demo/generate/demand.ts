import { planOf, provincesOf } from './plan.ts'
import { type Random, randomOf } from './random.ts'
import type { CompanyKey, DemoDistributor, DemoInstitution, DemoProduct, World } from './shapes.ts'
import { world } from './world.ts'

/** A buyer who takes one product from one distributor again and again. */
export type Relation = {
  distributor: DemoDistributor
  institution: DemoInstitution
  product: DemoProduct
  /** Lines a month and base units a line in a plain month. */
  rate: number
  qty: number
  /** Yuan-fen per base unit this buyer pays. */
  price_fen: number
  /** First and last month it buys, counted from 2025-11. */
  first: number
  last: number
}

type Appetite = { active: number; products: number; rate: number; value_fen: number }

/** By kind and level: share that buys at all, products of a group, lines a month, worth of a line. */
function appetiteOf(institution: DemoInstitution, group: string): Appetite {
  const surgical = group === 'GK' || group === 'YK' || group === 'CM'
  if (institution.kind === 'chain')
    return { active: surgical ? 0.5 : 0.95, products: 4, rate: 1.4, value_fen: 1_400_000 }
  if (institution.kind === 'pharmacy')
    return { active: surgical ? 0.12 : 0.38, products: 2, rate: 0.35, value_fen: 70_000 }
  if (institution.kind === 'clinic') return { active: 0.25, products: 1, rate: 0.3, value_fen: 60_000 }
  if (institution.kind === 'other') return { active: 0.3, products: 1, rate: 0.1, value_fen: 50_000 }
  if (/眼科/.test(institution.name))
    return { active: group === 'YK' ? 1 : 0, products: 5, rate: 1.5, value_fen: 1_600_000 }
  if (/骨科/.test(institution.name))
    return {
      active: group === 'GK' ? 1 : group === 'CM' ? 0.6 : 0,
      products: 4,
      rate: 1.4,
      value_fen: 1_500_000,
    }
  if (/口腔/.test(institution.name))
    return { active: group === 'CM' ? 0.5 : 0, products: 1, rate: 0.6, value_fen: 150_000 }
  if (institution.level.startsWith('三级'))
    return { active: 0.85, products: 4, rate: 1.5, value_fen: 1_500_000 }
  if (institution.level.startsWith('二级')) return { active: 0.6, products: 3, rate: 0.9, value_fen: 480_000 }
  return { active: surgical ? 0.12 : 0.5, products: 1.5, rate: 0.4, value_fen: 110_000 }
}

/** A company that trades in devices has no licence for drugs. */
export function maySell(distributor: DemoDistributor, product: DemoProduct): boolean {
  if (!distributor.product_groups.includes(product.group)) return false
  return product.kind === 'device' || !distributor.name.includes('医疗器械')
}

/** Nobody puts in an artificial lens at a village clinic, or bone cement at a maternity hospital. */
function mayUse(institution: DemoInstitution, product: DemoProduct): boolean {
  const operates = /^[二三]级/.test(institution.level)
  if (!operates && product.list_price_fen > 20_000) return false
  if (!institution.name.includes('妇幼')) return true
  return product.group !== 'GK' && !(product.group === 'YK' && product.kind === 'device')
}

/** A small distributor reaches its own city and two more, a large one the province. */
function reachOf(distributor: DemoDistributor, cities: string[], seed: number): Set<string> {
  if (distributor.tier === '一级') return new Set(cities)
  const others = cities.filter((city) => city !== distributor.city)
  return new Set([distributor.city, ...randomOf(seed, 'reach', distributor.name).some(others, 2)])
}

/** Whole numbers as people order them: 7, 15, 60, 350. */
export function roundOrder(qty: number): number {
  if (qty < 10) return Math.max(1, Math.round(qty))
  if (qty < 100) return Math.round(qty / 5) * 5
  return Math.round(qty / 50) * 50
}

function relationOf(
  random: Random,
  distributor: DemoDistributor,
  institution: DemoInstitution,
  product: DemoProduct,
  appetite: Appetite,
): Relation {
  const chance = random.next()
  return {
    distributor,
    institution,
    product,
    rate: appetite.rate * random.spread(0.4),
    qty: Math.max(1, (appetite.value_fen * random.spread(0.5)) / product.list_price_fen),
    price_fen: Math.round(product.list_price_fen * (1 - random.int(0, 40) / 1000)),
    first: chance < 0.1 ? random.int(1, 9) : -24,
    last: chance > 0.94 ? random.int(2, 10) : 99,
  }
}

function terminalRelations(w: World, province: string, seed: number): Relation[] {
  const institutions = w.institutions.filter(
    (entry) => entry.province === province && entry.kind !== 'distributor',
  )
  const cities = [...new Set(institutions.map((entry) => entry.city))]
  const sellers = w.distributors
    .filter((distributor) => distributor.province === province)
    .map((distributor) => ({ distributor, reach: reachOf(distributor, cities, seed) }))
  const found: Relation[] = []
  for (const institution of institutions) {
    const random = randomOf(seed, 'demand', institution.key)
    for (const { code } of w.groups) {
      const appetite = appetiteOf(institution, code)
      if (!random.chance(appetite.active)) continue
      const able = sellers
        .filter(
          ({ distributor, reach }) =>
            distributor.product_groups.includes(code) && reach.has(institution.city),
        )
        .map(({ distributor }) => [distributor, distributor.tier === '二级' ? 3 : 2] as const)
      if (able.length === 0) continue
      const distributor = random.weighted(able)
      const used = w.products.filter((product) => product.group === code && mayUse(institution, product))
      const sold = used.filter((product) => maySell(distributor, product))
      const count = Math.max(1, Math.round(appetite.products * random.spread(0.35)))
      for (const product of random.some(sold, count)) {
        found.push(relationOf(random, distributor, institution, product, appetite))
        const other = random.weighted(able)
        if (random.chance(0.06) && maySell(other, product)) {
          found.push(relationOf(random, other, institution, product, appetite))
        }
      }
    }
  }
  return found
}

/** A large distributor passes goods on to the small ones of its province, by the carton. */
function transferRelations(w: World, province: string, seed: number): Relation[] {
  const here = w.distributors.filter((distributor) => distributor.province === province)
  const large = here.filter((distributor) => distributor.tier === '一级')
  const merchants = w.institutions.filter(
    (entry) => entry.province === province && entry.kind === 'distributor',
  )
  return merchants.flatMap((institution) => {
    const as_distributor = here.find((distributor) => distributor.institution_key === institution.key)
    if (as_distributor?.tier === '一级') return []
    const random = randomOf(seed, 'transfer', institution.key)
    const from = random.pick(large)
    const sold = w.products.filter(
      (product) => maySell(from, product) && (!as_distributor || maySell(as_distributor, product)),
    )
    const appetite: Appetite = {
      active: 1,
      products: 4,
      rate: as_distributor ? 0.9 : 0.5,
      value_fen: 2_000_000,
    }
    return random
      .some(sold, as_distributor ? 5 : 2)
      .map((product) => relationOf(random, from, institution, product, appetite))
  })
}

const kept = new Map<string, Relation[]>()

/** Who buys what from whom, scaled so that a plain month has the plan's number of lines. Kept after the first call. */
export function relationsOf(company: CompanyKey, seed: number): Relation[] {
  const found = kept.get(`${company}|${seed}`)
  if (found) return found
  const w = world(company, seed)
  const plan = planOf(company)
  const provinces = provincesOf(plan)
  const weights = provinces.reduce((sum, province) => sum + province.weight, 0)
  const relations = provinces.flatMap((province) => {
    const own = [...terminalRelations(w, province.name, seed), ...transferRelations(w, province.name, seed)]
    const lines = own.reduce((sum, relation) => sum + relation.rate, 0)
    const scale = (plan.lines_per_month * province.weight) / weights / lines
    return own.map((relation) => ({ ...relation, rate: relation.rate * scale }))
  })
  kept.set(`${company}|${seed}`, relations)
  return relations
}

// Share of a plain month, January to December: Spring Festival empties February, the cold brings heart patients, the
// summer holidays eye operations, and everybody fills the store in December.
const SEASONS: Record<string, number[]> = {
  GK: [0.96, 0.7, 1.05, 1.06, 1.02, 1.0, 0.98, 0.98, 1.03, 0.96, 1.06, 1.2],
  CM: [0.95, 0.74, 1.0, 1.0, 1.04, 1.08, 1.1, 1.08, 1.0, 0.94, 0.99, 1.08],
  YK: [1.02, 0.78, 0.95, 0.95, 0.98, 1.04, 1.32, 1.28, 0.94, 0.86, 0.9, 0.98],
  XG: [1.14, 0.88, 1.05, 1.0, 0.94, 0.9, 0.88, 0.9, 0.96, 1.02, 1.12, 1.21],
  XH: [1.02, 0.92, 1.06, 1.02, 0.98, 0.97, 0.96, 0.95, 1.0, 1.06, 1.02, 1.04],
}

export function monthIndex(month: string): number {
  const [year = 2025, no = 11] = month.split('-').map(Number)
  return (year - 2025) * 12 + no - 11
}

/** A few distributors have a story a reader of the reports should be able to find. */
function storyFactor(distributor_key: string, month: string): number {
  const no = Number(month.slice(5))
  // Fills its store before a quarter's rebate is counted and buys little after.
  if (distributor_key === 'D036') return no % 3 === 0 ? 1.7 : no % 3 === 1 ? 0.6 : 0.85
  // Loses its hospitals one after another from May 2026.
  if (distributor_key === 'D026') return Math.max(0.35, 1 - 0.11 * Math.max(0, monthIndex(month) - 5))
  // Came in March 2026 and grows.
  if (distributor_key === 'D056')
    return month < '2026-03' ? 0.15 : Math.min(1.5, 0.5 + 0.12 * (monthIndex(month) - 3))
  return 1
}

/** Sales of a month against a plain month, for one distributor and product group. */
export function factorOfMonth(
  company: CompanyKey,
  distributor: DemoDistributor,
  group: string,
  month: string,
): number {
  const province = provincesOf(planOf(company)).find((entry) => entry.name === distributor.province)
  const season = SEASONS[group]?.[Number(month.slice(5)) - 1] ?? 1
  const grown = (1 + (province?.growth ?? 0)) ** ((monthIndex(month) - 6) / 12)
  return season * grown * storyFactor(distributor.key, month)
}
