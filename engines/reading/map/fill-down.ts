import type { Merge, RawRow } from '../open/source.ts'
import type { ColumnGuess, Field } from '../shapes.ts'
import { cleaned } from '../type/plain-text.ts'

/** Columns that may be printed once for a run of lines, and those that belong to them. */
const LEADERS: Partial<Record<Field, Field[]>> = {
  customer_raw: [
    'customer_code',
    'customer_tax_id',
    'customer_address',
    'customer_province',
    'customer_city',
    'customer_county',
  ],
  supplier_raw: [],
  product_raw: ['spec_raw', 'manufacturer', 'approval_no', 'product_code', 'unit', 'pack_factor'],
  product_and_spec: ['spec_raw', 'manufacturer', 'approval_no', 'product_code', 'unit', 'pack_factor'],
  occurred_on: [],
  doc_no: [],
  salesperson: [],
  distributor_raw: [],
}

/**
 * Columns whose blank cells mean "as above" (merged cells, or a name printed on its first line only). The first line is
 * filled, blanks are many, and a value is rarely printed twice in a row: that tells the pattern from missing values.
 */
export function fillDownColumns(lines: RawRow[], columns: ColumnGuess[], merges: Merge[] = []): number[] {
  const found = mergedColumns(lines, columns, merges)
  const columnOf = (field: Field) => columns.find((guess) => guess.field === field)?.column
  for (const leader of Object.keys(LEADERS) as Field[]) {
    const column = columnOf(leader)
    if (column === undefined || !isPrintedOnce(lines, column)) continue
    found.push(column)
    for (const follower of LEADERS[leader] ?? []) {
      const followed = columnOf(follower)
      if (followed !== undefined && blankTogether(lines, column, followed)) found.push(followed)
    }
  }
  return [...new Set(found)].sort((one, other) => one - other)
}

/** Columns of names with cells merged downwards over lines of the table. */
function mergedColumns(lines: RawRow[], columns: ColumnGuess[], merges: Merge[]): number[] {
  const first = lines[0]?.row ?? 0
  const last = lines.at(-1)?.row ?? 0
  const names = new Set<Field>(Object.entries(LEADERS).flatMap(([leader, own]) => [leader as Field, ...own]))
  const merged = new Set<number>()
  for (const { top, bottom, left } of merges)
    if (bottom > top && top >= first && top <= last) merged.add(left)
  return columns.flatMap(({ column, field }) =>
    field && names.has(field) && merged.has(column) ? column : [],
  )
}

function isPrintedOnce(lines: RawRow[], column: number): boolean {
  let blanks = 0
  let filled = 0
  let repeated = 0
  let last = ''
  let previousFilled = false
  for (const [index, line] of lines.entries()) {
    const text = cleaned(line.cells[column] ?? '')
    if (text === '') {
      if (index === 0) return false
      blanks++
      previousFilled = false
      continue
    }
    filled++
    if (text === last && previousFilled) repeated++
    last = text
    previousFilled = true
  }
  return blanks >= 2 && blanks >= lines.length * 0.08 && filled >= 1 && repeated <= filled * 0.15
}

/** Where the leader is blank the follower is blank too: they are merged or printed together. */
function blankTogether(lines: RawRow[], leader: number, follower: number): boolean {
  let both = 0
  let leaderBlank = 0
  let filled = 0
  for (const line of lines) {
    const followerBlank = cleaned(line.cells[follower] ?? '') === ''
    if (!followerBlank) filled++
    if (cleaned(line.cells[leader] ?? '') !== '') continue
    leaderBlank++
    if (followerBlank) both++
  }
  return filled > 0 && leaderBlank > 0 && both >= leaderBlank * 0.9
}
