import { type Field, type Layout, layoutOf } from './layouts.ts'
import { randomOf } from './random.ts'
import type { Sale } from './sales.ts'
import type { Cell, DemoDistributor, SheetRows } from './shapes.ts'

/** Where each sale was printed: sheet name and 1-based row, in the order of the sales given. */
export type Rendered = { sheets: SheetRows[]; places: { sheet: string; row: number }[] }

type Page = {
  layout: Layout
  distributor: DemoDistributor
  month: string
  period: { from: string; to: string }
  unit_in_header: string
  people: { seller: string; biller: string }
}

function money(fen: number): number {
  return fen / 100
}

function grouped(value: number, digits: number): string {
  const [whole = '0', rest] = Math.abs(value).toFixed(digits).split('.')
  const text = whole.replace(/\B(?=(\d{3})+$)/g, ',') + (rest ? `.${rest}` : '')
  return value < 0 ? `-${text}` : text
}

function numberCell(page: Page, value: number, digits: number): Cell {
  if (page.layout.numbers === 'number') return value
  if (page.layout.numbers === 'text' && digits === 0) return String(value)
  return grouped(value, digits)
}

function signedCell(page: Page, sale: Sale, value: number, digits: number): Cell {
  if (!sale.is_return) return numberCell(page, value, digits)
  const size = Math.abs(value)
  if (sale.sign_lost || page.layout.returns === 'doc_type') return numberCell(page, size, digits)
  if (page.layout.returns === 'brackets') return `(${size.toFixed(digits)})`
  return numberCell(page, value, digits)
}

function dateCell(page: Page, sale: Sale): Cell {
  const [year = '', month = '', day = ''] = sale.occurred_on.split('-')
  const m = String(Number(month))
  const d = String(Number(day))
  switch (page.layout.dates) {
    case 'date':
      return new Date(`${sale.occurred_on}T00:00:00Z`)
    case 'datetime': {
      const random = randomOf(sale.doc_no, 'time')
      const at = `${String(random.int(8, 17)).padStart(2, '0')}:${String(random.int(0, 59)).padStart(2, '0')}:00Z`
      return new Date(`${sale.occurred_on}T${at}`)
    }
    case 'iso':
      return sale.occurred_on
    case 'slash':
      return `${year}/${m}/${d}`
    case 'dot':
      return `${year}.${m}.${d}`
    case 'cn':
      return `${year}年${m}月${d}日`
    case 'compact':
      return `${year}${month}${day}`
    case 'compact_number':
      return Number(`${year}${month}${day}`)
    case 'short':
      return `${year.slice(2)}/${m}/${d}`
  }
}

function remark(sale: Sale): Cell {
  if (sale.is_return) return '退货'
  const random = randomOf(sale.doc_no, 'remark')
  return random.chance(0.06) ? random.pick(['加急', '补票', '票随货', '月底补单']) : null
}

function cellOf(page: Page, field: Field, sale: Sale, no: number): Cell {
  switch (field) {
    case 'seq':
      return no
    case 'date':
      return dateCell(page, sale)
    case 'customer':
      return sale.customer
    case 'customer_code':
      return sale.institution ? `K${sale.institution.key.slice(-4)}` : 'K9999'
    case 'city':
      return sale.institution?.city ?? page.distributor.city
    case 'product':
      return sale.text.name
    case 'spec':
      return sale.text.spec
    case 'product_and_spec':
      return `${sale.text.name} ${sale.text.spec}`
    case 'product_code':
      return `${page.distributor.code.slice(-2)}${sale.product.key.slice(-2)}08`
    case 'maker':
      return sale.text.maker
    case 'approval_no':
      return sale.product.approval_no
    case 'udi':
      return sale.product.udi_di
    case 'lot':
      return sale.lot
    case 'unit':
      return sale.unit_raw
    case 'qty':
      return signedCell(page, sale, sale.qty, 0)
    case 'price':
      return numberCell(page, money(sale.price_fen), 2)
    case 'amount':
      return signedCell(page, sale, money(sale.price_fen * sale.qty), 2)
    case 'doc_no':
      return sale.doc_no
    case 'doc_type':
      return sale.is_return ? '销售退回' : '销售出库'
    case 'seller':
      return page.people.seller
    case 'biller':
      return page.people.biller
    case 'remark':
      return remark(sale)
    case 'blank':
      return null
  }
}

