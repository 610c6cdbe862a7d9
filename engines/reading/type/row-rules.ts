import { scoreOf } from '../map/find-header.ts'
import type { RawRow } from '../open/source.ts'
import type { Field, TableLayout } from '../shapes.ts'
import { parseDate } from './dates.ts'
import { parseDecimal } from './decimals.ts'
import { cleaned } from './plain-text.ts'
import { type Headings, isFooterWord, isTotalWord, labelledHeadings } from './row-words.ts'

export type RowSort =
  | 'line'
  | 'title'
  | 'header'
  | 'repeated-header'
  | 'subtotal'
  | 'footer'
  | 'group-heading'
  | 'note'
  | 'other-table'

const IDENTITY: Field[] = [
  'occurred_on',
  'customer_raw',
  'supplier_raw',
  'product_raw',
  'product_and_spec',
  'product_code',
  'customer_code',
  'spec_raw',
  'lot',
  'serial',
  'doc_no',
]
const HEADED: (keyof Headings)[] = ['customer_raw', 'supplier_raw', 'product_raw']
const FIGURES: Field[] = ['qty', 'price', 'amount']

/** Sorts the rows of one table: which are lines, and why each of the others is none. */
export class RowRules {
  private readonly layout: TableLayout
  private readonly identity: number[]
  private readonly names: number[]
  private readonly figures: number[]
  private readonly date: number
  private readonly words: Set<string>
  /** What no column names: a labelled row may. */
  private readonly unnamed: (keyof Headings)[]
  private readonly outline: { leader: number; others: number[] }[]
  /** Set when a header of another table was met: no row below it belongs to this one. */
  ended = false
  /** What the group heading just met names, for the caller that keeps it. */
  headings: Headings = {}

  constructor(layout: TableLayout, columnOf = columnsOf(layout)) {
    this.layout = layout
    const columns = (fields: Field[]) => fields.flatMap((field) => columnOf(field) ?? [])
    this.identity = columns(IDENTITY)
    this.names = columns(['product_raw', 'product_and_spec', 'customer_raw', 'supplier_raw', 'product_code'])
    this.figures = layout.pivot.length > 0 ? layout.pivot.map((column) => column.column) : columns(FIGURES)
    this.date = columnOf('occurred_on') ?? -1
    this.outline = outlineOf(layout, columnOf)
    this.unnamed = HEADED.filter((field) => columnOf(field) === undefined)
    this.words = new Set(layout.columns.flatMap((guess) => [guess.header, ...guess.header.split(' ')]))
  }

  sort(row: RawRow): RowSort {
    const { header_row: headerRow, header_rows: headerRows, last_row: last } = this.layout
    if (row.row < headerRow) return 'title'
    if (row.row < headerRow + headerRows) return 'header'
    if (this.ended || (last !== null && row.row > last)) return 'other-table'
    return this.sortBelow(row.cells)
  }

  /** A plain line by its date, its quantity and a name: decided without looking at any word. */
  isPlainLine(cells: string[], date: string | null, qty: string | null): boolean {
    if (!date || !qty || this.ended) return false
    let named = false
    for (const column of this.names) {
      const text = cells[column] ?? ''
      if (text === '') continue
      if (endsLikeTotal(text)) return false
      named = true
    }
    return named
  }

  private sortBelow(cells: string[]): RowSort {
    let filled = 0
    let first = ''
    for (const cell of cells) {
      const text = cleaned(cell)
      if (text === '') continue
      if (filled === 0) first = text
      filled++
    }
    if (filled === 0) return 'note'
    if (this.isOutlineHeading(cells)) return 'group-heading'
    const hasFigure = this.figures.some((column) => Boolean(parseDecimal(cleaned(cells[column] ?? ''))))
    if (isTotalWord(first) || this.hasTotalWord(cells)) return 'subtotal'
    if (!hasFigure) {
      const withoutFigure = this.sortWords(cells, first, filled)
      if (withoutFigure) return withoutFigure
    }
    const identified = this.identity.some((column) => cleaned(cells[column] ?? '') !== '')
    if (!identified) return hasFigure ? 'subtotal' : 'note'
    if (isFooterWord(first) && !this.names.some((column) => this.isName(cells, column))) return 'footer'
    return 'line'
  }

