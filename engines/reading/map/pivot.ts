import type { ColumnGuess, PivotColumn, TableContext } from '../shapes.ts'
import { parseDate } from '../type/dates.ts'
import { squeezed } from '../type/plain-text.ts'
import { isTotalWord } from '../type/row-words.ts'
import { type ColumnContent, looksLikeInstitution, splitProduct } from './column-content.ts'
import type { FoundHeader, HeaderCell } from './find-header.ts'
import { headerText, isCumulative, meaningsOf } from './header-text.ts'

type Measure = 'qty' | 'price' | 'amount'
type PivotField = PivotColumn['field']

/** A column of a group: what its group stands for, and what of it. */
interface GroupedColumn {
  column: number
  group: string
  measure: Measure
}

/**
 * Columns in groups that each repeat the same measures: 1月 {数量 金额} 2月 {数量 金额}, in two rows or joined in one
 * (1月数量). Their measures are not the table's own. Groups that are sums or of another time are named but not read.
 */
export function measureGroups(cells: HeaderCell[]): GroupedColumn[] {
  const found = cells.flatMap((cell, column) => groupedColumn(cell, column) ?? [])
  const groups = new Set(found.map((each) => each.group))
  const read = [...groups].filter((group) => !isNoValue(group))
  const alike = read.filter((group) => /^\d|[\p{Script=Han}]{2,}/u.test(group))
  return alike.length >= 2 && alike.length === read.length ? found : []
}

function groupedColumn(cell: HeaderCell, column: number): GroupedColumn | null {
  if (cell.top && cell.below) {
    const measure = measureOf(cell.below)
    return measure && (isNoValue(cell.top) || !isGroupOfTime(cell.top))
      ? { column, group: cell.top, measure }
      : null
  }
  const match = /^(.+?)[-_/(]?(?:销售)?(数量|销量|金额|单价)\)?$/.exec(squeezed(cell.printed))
  const [, group = '', word = ''] = match ?? []
  // In one row only dates are told from the many headers that end so (销售数量, 含税金额).
  return group && parseDate(group, 2000) ? { column, group, measure: measureOf(word) ?? 'qty' } : null
}

function measureOf(text: string): Measure | null {
  const { meanings, whole } = meaningsOf(headerText(text).text)
  const field = whole ? meanings[0]?.field : null
  return field === 'qty' || field === 'price' || field === 'amount' ? field : null
}

function isGroupOfTime(text: string): boolean {
  const plain = squeezed(text)
  return (
    /^(本|当|上|期|销售|购进|采购|进货|入库|出库|库存|结存|含税|不含税)/.test(plain) ||
    meaningsOf(plain).whole
  )
}

function isNoValue(text: string): boolean {
  return (
    isTotalWord(text) || /(合计|总计|小计|累计|总数)$/.test(squeezed(text)) || isCumulative(squeezed(text))
  )
}

/**
 * Columns that are themselves values: months, days, products or customers across, quantities below, in one level or two.
 * A plain quantity column excludes it.
 */
export function findPivot(
  header: FoundHeader,
  columns: ColumnGuess[],
  contents: ColumnContent[],
  context: TableContext,
): PivotColumn[] {
  const grouped = measureGroups(header.cells)
  if (columns.some((guess) => guess.field === 'qty')) return []
  const words = new PivotWords(columns, context)
  if (grouped.length > 0) return groupedPivot(grouped, words)
  const free = columns.filter((guess) => {
    const content = contents[guess.column] as ColumnContent
    const numeric = content.filled === 0 || content.numbers >= 0.9
    return guess.field === null && guess.header !== '' && numeric && !isNoValue(guess.header)
  })
  const levels = twoLevels(free, header, words)
  if (levels.length >= 2) return levels
  const months = free.flatMap((guess): PivotColumn[] => {
    const value = words.date(guess.header)
    return value ? [{ column: guess.column, ...value }] : []
  })
  if (months.length >= 2) return months
  return namesAcross(free, header, contents, words)
}

function groupedPivot(grouped: GroupedColumn[], words: PivotWords): PivotColumn[] {
  const pivot: PivotColumn[] = []
  for (const group of new Set(grouped.map((each) => each.group))) {
    if (isNoValue(group)) continue
    const columnOf = (measure: Measure) =>
      grouped.find((each) => each.group === group && each.measure === measure)?.column
    const column = columnOf('qty')
    const value = words.date(group) ?? words.name(group)
    if (column === undefined || !value) continue
    const each: PivotColumn = { column, ...value }
    const [price, amount] = [columnOf('price'), columnOf('amount')]
    if (price !== undefined) each.price_column = price
    if (amount !== undefined) each.amount_column = amount
    pivot.push(each)
  }
  return pivot
}

