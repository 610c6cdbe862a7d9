import { type Random, randomOf } from '#apps/server/demo/generate/random.ts'
import { type BenchInstitution, type BenchWorld, MONTH } from './world.ts'

/** One file to write: its name, what it is and the rows it holds. */
export interface FilePlan {
  name: string
  distributor: string
  format: 'csv' | 'csv-gbk' | 'xlsx'
  headers: readonly string[]
  rows: number
  seed: number
}

const HEADERS: readonly (readonly string[])[] = [
  '销售日期,单据编号,客户编码,客户名称,商品编码,商品名称,规格,生产厂家,批号,单位,数量,单价,金额,业务员'.split(
    ',',
  ),
  '出库日期,出库单号,客户代码,购货单位,货品编码,品名,规格型号,生产企业,批次号,计量单位,出库数量,含税单价,含税金额,业务员'.split(
    ',',
  ),
  '日期,单号,客户编号,客户,产品编码,产品名称,产品规格,厂家,生产批号,单位,数量,销售单价,销售金额,销售员'.split(
    ',',
  ),
]
const UNKNOWN = ['康宁堂', '济民坊', '仁心阁', '百草轩', '同春号', '杏林居']

/** `files` files of all distributors in turn, half of them csv; their sizes differ, their rows add up to `rows`. */
export function filePlans(world: BenchWorld, rows: number, files: number): FilePlan[] {
  const random = randomOf('bench files', rows, files)
  const weights = Array.from({ length: files }, () => random.spread(0.5))
  const sum = weights.reduce((total, weight) => total + weight, 0)
  let left = rows
  return weights.map((weight, n) => {
    const distributor = world.distributors[n % world.distributors.length]
    if (!distributor) throw new Error('no distributor')
    const own = n === files - 1 ? left : Math.min(left, Math.round((rows * weight) / sum))
    left -= own
    const format = n % 2 === 0 ? 'xlsx' : n % 4 === 1 ? 'csv' : 'csv-gbk'
    return {
      name: `${distributor.short_name}销售明细${MONTH}-${Math.floor(n / world.distributors.length) + 1}.${format.slice(0, 4).replace('-', '')}`,
      distributor: distributor.code,
      format,
      headers: HEADERS[(n % world.distributors.length) % HEADERS.length] as readonly string[],
      rows: own,
      seed: n,
    }
  })
}

/** Cells of one row: date, texts, and last numbers for quantity, price and amount. */
export type BenchRow = (string | number)[]

/** The rows of a file, the same on every call. A line in a hundred names a buyer nobody knows, as many are returns. */
export function* rowsOf(world: BenchWorld, plan: FilePlan): Generator<BenchRow> {
  const at = world.distributors.findIndex((one) => one.code === plan.distributor)
  const distributor = world.distributors[at]
  if (!distributor) throw new Error('no distributor')
  const home = world.institutions.filter((one) => one.province === distributor.province)
  // Two of five distributors of a province serve a customer.
  const customers = home.filter((_, n) => (n + at) % 5 < 2)
  const texts = new Map(customers.map((one) => [one, spelt(one, distributor.code)]))
  const random = randomOf('bench rows', plan.seed)
  const style = randomOf('bench style', distributor.code)
  const times = style.pick(['×', '*', 'x'])
  let doc = ''
  let customer = customers[0] as BenchInstitution
  let buyer = ''
  let date = ''
  for (let n = 0; n < plan.rows; n++) {
    if (n % 4 === 0) {
      const skewed = Math.floor(random.next() * random.next() * customers.length)
      customer = customers[skewed] ?? customer
      buyer = random.chance(0.01) ? strange(random, distributor.city) : (texts.get(customer) ?? customer.name)
      date = `${MONTH}-${String(random.int(1, 31)).padStart(2, '0')}`
      doc = `XS${date.replaceAll('-', '')}${String(plan.seed).padStart(3, '0')}${String(n).padStart(6, '0')}`
    }
    const product = world.products[Math.floor(random.next() * random.next() * world.products.length)]
    if (!product) continue
    const qty = random.int(1, 120) * (random.chance(0.01) ? -1 : 1)
    const cells = [
      date,
      doc,
      customer.code.replace('YY', 'K'),
      buyer,
      product.code,
      product.name,
      product.spec.replace('×', times),
      product.manufacturer,
      `${product.code.slice(1)}26${String(random.int(1, 9)).padStart(2, '0')}A`,
      '盒',
      qty,
      product.price_fen / 100,
      (qty * product.price_fen) / 100,
      distributor.short_name.slice(0, 2),
    ]
    yield cells
  }
}

function strange(random: Random, city: string): string {
  return `${city}${random.pick(UNKNOWN)}${random.int(1, 30)}号铺`
}

/** How one distributor writes a customer: mostly the name itself, sometimes an alias, sometimes with a little noise. */
function spelt(one: BenchInstitution, distributor: string): string {
  const random = randomOf('bench spelling', distributor, one.code)
  return random.weighted([
    [one.name, 70],
    [one.alias, 6],
    [`${one.province}${one.name}`, 8],
    [`${one.name}（药剂科）`, 5],
    [`${one.name} `, 4],
    [`${one.name.slice(0, 4)} ${one.name.slice(4)}`, 4],
    [`${one.name}-门诊`, 3],
  ] as [string, number][])
}
