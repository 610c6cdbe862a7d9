import type { TableKind } from '#engines/reading/public.ts'
import type { Chance } from './chance.ts'
import { headersOf, type SampleColumn } from './headers.ts'
import { type SampleProduct, someCustomers, someMakers, someProducts } from './names.ts'
import type { TrueLine, TrueTable } from './truth.ts'

export interface PrintedColumn {
  column: SampleColumn
  header: string
}

export interface PrintedRow {
  kind: 'line' | 'heading' | 'total'
  /** One text a column; null where a cell above reaches down. */
  cells: (string | null)[]
}

/** A table as it will be printed, and what a reader must find in it. */
export interface PrintedTable {
  columns: PrintedColumn[]
  rows: PrintedRow[]
  truth: TrueTable
}

type Grouping = 'none' | 'heading' | 'blank' | 'merged' | 'product heading'

/** How the figures and dates of one file are written. */
interface Writing {
  date: (day: string) => string
  quantity: (qty: number) => string
  money: (fen: number) => string
}

interface Facts {
  day: string
  partner: string
  product: SampleProduct
  lot: string
  expiry: string
  qty: number
  doc: string
  maker: string
}

const RETURNS = 0.07

/** A random table of `count` lines. */
export function someTable(chance: Chance, kind: TableKind, count: number): PrintedTable {
  const columns = someColumns(chance, kind)
  const facts = someFacts(chance, kind, count)
  const grouping = someGrouping(chance, columns)
  if (grouping === 'product heading' || grouping === 'merged')
    facts.sort((a, b) => (a.product.name < b.product.name ? -1 : 1))
  else if (grouping !== 'none') facts.sort((a, b) => (a.partner < b.partner ? -1 : 1))
  const writing = someWriting(chance)
  const shown = columns.filter(({ column }) => !isInHeading(column, grouping))
  const rows = printedRows(chance, facts, shown, kind, grouping, writing)
  return {
    columns: shown,
    rows,
    truth: { type: kind, rows: facts.map((each) => trueLine(each, kind, columns)) },
  }
}

function isInHeading(column: SampleColumn, grouping: Grouping): boolean {
  if (grouping === 'heading') return column === 'partner' || column === 'partner_code'
  return grouping === 'product heading' && (column === 'product_raw' || column === 'product_code')
}

function someGrouping(chance: Chance, columns: PrintedColumn[]): Grouping {
  const has = (column: SampleColumn) => columns.some((each) => each.column === column)
  if (has('partner') && has('product_raw') && chance.is(0.22))
    return chance.pick(['heading', 'heading', 'blank', 'merged', 'product heading'] as const)
  return 'none'
}

/** A column set and an order as some system prints it. */
function someColumns(chance: Chance, kind: TableKind): PrintedColumn[] {
  const maybe = (column: SampleColumn, share: number) => (chance.is(share) ? [column] : [])
  const joined = chance.is(0.06)
  const what: SampleColumn[] = joined ? ['product_and_spec'] : ['product_raw', 'spec_raw']
  const who = kind === 'stock' ? [] : [...maybe('partner_code', 0.12), 'partner' as const]
  const when: SampleColumn[] = kind === 'stock' ? [] : maybe('occurred_on', 0.93)
  const goods = [...maybe('product_code', 0.15), ...what, ...maybe('maker', 0.3), ...maybe('approval', 0.06)]
  const pieces = [...maybe('lot', 0.85), ...maybe('made_on', 0.08), ...maybe('expiry', 0.4)]
  const priced = chance.is(0.62)
  const figures: SampleColumn[] = [
    ...(chance.is(0.3) ? (['unit', 'qty'] as const) : (['qty', ...maybe('unit', 0.7)] as const)),
    ...(priced ? maybe('price', 0.85) : []),
    ...maybe('tax', 0.05),
    ...(priced ? maybe('amount', 0.9) : []),
  ]
  const paper = [...maybe('doc_no', 0.3)]
  const parts = chance.is(0.35)
    ? [goods, pieces, figures, who, when, paper]
    : chance.is(0.3)
      ? [who, when, paper, goods, pieces, figures]
      : [when, paper, who, goods, pieces, figures]
  const order = [
    ...maybe('no', 0.35),
    ...parts.flat(),
    ...maybe('store', 0.1),
    ...maybe('seller', 0.12),
    ...maybe('remark', 0.12),
  ]
  const used = new Set<string>()
  return order.map((column) => {
    const free = headersOf(column, kind).filter((word) => !used.has(word))
    const header = chance.pick(free)
    used.add(header)
    return { column, header }
  })
}