function titleRows(page: Page, count: number): Cell[][] {
  const { distributor, month, period } = page
  const [year = '', no = ''] = month.split('-')
  const all: Cell[][] = [
    [`${distributor.name}${year}年${Number(no)}月销售明细表`],
    [`查询期间：${period.from} 至 ${period.to}`],
    [`打印人：${page.people.biller}`, null, null, `打印时间：${period.to} 17:32:08`],
    [`仓库：${distributor.city.replace(/市$/, '')}总仓`, null, null, '含税'],
    ['单据状态：已审核'],
    ['客户分类：全部', null, null, '业务类型：销售、销退'],
    [],
  ]
  return all.slice(0, count)
}

/** Builds one sheet row by row and remembers where the sales went. */
class SheetBuilder {
  readonly sheet: SheetRows
  readonly at = new Map<Sale, number>()
  private no = 0
  private readonly page: Page

  constructor(page: Page, name: string) {
    this.page = page
    this.sheet = { name, rows: [] }
  }

  row(cells: Cell[]): number {
    this.sheet.rows.push(cells)
    return this.sheet.rows.length
  }

  header() {
    const heads = this.page.layout.columns.map(
      ([head]) => head.replace('{unit}', this.page.unit_in_header) || null,
    )
    if (this.page.layout.shape !== 'two_row') {
      this.row(heads)
      return
    }
    // The figures stand under one heading, the other heads reach over both rows.
    const figures = new Set<Field>(['qty', 'price', 'amount'])
    const first = this.page.layout.columns.findIndex(([, field]) => figures.has(field))
    const is_figure = (i: number) => figures.has(this.page.layout.columns[i]?.[1] ?? 'blank')
    const top = this.row(heads.map((head, i) => (is_figure(i) ? (i === first ? '本月销售' : null) : head)))
    this.row(heads.map((head, i) => (is_figure(i) ? head : null)))
    heads.forEach((_, i) => {
      if (!is_figure(i)) this.merge(i, top, i, top + 1)
    })
    const last = heads.findLastIndex((_, i) => is_figure(i))
    this.merge(first, top, last, top)
  }

  merge(fromColumn: number, fromRow: number, toColumn: number, toRow: number) {
    const name = (column: number) => String.fromCharCode(65 + column)
    this.sheet.merges ??= []
    this.sheet.merges.push(`${name(fromColumn)}${fromRow}:${name(toColumn)}${toRow}`)
  }

  line(sale: Sale, hide: readonly Field[] = []): number {
    this.no++
    const row = this.row(
      this.page.layout.columns.map(([, field]) =>
        hide.includes(field) ? null : cellOf(this.page, field, sale, this.no),
      ),
    )
    this.at.set(sale, row)
    return row
  }

  /** A row of sums: the word in the first column that has a head. */
  sum(word: string, sales: Sale[]) {
    const { layout } = this.page
    const sign = (sale: Sale) =>
      sale.is_return && (sale.sign_lost || layout.returns === 'doc_type') ? -1 : 1
    const qty = sales.reduce((total, sale) => total + sale.qty * sign(sale), 0)
    const fen = sales.reduce((total, sale) => total + sale.price_fen * sale.qty * sign(sale), 0)
    const first = layout.columns.findIndex(([head]) => head !== '')
    this.row(
      layout.columns.map(([, field], i) => {
        if (i === first) return word
        if (field === 'qty') return numberCell(this.page, qty, 0)
        return field === 'amount' ? numberCell(this.page, money(fen), 2) : null
      }),
    )
  }

  end(sales: Sale[]) {
    const { layout, people, period } = this.page
    if (layout.total)
      this.sum(
        layout.shape === 'product_merged' || layout.shape === 'customer_heading' ? '总计' : '合计',
        sales,
      )
    if (layout.footers.length > 0)
      this.row(
        layout.footers.flatMap((footer) => [
          footer.replace('{name}', people.biller).replace('{day}', period.to),
          null,
        ]),
      )
  }

