import { type ByteRows, cellsOf } from '../open/byte-rows.ts'
import type { RawRow, SheetSource } from '../open/source.ts'
import { cleaned } from '../type/plain-text.ts'
import { isTotalWord, labelledHeadings } from '../type/row-words.ts'
import { type FoundHeader, findHeader, headerWords, scoreOf } from './find-header.ts'
import { contextOf } from './title-context.ts'

const HEAD_ROWS = 400
/** Another table is looked for this far down a sheet. */
const SCAN_ROWS = 60_000
const TITLES_MAX = 8
const TABLES_MAX = 20

/** One table among the rows of a sheet: its titles, its header and the rows below that were looked at. */
export interface FoundTable {
  rows: RawRow[]
  header: FoundHeader
  /** Its last row where another table follows, else null. */
  last_row: number | null
}

/** Rows of a sheet's head, and whatever further down begins another table. */
export async function findTables(sheet: SheetSource): Promise<FoundTable[]> {
  const finder = new TableFinder()
  for await (const block of sheet.blocks?.() ?? sheet.rows()) {
    if (!(Array.isArray(block) ? takeRows(finder, block) : takeBytes(finder, block))) break
  }
  return finder.finish()
}

function takeRows(finder: TableFinder, rows: RawRow[]): boolean {
  for (const row of rows) if (!finder.take(row)) return false
  return true
}

/** Only rows that may be a header are decoded, and the titles that may stand above one. */
function takeBytes(finder: TableFinder, rows: ByteRows): boolean {
  const rowAt = (row: number) => ({ row: rows.numbers[row] as number, cells: cellsOf(rows, row) })
  /** Rows before this one were given. */
  let given = 0
  for (let row = 0; row < rows.count; row++) {
    if (!finder.filling && holdsFigure(rows, row)) continue
    if (!finder.pass(row - given, (back) => rowAt(row - back))) return false
    if (!finder.take(rowAt(row))) return false
    given = row + 1
  }
  return finder.pass(rows.count - given, (back) => rowAt(rows.count - back))
}

/** Whether a cell begins like a figure and ends in plain ASCII, which `mayBeHeader` refuses. */
function holdsFigure({ bytes, first, starts, ends }: ByteRows, row: number): boolean {
  for (let cell = first[row] as number; cell < (first[row + 1] as number); cell++) {
    const start = starts[cell] as number
    const end = ends[cell] as number
    if (start === end) continue
    const code = bytes[start] as number
    // Below 0x40 no byte is the second one of a longer character.
    if ((code === 45 || (code >= 48 && code <= 57)) && (bytes[end - 1] as number) < 0x40) return true
  }
  return false
}

/** The rows a sheet begins with, for the search of a list without a header. */
export async function headRows(sheet: SheetSource): Promise<RawRow[]> {
  const head: RawRow[] = []
  for await (const batch of sheet.rows()) {
    head.push(...batch)
    if (head.length >= HEAD_ROWS) return head.slice(0, HEAD_ROWS)
  }
  return head
}

class TableFinder {
  private readonly tables: FoundTable[] = []
  private segment: RawRow[] = []
  /** The rows just passed: titles of a table that may begin. */
  private passed: RawRow[] = []
  /** Rows are gathered, whatever they are. */
  filling = true
  private seen = 0

  /** False when no more rows are needed. */
  take(row: RawRow): boolean {
    this.seen++
    if (this.filling) {
      this.segment.push(row)
      if (this.segment.length >= HEAD_ROWS) this.close()
      return true
    }
    if (this.seen > SCAN_ROWS || this.tables.length === 0) return false
    const last = this.tables.at(-1) as FoundTable
    if (mayBeHeader(row.cells) && beginsTable(row, this.passed, last)) {
      const titles = titlesAbove(this.passed)
      last.last_row = (titles[0] ?? row).row - 1
      this.segment = [...titles, row]
      this.filling = true
      return true
    }
    this.passed.push(row)
    if (this.passed.length > TITLES_MAX) this.passed.shift()
    return true
  }