const QUANTITIES = [
  1, 2, 3, 4, 5, 6, 8, 10, 12, 20, 24, 30, 40, 50, 60, 80, 100, 120, 200, 240, 300, 400, 600, 1000, 1200,
  2400,
]

function someFacts(chance: Chance, kind: TableKind, count: number): Facts[] {
  const products = someProducts(chance, chance.whole(6, 18))
  const partners = someCustomers(chance, chance.whole(5, 16))
  const makers = someMakers(chance, 8)
  const lotStyles = chance.some(LOTS, 3)
  const lots = products.map(() => [chance.pick(lotStyles)(chance), chance.pick(lotStyles)(chance)])
  const [year, month] = [chance.pick([2024, 2025, 2026]), chance.whole(1, 12)]
  let day = 1
  return Array.from({ length: count }, (_, at) => {
    if (day < 28 && chance.is(0.55)) day += chance.whole(1, 2)
    const of = chance.whole(0, products.length - 1)
    const piece = chance.whole(0, 1)
    const qty = kind !== 'stock' && chance.is(RETURNS) ? -chance.whole(1, 12) : chance.pick(QUANTITIES)
    return {
      day: `${year}-${two(month)}-${two(Math.min(day, 28))}`,
      partner: chance.pick(partners),
      product: products[of] as SampleProduct,
      lot: lots[of]?.[piece] ?? '',
      expiry: `${year + 1 + piece}-${two(1 + ((of * 5) % 12))}-${two(1 + ((of * 7 + piece) % 28))}`,
      qty,
      doc: `${chance.pick(['XS', 'XSD'])}${year}${two(month)}${String(40_210 + at * 3)}`,
      maker: makers[of % makers.length] as string,
    }
  })
}

const LOTS: ((chance: Chance) => string)[] = [
  (chance) => `20${chance.whole(23, 25)}${two(chance.whole(1, 12))}${two(chance.whole(1, 28))}`,
  (chance) => `${chance.whole(23, 25)}${two(chance.whole(1, 12))}${String(chance.whole(100, 999))}`,
  (chance) => `${chance.pick(['B', 'H', 'SC', 'DX', 'K', 'GZ', 'LB'])}${chance.whole(10_000, 2_499_999)}`,
  (chance) =>
    `${chance.pick(['MKE', 'FX', 'T4', '5A'])}${chance.whole(1000, 9999)}${chance.pick(['B', 'C', 'A'])}`,
  (chance) => `${chance.whole(100_000, 999_999)}-${chance.whole(1, 9)}`,
]

function two(value: number): string {
  return String(value).padStart(2, '0')
}

const DATE_WRITINGS: Writing['date'][] = [
  (day) => day,
  (day) => day,
  (day) => day.replaceAll('-', '/'),
  (day) => day.replaceAll('-', '.'),
  (day) => day.replaceAll('-', ''),
  (day) => day.split('-').map(Number).join('/'),
  (day) => day.split('-').map(Number).join('-'),
  (day) => `${day.slice(0, 4)}年${Number(day.slice(5, 7))}月${Number(day.slice(8))}日`,
]

function someWriting(chance: Chance): Writing {
  const places = chance.pick([0, 0, 0, 0, 2, 3])
  const grouped = chance.is(0.25)
  const separated = (text: string) => (grouped ? text.replace(/\B(?=(\d{3})+(?!\d))(?<!\.\d*)/g, ',') : text)
  const negative = chance.is(0.1) ? (text: string) => `(${text.slice(1)})` : (text: string) => text
  const signed = (text: string) => (text.startsWith('-') ? negative(text) : text)
  return {
    date: chance.pick(DATE_WRITINGS),
    quantity: (qty) => signed(separated(qty.toFixed(places))),
    money: (fen) => signed(separated((fen / 100).toFixed(2))),
  }
}

