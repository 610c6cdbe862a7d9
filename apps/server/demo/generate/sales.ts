import { factorOfMonth, type Relation, relationsOf, roundOrder } from './demand.ts'
import { hasField, layoutOf } from './layouts.ts'
import { factorOf } from './products.ts'
import { type Random, randomOf } from './random.ts'
import type {
  CompanyKey,
  DemoDistributor,
  DemoInstitution,
  DemoProduct,
  PlantedKind,
  World,
} from './shapes.ts'
import { customerSpeller, type ProductText, spellProduct } from './spellings.ts'
import { world } from './world.ts'

/** One sale: what happened, and what will be printed. Quantities are whole; qty, amount and base are signed. */
export type Sale = {
  institution: DemoInstitution | null
  product: DemoProduct
  qty: number
  unit: string
  /** Fen per `unit`. */
  price_fen: number
  occurred_on: string
  lot: string
  doc_no: string
  is_return: boolean
  customer: string
  text: ProductText
  unit_raw: string
  /** A return whose minus was forgotten in print. */
  sign_lost: boolean
  counts: boolean
  planted: PlantedKind | null
}

export function baseQtyOf(sale: Sale): number {
  return sale.qty * factorOf(sale.product, sale.unit)
}

export function daysOf(month: string): string[] {
  const [year = 2025, no = 1] = month.split('-').map(Number)
  const count = new Date(Date.UTC(year, no, 0)).getUTCDate()
  return Array.from({ length: count }, (_, i) => `${month}-${String(i + 1).padStart(2, '0')}`)
}

export function monthBefore(month: string, back: number): string {
  const [year = 2025, no = 1] = month.split('-').map(Number)
  const at = new Date(Date.UTC(year, no - 1 - back, 1))
  return at.toISOString().slice(0, 7)
}

/** Days by how much is shipped on them: little on Sundays, more towards the end of the month. */
function shippingDays(month: string): (readonly [string, number])[] {
  const days = daysOf(month)
  return days.map((day, i) => {
    const weekday = new Date(`${day}T00:00:00Z`).getUTCDay()
    return [
      day,
      (weekday === 0 ? 0.12 : weekday === 6 ? 0.45 : 1) * (i > days.length - 7 ? 1.35 : 1),
    ] as const
  })
}

/** A lot that was made two to six months before. Devices and drugs number theirs differently. */
function lotOf(product: DemoProduct, month: string, random: Random): string {
  const made = monthBefore(month, random.int(2, 6)).replace('-', '').slice(2)
  const no = Number(product.key.slice(-2))
  if (product.kind === 'device') return `LZ${made}${String(no).padStart(2, '0')}${random.pick(['A', 'B'])}`
  return `${made}${String(((no * 3) % 26) + 1).padStart(2, '0')}${random.int(1, 2)}`
}

/** The carton's unit as this distributor prints it. */
function unitText(distributor: DemoDistributor, unit: string, seed: number): string {
  return unit === '箱' && randomOf(seed, 'carton', distributor.key).chance(0.4) ? '件' : unit
}

export type SalesDesk = {
  company: CompanyKey
  seed: number
  month: string
  world: World
  customerText: (distributor: DemoDistributor, institution: DemoInstitution) => string
  productText: (distributor: DemoDistributor, product: DemoProduct) => ProductText
}

const spellers = new Map<string, ReturnType<typeof customerSpeller>>()

export function salesDesk(company: CompanyKey, month: string, seed: number): SalesDesk {
  const w = world(company, seed)
  const id = `${company}|${seed}`
  let speller = spellers.get(id)
  if (!speller) {
    speller = customerSpeller(w.institutions, seed)
    // All pairs once in a fixed order: a clash is settled the same way whichever month is asked for first.
    for (const relation of relationsOf(company, seed)) speller(relation.distributor.key, relation.institution)
    spellers.set(id, speller)
  }
  const spell = speller
  return {
    company,
    seed,
    month,
    world: w,
    customerText: (distributor, institution) => spell(distributor.key, institution),
    productText: (distributor, product) => spellProduct(distributor.key, product, seed),
  }
}