/** Months over products, products over months, hospitals over products: each column stands for two values. */
function twoLevels(free: ColumnGuess[], header: FoundHeader, words: PivotWords): PivotColumn[] {
  const pivot: PivotColumn[] = []
  for (const guess of free) {
    const cell = header.cells[guess.column]
    if (!cell?.top || !cell.below || isNoValue(cell.below) || isNoValue(cell.top)) continue
    const whole = parseDate(squeezed(cell.top + cell.below))
    if (whole) {
      pivot.push({ column: guess.column, field: whole.length === 7 ? 'month' : 'occurred_on', text: whole })
      continue
    }
    const dates = [words.date(cell.top), words.date(cell.below)]
    const date = dates[0] ?? dates[1]
    if (date && !(dates[0] && dates[1])) {
      const name = words.name(dates[0] ? cell.below : cell.top)
      if (name) pivot.push({ column: guess.column, ...name, also: date })
      continue
    }
    if (date || words.hasCustomer || words.hasProduct) continue
    const customer = looksLikeInstitution(cell.top) ? cell.top : cell.below
    if (!looksLikeInstitution(customer)) continue
    const product = customer === cell.top ? cell.below : cell.top
    pivot.push({
      column: guess.column,
      field: 'product_raw',
      text: product,
      also: { field: 'customer_raw', text: customer },
    })
  }
  return pivot
}

function namesAcross(
  free: ColumnGuess[],
  header: FoundHeader,
  contents: ColumnContent[],
  words: PivotWords,
): PivotColumn[] {
  const unknown = free.filter((guess) => guess.why === 'none' && !isKnownOther(guess, header))
  if (unknown.length < 2 || !unknown.some((guess) => (contents[guess.column] as ColumnContent).filled > 0))
    return []
  const { hasCustomer, hasProduct } = words
  if (hasCustomer === hasProduct) return []
  if (unknown.length < 3 && !unknown.every((guess) => /[\p{Script=Han}]{3}|\d(mg|g|ml)/iu.test(guess.header)))
    return []
  // A typo hides what some are.
  const institutions = unknown.filter(
    ({ header: text }) =>
      looksLikeInstitution(text) || /\p{Script=Han}[省市县区镇乡]\p{Script=Han}{2}/u.test(text),
  ).length
  if (hasProduct && institutions < unknown.length * 0.6) return []
  return unknown.map((guess) => pivotColumn(guess, header, hasCustomer))
}

function pivotColumn(guess: ColumnGuess, header: FoundHeader, hasCustomer: boolean): PivotColumn {
  const { top = '', below = '' } = header.cells[guess.column] ?? {}
  if (!hasCustomer) return { column: guess.column, field: 'customer_raw', text: guess.header }
  if (below) return { column: guess.column, field: 'product_raw', text: top, spec: below }
  const parts = splitProduct(guess.header)
  return parts
    ? { column: guess.column, field: 'product_raw', text: parts.product, spec: parts.spec }
    : { column: guess.column, field: 'product_raw', text: guess.header }
}

/** What headers across can stand for, given what the table's own columns and titles name already. */
class PivotWords {
  readonly hasCustomer: boolean
  readonly hasProduct: boolean
  readonly dated: boolean
  private readonly year: number | undefined
  private readonly month: string | undefined

  constructor(columns: ColumnGuess[], context: TableContext) {
    const has = (...fields: (string | null)[]) => columns.some((guess) => fields.includes(guess.field))
    this.hasCustomer = has('customer_raw') || Boolean(context.customer)
    this.hasProduct = has('product_raw', 'product_and_spec')
    this.dated = has('occurred_on', 'month')
    this.month = context.month
    this.year = context.month ? Number(context.month.slice(0, 4)) : yearIn(context.title ?? '')
  }

  /** A month or a day. Without a year anywhere the month stays open ('' as text): the line says so as an issue. */
  date(header: string): { field: 'month' | 'occurred_on'; text: string } | null {
    const day = /^(\d{1,2})[日号]$/.exec(squeezed(header))
    if (day) {
      const text = this.month ? parseDate(`${this.month}-${day[1]}`) : ''
      return text === null ? null : { field: 'occurred_on', text }
    }
    const plain = header.replace(/(销量|销售量|数量|销售数量)$/, '')
    const text = parseDate(plain, this.year ?? 2000)
    if (!text || /^\d{5}(\.\d+)?$/.test(plain)) return null
    const known = this.year !== undefined || parseDate(plain) !== null
    return { field: text.length === 7 ? 'month' : 'occurred_on', text: known ? text : '' }
  }

  name(text: string): { field: PivotField; text: string } | null {
    if (isNoValue(text)) return null
    if (this.hasCustomer && !this.hasProduct) return { field: 'product_raw', text }
    return this.hasProduct && !this.hasCustomer ? { field: 'customer_raw', text } : null
  }
}

/** Headers that are plainly a measure, not a product's name. */
function isKnownOther(guess: ColumnGuess, header: FoundHeader): boolean {
  const text = header.cells[guess.column]?.text ?? ''
  return /^(序号|行号|no|税率|税额|成本|毛利|笔数|天数|库龄|编码|折扣|排名|占比)|[价额率]$/.test(text)
}

function yearIn(text: string): number | undefined {
  const match = /(20\d{2})/.exec(text)
  return match ? Number(match[1]) : undefined
}
