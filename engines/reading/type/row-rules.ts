import { scoreOf } from '../map/find-header.ts'
import type { RawRow } from '../open/source.ts'
import type { Field, TableLayout } from '../shapes.ts'
import { parseDate } from './dates.ts'
import { parseDecimal } from './decimals.ts'
import { cleaned } from './plain-text.ts'
import { isFooterWord, isTotalWord, labelledHeading } from './row-words.ts'

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
const FIGURES: Field[] = ['qty', 'price', 'amount']

/** Sorts the rows of one table: which are lines, and why each of the others is none. */
export class RowRules {
  private readonly layout: TableLayout
  private readonly identity: number[]
  private readonly names: number[]
  private readonly figures: number[]
  private readonly date: number
  private readonly words: Set<string>
  /** Set when a header of another table was met: no row below it belongs to this one. */
  ended = false
  /** The text of the group heading just met, for the caller that keeps it. */
  heading = ''

  constructor(layout: TableLayout, columnOf = columnsOf(layout)) {
    this.layout = layout
    const columns = (fields: Field[]) => fields.flatMap((field) => columnOf(field) ?? [])
    this.identity = columns(IDENTITY)
    this.names = columns(['product_raw', 'product_and_spec', 'customer_raw', 'supplier_raw', 'product_code'])
    this.figures = layout.pivot.length > 0 ? layout.pivot.map((column) => column.column) : columns(FIGURES)
    this.date = columnOf('occurred_on') ?? -1
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
      // 计 at or near the end may be 合计 or 小计：, which the words below tell from a name.
      if (text.indexOf('计', text.length - 3) >= 0) return false
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

  private sortWords(cells: string[], first: string, filled: number): RowSort | null {
    const score = filled >= 2 ? scoreOf(cells) : 0
    if (score >= 4 && this.sharedWords(cells) < filled * 0.8) {
      this.ended = true
      return 'other-table'
    }
    if (score >= 3) return 'repeated-header'
    const labelled = filled <= 3 ? labelledHeading(first) : null
    if (labelled && labelled.field === this.layout.group_heading) {
      this.heading = labelled.text
      return 'group-heading'
    }
    if (isFooterWord(first) || labelled) return 'footer'
    if (filled === 1 && this.layout.group_heading) {
      this.heading = first
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

/** Field → its column in a layout. */
export function columnsOf(layout: TableLayout): (field: Field) => number | undefined {
  const columns = new Map<Field, number>()
  for (const guess of layout.columns) if (guess.field) columns.set(guess.field, guess.column)
  return (field) => columns.get(field)
}
