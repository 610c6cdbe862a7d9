import { createHash } from 'node:crypto'
import { headOf, type RawRow, type SheetSource } from '../open/source.ts'
import type { TableContext, TableLayout } from '../shapes.ts'
import { cleaned } from '../type/plain-text.ts'
import { RowRules } from '../type/row-rules.ts'
import { isTotalWord } from '../type/row-words.ts'
import { type ColumnContent, contentOf, splitProduct } from './column-content.ts'
import { fillDownColumns } from './fill-down.ts'
import { type FoundHeader, findHeader, headerWords, scoreOf } from './find-header.ts'
import { groupHeadingOf } from './group-heading.ts'
import { guessColumns } from './guess-columns.ts'
import { guessKind } from './guess-kind.ts'
import { findPivot } from './pivot.ts'
import { contextOf, productInTitle, unitInTitle } from './title-context.ts'

const HEAD_ROWS = 400
const SAMPLE_ROWS = 20
const TABLES_MAX = 20

/** The tables of one sheet, one below the other, found in its head. */
export async function inspectSheet(
  sheet: SheetSource,
  fileName: string,
): Promise<TableLayout[] | 'no-table' | 'no-rows'> {
  const head = await headOf(sheet, HEAD_ROWS)
  const tables: TableLayout[] = []
  let from = 0
  let any = false
  while (tables.length < TABLES_MAX) {
    const rows = head.slice(from)
    const header = findHeader(rows)
    if (!header) break
    any = true
    const end = nextTable(rows, header)
    const part = end < 0 ? rows : rows.slice(0, end)
    const layout = layoutOf(sheet, part, header, fileName)
    if (layout) tables.push(layout)
    if (end < 0) break
    if (layout) layout.last_row = (part.at(-1) as RawRow).row
    from += end
  }
  if (tables.length > 0) return tables
  return any ? 'no-rows' : 'no-table'
}

/** Where another table begins below: a row that reads like a header and has other words; its titles belong to it. */
function nextTable(rows: RawRow[], header: FoundHeader): number {
  const own = headerWords(header)
  for (let at = header.at + header.rows; at < rows.length; at++) {
    const { cells } = rows[at] as RawRow
    if (scoreOf(cells) < 4) continue
    const words = cells.map(cleaned).filter(Boolean)
    const shared = words.filter((word) => own.has(word)).length
    if (shared >= words.length * 0.8) continue
    while (at - 1 >= header.at + header.rows && isTitle(rows[at - 1] as RawRow)) at--
    return at
  }
  return -1
}

function isTitle(row: RawRow): boolean {
  const filled = row.cells.map(cleaned).filter(Boolean)
  return filled.length <= 2 && !isTotalWord(filled[0] ?? '')
}

function layoutOf(
  sheet: SheetSource,
  rows: RawRow[],
  header: FoundHeader,
  fileName: string,
): TableLayout | null {
  const below = rows.slice(header.at + header.rows)
  const body = below.filter((row) => !isTotalWord(row.cells.find((cell) => cleaned(cell)) ?? ''))
  const context = contextOf(rows.slice(0, header.at), sheet.name, fileName)
  const contents = header.cells.map((_, column) => contentOf(body, column))
  const kind = guessKind(header.cells, contents, context.title ?? '', sheet.name, fileName)
  const columns = guessColumns(header.cells, kind.kind, contents, body)
  const layout: TableLayout = {
    sheet: sheet.name,
    sheet_index: sheet.index,
    header_row: (rows[header.at] as RawRow).row,
    header_rows: header.rows,
    last_row: null,
    kind: kind.kind,
    kind_confidence: Math.round(kind.confidence * 100) / 100,
    columns,
    fingerprint: fingerprintOf(header),
    sample_rows: [],
    context,
    fill_down: [],
    pivot: findPivot(header, columns, contents, context),
    group_heading: null,
  }
  layout.group_heading = groupHeadingOf(layout, below)
  completeContext(layout, contents)
  const rules = new RowRules(layout)
  const lines = below.filter((row) => rules.sort(row) === 'line')
  if (lines.length === 0) return null
  layout.fill_down = fillDownColumns(lines, columns)
  layout.sample_rows = lines.slice(0, SAMPLE_ROWS).map(({ row, cells }) => ({ row, cells: [...cells] }))
  return layout
}

/** A title may carry the product (and its spec and unit) that no column names. */
function completeContext(layout: TableLayout, contents: ColumnContent[]) {
  const context: TableContext = layout.context
  if (!context.title) return
  const named = new Set(layout.columns.map((guess) => guess.field))
  if (layout.pivot.length > 0 || !named.has('unit')) context.unit ??= unitInTitle(context.title) || undefined
  const pivotNames = layout.pivot.some((column) => column.field === 'product_raw')
  if (
    named.has('product_raw') ||
    named.has('product_and_spec') ||
    pivotNames ||
    layout.group_heading === 'product_raw'
  )
    return
  if (context.product || contents.length === 0) return
  const product = productInTitle(context.title)
  if (!product) return
  const parts = splitProduct(product)
  context.product = parts?.product ?? product
  if (parts) context.spec ??= parts.spec
}

function fingerprintOf(header: FoundHeader): string {
  const texts = header.cells.map((cell) => cell.text).join('\u001f')
  return createHash('sha256').update(texts).digest('hex').slice(0, 16)
}