  /** A name with its group's sums beside it, the lines it stands over below: the other name is blank only there. */
  private isOutlineHeading(cells: string[]): boolean {
    if (this.outline.length === 0) return false
    for (const { leader, others } of this.outline) {
      if (cleaned(cells[leader] ?? '') === '') continue
      if (others.every((column) => cleaned(cells[column] ?? '') === '')) return true
    }
    return false
  }

  private sortWords(cells: string[], first: string, filled: number): RowSort | null {
    const score = filled >= 2 ? scoreOf(cells) : 0
    if (score >= 4 && this.sharedWords(cells) < filled * 0.8) {
      this.ended = true
      return 'other-table'
    }
    if (score >= 3) return 'repeated-header'
    const { group_heading: group } = this.layout
    const labelled = filled <= 6 ? labelledHeadings(cells.map(cleaned).filter(Boolean).join('  ')) : null
    if (labelled && group && this.unnamed.some((field) => labelled[field] !== undefined)) {
      this.headings = labelled
      return 'group-heading'
    }
    if (isFooterWord(first) || labelled) return 'footer'
    if (filled === 1 && group) {
      this.headings = { [group]: withoutMarks(first) }
      return 'group-heading'
    }
    const dated = this.date >= 0 && Boolean(parseDate(cleaned(cells[this.date] ?? '')))
    if (filled <= 2 && !dated) return 'note'
    const mapped = this.identity.filter((column) => cleaned(cells[column] ?? '') !== '').length
    if (mapped < 2) return 'note'
    // A quantity cell that is not blank but no number is a line with an issue; so is a line that lacks its figures.
    return null
  }

  private sharedWords(cells: string[]): number {
    return cells.filter((cell) => cell !== '' && this.words.has(cleaned(cell))).length
  }

  private hasTotalWord(cells: string[]): boolean {
    for (const column of this.identity) {
      const text = cells[column]
      if (text && text.length <= 40 && isTotalWord(text)) return true
    }
    return false
  }

  private isName(cells: string[], column: number): boolean {
    const text = cleaned(cells[column] ?? '')
    return text !== '' && !isFooterWord(text)
  }
}

/** 计 at or near the end may be 合计 or 小计：, which only the words of the whole row tell from a name. */
export function endsLikeTotal(text: string): boolean {
  return text.indexOf('计', text.length - 3) >= 0
}

/** Names filled down, and for each the columns that tell a line below it from the name's own row. */
function outlineOf(layout: TableLayout, columnOf: (field: Field) => number | undefined) {
  const partner = columnOf('customer_raw') ?? columnOf('supplier_raw')
  const product = columnOf('product_raw') ?? columnOf('product_and_spec')
  if (partner === undefined || product === undefined || layout.pivot.length > 0) return []
  const filled = (column: number) => layout.fill_down.includes(column)
  const details = (['occurred_on', 'lot', 'doc_no'] as Field[]).flatMap((field) => columnOf(field) ?? [])
  const own = details.filter((column) => !filled(column))
  if (filled(partner) && !filled(product)) return [{ leader: partner, others: [product, ...own] }]
  if (filled(product) && !filled(partner)) return [{ leader: product, others: [partner, ...own] }]
  return []
}

/** 【清河县人民医院】, 一、清河县人民医院, 1. 清河县人民医院, [C01] 清河县人民医院 → the name alone. */
function withoutMarks(text: string): string {
  return text
    .replace(/^[【[]([^】\]]+)[】\]]$/, '$1')
    .replace(/^([一二三四五六七八九十]+|\d{1,3})[、.．]\s*/, '')
    .replace(
      /^([[(【（][A-Za-z\d.-]{2,}[\])】）]|[A-Za-z]*\d[A-Za-z\d.-]{2,}[ \t]+)\s*(?=\p{Script=Han})/u,
      '',
    )
}

/** Field → its column in a layout. */
export function columnsOf(layout: TableLayout): (field: Field) => number | undefined {
  const columns = new Map<Field, number>()
  for (const guess of layout.columns) if (guess.field) columns.set(guess.field, guess.column)
  return (field) => columns.get(field)
}