  /** Passes over rows that are no headers, `rowAt` giving those just passed; false when no more rows are needed. */
  pass(count: number, rowAt: (back: number) => RawRow): boolean {
    this.seen += count
    if (count > 0 && (this.seen > SCAN_ROWS || this.tables.length === 0)) return false
    for (let back = Math.min(count, TITLES_MAX); back > 0; back--) this.passed.push(rowAt(back))
    while (this.passed.length > TITLES_MAX) this.passed.shift()
    return true
  }

  finish(): FoundTable[] {
    if (this.filling) this.close()
    return this.tables
  }

  /** Cuts the rows gathered into their tables. */
  private close() {
    this.filling = false
    this.passed = this.segment.slice(-TITLES_MAX)
    let rows = this.segment
    while (this.tables.length < TABLES_MAX) {
      const header = findHeader(rows)
      if (!header) return
      const end = nextTable(rows, header)
      const own = end < 0 ? rows : rows.slice(0, end)
      this.tables.push({ rows: own, header, last_row: end < 0 ? null : (own.at(-1) as RawRow).row })
      if (end < 0) return
      rows = rows.slice(end)
    }
  }
}

/** Where another table begins below; its titles belong to it. -1 = nowhere. */
function nextTable(rows: RawRow[], header: FoundHeader): number {
  const table: FoundTable = { rows, header, last_row: null }
  const first = header.at + header.rows
  for (let at = first; at < rows.length; at++) {
    const row = rows[at] as RawRow
    if (scoreOf(row.cells) < 4) continue
    const passed = rows.slice(Math.max(first, at - TITLES_MAX), at)
    if (beginsTable(row, passed, table)) return at - titlesAbove(passed).length
  }
  return -1
}

/** Header rows hold no figures, so nearly all lines are passed over without asking what their words mean. */
function mayBeHeader(cells: string[]): boolean {
  let filled = 0
  for (const cell of cells) {
    if (cell === '') continue
    const code = cell.charCodeAt(0)
    if ((code === 45 || (code >= 48 && code <= 57)) && !/[月码日号]$/.test(cell)) return false
    filled++
  }
  return filled >= 3 && scoreOf(cells) >= 4
}

/**
 * Whether a row that reads like a header begins a table of its own: it has other words, or the same in another order, or
 * the titles above it name another distributor, month or kind of table. Else the header is only printed again.
 */
function beginsTable(row: RawRow, passed: RawRow[], { rows, header }: FoundTable): boolean {
  const own = headerWords(header)
  const words = row.cells.map(cleaned)
  const filled = words.filter(Boolean)
  const shared = filled.filter((word) => own.has(word))
  if (shared.length < filled.length * 0.8) return true
  const inPlace = words.filter((word, column) => word !== '' && header.cells[column]?.printed.includes(word))
  if (inPlace.length < filled.length * 0.6) return true
  const titles = titlesAbove(passed)
  if (titles.length === 0) return false
  const before = contextOf(rows.slice(0, header.at), '', '')
  const now = contextOf(titles, '', '')
  const other = (one?: string, two?: string) => one !== undefined && two !== undefined && one !== two
  return (
    other(before.distributor, now.distributor) ||
    other(before.month, now.month) ||
    other(kindWord(before.title), kindWord(now.title))
  )
}

function kindWord(title: string | undefined): string | undefined {
  return /进销存|销售|流向|出库|购进|采购|进货|入库|库存|结存/.exec(title ?? '')?.[0]
}

function titlesAbove(passed: RawRow[]): RawRow[] {
  let from = passed.length
  while (from > 0 && isTitle(passed[from - 1] as RawRow)) from--
  return passed.slice(from)
}

function isTitle(row: RawRow): boolean {
  const filled = row.cells.map(cleaned).filter(Boolean)
  if (isTotalWord(filled[0] ?? '')) return false
  return filled.length <= 2 || (filled.length <= 6 && labelledHeadings(filled.join('  ')) !== null)
}