export function makeSale(
  desk: SalesDesk,
  distributor: DemoDistributor,
  sold: { institution: DemoInstitution; product: DemoProduct; qty: number; unit: string; price_fen: number },
  on: { occurred_on: string; lot: string; is_return: boolean },
): Sale {
  return {
    ...sold,
    ...on,
    doc_no: '',
    customer: desk.customerText(distributor, sold.institution),
    text: desk.productText(distributor, sold.product),
    unit_raw: unitText(distributor, sold.unit, desk.seed),
    sign_lost: false,
    counts: true,
    planted: null,
  }
}

function sellOnce(desk: SalesDesk, relation: Relation, day: string, random: Random): Sale {
  const { distributor, institution, product, qty, price_fen } = relation
  const is_return = random.chance(0.018)
  const wanted = qty * random.spread(0.45)
  const carton = product.units.find((step) => step.unit === '箱')
  const by_carton =
    carton &&
    hasField(layoutOf(distributor.layout), 'unit') &&
    random.chance(institution.kind === 'hospital' ? 0.25 : 0.6)
  const factor = by_carton ? Number(carton.factor) : 1
  const in_cartons = wanted >= factor * 0.8 && factor > 1
  const count = in_cartons ? Math.max(1, Math.round(wanted / factor)) : roundOrder(wanted)
  const signed = is_return ? -Math.max(1, Math.round(count * 0.2)) : count
  const unit = in_cartons ? '箱' : product.base_unit
  const sold = {
    institution,
    product,
    qty: signed,
    unit,
    price_fen: in_cartons ? price_fen * factor : price_fen,
  }
  return makeSale(desk, distributor, sold, {
    occurred_on: day,
    lot: lotOf(product, desk.month, random),
    is_return,
  })
}

/** Sales of every distributor in a month, before mistakes are put in. */
export function salesOf(desk: SalesDesk, monthNo: number): Map<string, Sale[]> {
  const { company, seed, month, world: w } = desk
  const days = shippingDays(month)
  const byDistributor = Map.groupBy(relationsOf(company, seed), (relation) => relation.distributor.key)
  const found = new Map<string, Sale[]>()
  for (const distributor of w.distributors) {
    const random = randomOf(seed, 'sales', month, distributor.key)
    const factors = new Map(
      w.groups.map(({ code }) => [code, factorOfMonth(company, distributor, code, month)]),
    )
    const sales: Sale[] = []
    for (const relation of byDistributor.get(distributor.key) ?? []) {
      if (monthNo < relation.first || monthNo > relation.last) continue
      const count = random.poisson(relation.rate * (factors.get(relation.product.group) ?? 1))
      for (let i = 0; i < count; i++) sales.push(sellOnce(desk, relation, random.weighted(days), random))
    }
    found.set(distributor.key, sales)
  }
  return found
}

/** Sorts by day and customer and gives document numbers: one document a customer and day, returns apart. */
export function numberDocuments(
  distributor: DemoDistributor,
  month: string,
  sales: Sale[],
  seed: number,
): Sale[] {
  const [sale = 'XS', back = 'XT'] = randomOf(seed, 'documents', distributor.key).pick([
    ['XSCK', 'XSTH'],
    ['XS', 'XT'],
    ['CK', 'TH'],
    ['SO', 'SR'],
  ])
  let no = randomOf(seed, month, distributor.key, 'document').int(100, 2600)
  let before = ''
  return sales
    .toSorted((a, b) => (a.occurred_on + a.customer < b.occurred_on + b.customer ? -1 : 1))
    .map((entry) => {
      const id = `${entry.occurred_on}|${entry.customer}|${entry.is_return}`
      if (id !== before) no++
      before = id
      const day = entry.occurred_on.replaceAll('-', '')
      return { ...entry, doc_no: `${entry.is_return ? back : sale}${day}${String(no).padStart(5, '0')}` }
    })
}