  /** Runs of lines whose cells in `fields` are printed once, merged over all of the run. */
  merged(sales: Sale[], fields: readonly Field[]) {
    const first = sales[0]
    if (!first) return
    const top = this.line(first)
    for (const sale of sales.slice(1)) this.line(sale, fields)
    if (sales.length < 2) return
    this.page.layout.columns.forEach(([, field], i) => {
      if (fields.includes(field)) this.merge(i, top, i, top + sales.length - 1)
    })
  }
}

function groupsOf(sales: Sale[], word: (sale: Sale) => string): Sale[][] {
  return [...Map.groupBy(sales, word).values()]
}

function fill(builder: SheetBuilder, shape: Layout['shape'], sales: Sale[]) {
  const byCustomer = () => groupsOf(sales, (sale) => sale.customer)
  switch (shape) {
    case 'customer_merged':
      for (const group of byCustomer()) builder.merged(group, ['customer'])
      return
    case 'customer_once':
      for (const group of byCustomer())
        group.forEach((sale, i) => void builder.line(sale, i > 0 ? ['customer'] : []))
      return
    case 'customer_heading':
      for (const group of byCustomer()) {
        builder.row([`客户：${group[0]?.customer ?? ''}`])
        for (const sale of group) builder.line(sale)
        builder.sum('小计', group)
      }
      return
    case 'product_merged':
      for (const group of groupsOf(sales, (sale) => `${sale.text.name}|${sale.text.spec}`)) {
        builder.merged(group, ['product', 'spec'])
        builder.sum('小计', group)
      }
      return
    case 'pages':
      sales.forEach((sale, i) => {
        if (i > 0 && i % 25 === 0) {
          builder.sum('本页小计', sales.slice(i - 25, i))
          builder.sum('累计', sales.slice(0, i))
          builder.header()
        }
        builder.line(sale)
      })
      return
    default:
      for (const sale of sales) builder.line(sale)
  }
}

function sheetName(text: string, taken: Set<string>): string {
  const short = text.replace(/[[\]:*?/\\：]/g, '').slice(0, 28)
  let name = short
  for (let no = 2; taken.has(name); no++) name = `${short}${no}`
  taken.add(name)
  return name
}

function productSheets(page: Page, sales: Sale[]): SheetBuilder[] {
  const taken = new Set<string>()
  return groupsOf(sales, (sale) => `${sale.text.name}|${sale.text.spec}`).map((group) => {
    const text = group[0]?.text ?? { name: '', spec: '' }
    const builder = new SheetBuilder(page, sheetName(`${text.name}${text.spec}`, taken))
    for (const row of titleRows(page, 1)) builder.row(row)
    builder.row([`产品名称：${text.name}`, null, null, `规格：${text.spec}`])
    while (builder.sheet.rows.length < page.layout.header_row - 1) builder.row([])
    builder.header()
    fill(builder, 'plain', group)
    builder.end(group)
    return builder
  })
}

function singleSheet(page: Page, sales: Sale[]): SheetBuilder {
  const builder = new SheetBuilder(page, page.layout.format === 'csv' ? 'csv' : 'Sheet1')
  for (const row of titleRows(page, page.layout.header_row - 1)) builder.row(row)
  builder.header()
  fill(builder, page.layout.shape, sales)
  if (sales.length > 0) builder.end(sales)
  return builder
}

function unitInHeader(sales: Sale[]): string {
  const units = new Set(sales.map((sale) => sale.unit_raw))
  return units.size === 1 ? `（${[...units][0]}）` : ''
}

/** Lays a distributor's sales of a month out as its system would. */
export function renderSales(
  distributor: DemoDistributor,
  month: string,
  period: { from: string; to: string },
  sales: Sale[],
  people: { seller: string; biller: string },
): Rendered {
  const layout = layoutOf(distributor.layout)
  const page: Page = { layout, distributor, month, period, unit_in_header: unitInHeader(sales), people }
  const builders =
    layout.shape === 'sheet_per_product' && sales.length > 0
      ? productSheets(page, sales)
      : [singleSheet(page, sales)]
  const places = new Map(
    builders.flatMap((builder) =>
      [...builder.at].map(([sale, row]) => [sale, { sheet: builder.sheet.name, row }] as const),
    ),
  )
  return {
    sheets: builders.map((builder) => builder.sheet),
    places: sales.map((sale) => {
      const place = places.get(sale)
      if (!place) throw new Error(`a sale of ${distributor.name} was not printed`)
      return place
    }),
  }
}
