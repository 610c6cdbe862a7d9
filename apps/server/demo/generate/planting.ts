import { maySell } from './demand.ts'
import { hasField, layoutOf } from './layouts.ts'
import { CLINIC_NAMES } from './names.ts'
import { type Random, randomOf } from './random.ts'
import { daysOf, makeSale, monthBefore, type Sale, type SalesDesk } from './sales.ts'
import type { DemoDistributor, PlantedKind } from './shapes.ts'
import { oddProduct } from './spellings.ts'

/** What is to be sent by whom, after the mistakes of the month were put in. */
export type Planting = {
  sales: Map<string, Sale[]>
  missing: DemoDistributor[]
  empty: DemoDistributor[]
  twice: DemoDistributor[]
}

type LineKind = Exclude<PlantedKind, 'missing_file' | 'file_sent_twice' | 'empty_file'>

const COUNTS: Record<LineKind, number> = {
  duplicate_line: 7,
  out_of_period: 6,
  wrong_sign_return: 4,
  unknown_customer: 8,
  unknown_product_spelling: 6,
  unit_mixup: 4,
  same_terminal_two_distributors: 4,
  price_far_below_list: 4,
}

function inventCustomer(distributor: DemoDistributor, random: Random): string {
  const city = distributor.city.replace(/市$/, '')
  return random.pick([
    `${city}${random.pick(CLINIC_NAMES)}医疗美容门诊部`,
    `${city}${random.pick(CLINIC_NAMES)}康复医院`,
    `${city}${random.pick(['职业技术学院', '师范学校', '工业园区'])}医务室`,
    `${city}${random.pick(CLINIC_NAMES)}护理院`,
    `零售客户（${city}）`,
    `散户-${random.pick(['张', '李', '王', '陈', '刘'])}${random.pick(['先生', '女士'])}`,
  ])
}

/** Takes one sale of a distributor and gives what replaces it; null when this sale does not suit. */
type Change = (sale: Sale, distributor: DemoDistributor, random: Random, desk: SalesDesk) => Sale[] | null

const CHANGES: Record<Exclude<LineKind, 'same_terminal_two_distributors'>, Change> = {
  duplicate_line: (sale) => [sale, { ...sale, planted: 'duplicate_line', counts: false }],
  out_of_period: (sale, _distributor, random, desk) => {
    const month = random.chance(0.75) ? monthBefore(desk.month, 1) : monthBefore(desk.month, -1)
    const days = daysOf(month)
    const occurred_on = month < desk.month ? random.pick(days.slice(-6)) : random.pick(days.slice(0, 3))
    return [sale, { ...sale, occurred_on, planted: 'out_of_period', counts: false }]
  },
  wrong_sign_return: (sale, distributor, random) => {
    const layout = layoutOf(distributor.layout)
    if (layout.returns !== 'negative' || !hasField(layout, 'doc_no') || sale.is_return) return null
    const qty = -Math.min(sale.qty, random.int(1, 5))
    return [sale, { ...sale, qty, is_return: true, sign_lost: true, planted: 'wrong_sign_return' }]
  },
  unknown_customer: (sale, distributor, random) => {
    const customer = inventCustomer(distributor, random)
    return [sale, { ...sale, institution: null, customer, planted: 'unknown_customer', counts: false }]
  },
  unknown_product_spelling: (sale, _distributor, random) => [
    { ...sale, text: oddProduct(sale.product, random), planted: 'unknown_product_spelling' },
  ],
  unit_mixup: (sale, distributor) => {
    const layout = layoutOf(distributor.layout)
    const larger = sale.product.units.find((step) => Number(step.factor) > 1)
    if (!larger || sale.unit !== sale.product.base_unit || sale.is_return || sale.qty < 5) return null
    if (!hasField(layout, 'unit') || !hasField(layout, 'price')) return null
    return [{ ...sale, unit_raw: larger.unit, planted: 'unit_mixup' }]
  },
  price_far_below_list: (sale, distributor, random) => {
    if (!hasField(layoutOf(distributor.layout), 'price') || sale.is_return) return null
    const price_fen = Math.round((sale.price_fen * random.int(38, 55)) / 100)
    return [{ ...sale, price_fen, planted: 'price_far_below_list' }]
  },
}

function plant(
  planting: Planting,
  kind: keyof typeof CHANGES,
  senders: DemoDistributor[],
  desk: SalesDesk,
  count: number,
) {
  const random = randomOf(desk.seed, desk.month, 'plant', kind)
  for (let done = 0, tries = 0; done < count && tries < 400; tries++) {
    const distributor = random.pick(senders)
    const sales = planting.sales.get(distributor.key) ?? []
    const at = random.int(0, Math.max(0, sales.length - 1))
    const sale = sales[at]
    if (!sale || sale.planted !== null) continue
    const changed = CHANGES[kind](sale, distributor, random, desk)
    if (!changed) continue
    sales.splice(at, 1, ...changed)
    done++
  }
}

/** The same goods to the same terminal on the same day out of the same lot, reported by a neighbour as well. */
function plantSharedTerminals(
  planting: Planting,
  senders: DemoDistributor[],
  desk: SalesDesk,
  count: number,
) {
  const random = randomOf(desk.seed, desk.month, 'plant', 'shared terminal')
  for (let done = 0, tries = 0; done < count && tries < 400; tries++) {
    const first = random.pick(senders)
    const sale = random.pick(planting.sales.get(first.key) ?? [null])
    const second = senders.find(
      (entry) =>
        entry !== first && entry.province === first.province && sale !== null && maySell(entry, sale.product),
    )
    if (
      !sale?.institution ||
      sale.planted ||
      sale.is_return ||
      sale.unit !== sale.product.base_unit ||
      !second
    )
      continue
    if (!hasField(layoutOf(first.layout), 'lot') || !hasField(layoutOf(second.layout), 'lot')) continue
    const { institution, product, qty, unit, price_fen, occurred_on, lot } = sale
    const copy = makeSale(
      desk,
      second,
      { institution, product, qty, unit, price_fen },
      { occurred_on, lot, is_return: false },
    )
    planting.sales.get(second.key)?.push({ ...copy, planted: 'same_terminal_two_distributors' })
    done++
  }
}

/** Distributors with a login or a story always send properly. */
const STEADY = new Set(['D001', 'D031', 'D026', 'D036', 'D056'])

export function plantMistakes(sales: Map<string, Sale[]>, desk: SalesDesk): Planting {
  const { world, seed, month } = desk
  const large = world.distributors.length > 10
  const random = randomOf(seed, month, 'files')
  const weak = world.distributors.filter((entry) => !STEADY.has(entry.key) && entry.tier === '二级')
  const [empty, ...missing] = large ? random.some(weak, 4).sort(() => (random.chance(0.5) ? 1 : -1)) : []
  const out = new Set([empty, ...missing])
  const senders = world.distributors.filter(
    (entry) => !out.has(entry) && (sales.get(entry.key)?.length ?? 0) > 4,
  )
  const twice = large ? [random.pick(senders.filter((entry) => !STEADY.has(entry.key)))] : []
  const planting: Planting = { sales, missing, empty: empty ? [empty] : [], twice }
  for (const distributor of out) if (distributor) sales.set(distributor.key, [])
  for (const kind of Object.keys(CHANGES) as (keyof typeof CHANGES)[]) {
    plant(planting, kind, senders, desk, large ? COUNTS[kind] : 1)
  }
  plantSharedTerminals(planting, senders, desk, large ? COUNTS.same_terminal_two_distributors : 1)
  return planting
}