function printedText(facts: Facts, column: SampleColumn, at: number, writing: Writing): string {
  const { product, qty } = facts
  switch (column) {
    case 'no':
      return String(at + 1)
    case 'occurred_on':
      return writing.date(facts.day)
    case 'doc_no':
      return facts.doc
    case 'partner':
      return facts.partner
    case 'partner_code':
      return `C${String(facts.partner.length * 137 + (facts.partner.charCodeAt(0) % 97)).padStart(5, '0')}`
    case 'product_code':
      return `10${String(product.price % 9973).padStart(4, '0')}`
    case 'product_raw':
      return product.name
    case 'spec_raw':
      return product.spec
    case 'product_and_spec':
      return `${product.name} ${product.spec}`
    case 'maker':
      return facts.maker
    case 'approval':
      return `国药准字H20${String(product.price % 999_983).padStart(6, '0')}`
    case 'lot':
      return facts.lot
    case 'made_on':
      return `${Number(facts.expiry.slice(0, 4)) - 3}${facts.expiry.slice(4)}`
    case 'expiry':
      return facts.expiry
    case 'qty':
      return writing.quantity(qty)
    case 'unit':
      return product.unit
    case 'price':
      return writing.money(product.price)
    case 'amount':
      return writing.money(product.price * qty)
    case 'tax':
      return '13%'
    case 'store':
      return '合格品库'
    case 'seller':
      return ['王小明', '李佳', '陈国强'][facts.partner.length % 3] as string
    case 'remark':
      return at % 9 === 4 ? '加急' : ''
  }
}

function printedRows(
  chance: Chance,
  facts: Facts[],
  columns: PrintedColumn[],
  kind: TableKind,
  grouping: Grouping,
  writing: Writing,
): PrintedRow[] {
  const rows: PrintedRow[] = []
  const subtotals = grouping !== 'none' && chance.is(0.5)
  const groupOf = (each: Facts) =>
    grouping === 'merged' || grouping === 'product heading' ? each.product.name : each.partner
  const partners = kind === 'sales' ? ['客户：', '客户名称：', '购货单位：'] : ['供应商：', '供货单位：']
  const label = grouping === 'product heading' ? '品名：' : chance.pick(partners)
  let from = 0
  facts.forEach((each, at) => {
    const before = facts[at - 1]
    const opens = !before || groupOf(before) !== groupOf(each)
    if (opens && (grouping === 'heading' || grouping === 'product heading'))
      rows.push({ kind: 'heading', cells: [`${label}${groupOf(each)}`] })
    const repeats = (column: SampleColumn) =>
      !opens &&
      ((grouping === 'blank' && column === 'partner') || (grouping === 'merged' && column === 'product_raw'))
    const cells = columns.map(({ column }) =>
      repeats(column) ? (grouping === 'merged' ? null : '') : printedText(each, column, at, writing),
    )
    rows.push({ kind: 'line', cells })
    const next = facts[at + 1]
    if (subtotals && (!next || groupOf(next) !== groupOf(each))) {
      rows.push(totalRow('小计', facts.slice(from, at + 1), columns, writing))
      from = at + 1
    }
  })
  if (chance.is(0.45)) rows.push(totalRow(chance.pick(['合计', '总计', '合 计']), facts, columns, writing))
  return rows
}

function totalRow(label: string, of: Facts[], columns: PrintedColumn[], writing: Writing): PrintedRow {
  const qty = of.reduce((sum, each) => sum + each.qty, 0)
  const paid = of.reduce((sum, each) => sum + each.qty * each.product.price, 0)
  const cells = columns.map(({ column }, at) =>
    at === 0
      ? label
      : column === 'qty'
        ? writing.quantity(qty)
        : column === 'amount'
          ? writing.money(paid)
          : '',
  )
  return { kind: 'total', cells }
}

function trueLine(facts: Facts, kind: TableKind, columns: PrintedColumn[]): TrueLine {
  const has = (column: SampleColumn) => columns.some((each) => each.column === column)
  const { product, qty } = facts
  const joined = `${product.name} ${product.spec}`
  return {
    ...(has('occurred_on') ? { occurred_on: facts.day } : {}),
    ...(has('doc_no') ? { doc_no: facts.doc } : {}),
    ...(kind === 'sales' ? { customer_raw: facts.partner } : {}),
    ...(kind === 'purchase' ? { supplier_raw: facts.partner } : {}),
    product_raw: has('product_raw') ? product.name : joined,
    ...(has('product_raw')
      ? {}
      : { _alt: { product_raw: [product.name] }, _opt: { spec_raw: product.spec } }),
    ...(has('spec_raw') ? { spec_raw: product.spec } : {}),
    ...(has('lot') ? { lot: facts.lot } : {}),
    ...(has('expiry') ? { expiry: facts.expiry } : {}),
    qty: String(qty),
    ...(has('unit') ? { unit: product.unit } : {}),
    ...(has('price') ? { price: (product.price / 100).toFixed(2) } : {}),
    ...(has('amount') ? { amount: ((product.price * qty) / 100).toFixed(2) } : {}),
    ...(kind === 'stock' ? {} : { is_return: qty < 0 }),
  }
}
