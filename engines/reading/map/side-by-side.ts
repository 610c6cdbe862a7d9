import type { RawRow } from '../open/source.ts'
import type { Field, TableLayout } from '../shapes.ts'
import { cleaned } from '../type/plain-text.ts'
import type { FoundHeader } from './find-header.ts'
import { meaningsOf } from './header-text.ts'

export type ColumnRange = [number, number]

/**
 * Where two or more tables stand side by side under one header row: their columns. Either a blank column parts them, or
 * the same headers begin anew. Each part must name goods and a quantity of its own. Null for a single table.
 */
export function sideBySide(header: FoundHeader, body: RawRow[]): ColumnRange[] | null {
  const texts = header.cells.map((cell) => cell.text)
  const width = texts.length
  const starts = new Set<number>()
  const first = texts.findIndex(Boolean)
  for (let column = first + 1; column < width; column++) {
    if (texts[column] === '') continue
    const afterGap = texts[column - 1] === '' && isBlankColumn(body, column - 1)
    if (afterGap || beginsAnew(texts, first, column)) starts.add(column)
  }
  if (starts.size === 0) return null
  const cuts = [first, ...starts, width]
  let ranges: ColumnRange[] = []
  let from = first
  for (const cut of cuts.slice(1)) {
    // A part that is no table by itself belongs to the one before it.
    if (!isTable(header, from, cut - 1)) continue
    ranges.push([from, cut - 1])
    from = cut
  }
  const last = ranges.at(-1)
  if (last) last[1] = width - 1
  if (ranges.length < 2) ranges = []
  return ranges.length >= 2 ? ranges : null
}

function beginsAnew(texts: string[], first: number, at: number): boolean {
  const length = at - first
  if (length < 3 || texts[at] !== texts[first]) return false
  for (let place = 0; place < Math.min(length, 3); place++)
    if (texts[first + place] !== texts[at + place]) return false
  return true
}

function isBlankColumn(body: RawRow[], column: number): boolean {
  const filled = body.filter((row) => cleaned(row.cells[column] ?? '') !== '').length
  return filled <= body.length * 0.03
}

function isTable(header: FoundHeader, from: number, to: number): boolean {
  const fields = new Set<Field | null>()
  for (let column = from; column <= to; column++) {
    for (const meaning of meaningsOf(header.cells[column]?.text ?? '').meanings) fields.add(meaning.field)
  }
  return fields.has('qty') && (fields.has('product_raw') || fields.has('product_and_spec'))
}

/** The row with nothing but the cells of a table's own columns, which keep their places. */
export function maskedRow(row: RawRow, { column_range: range }: Pick<TableLayout, 'column_range'>): RawRow {
  if (!range) return row
  const cells = row.cells.slice(0, range[1] + 1)
  return { ...row, cells: cells.fill('', 0, Math.min(range[0], cells.length)) }
}
