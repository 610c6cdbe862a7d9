import { createHash } from 'node:crypto'
import { type ColumnContent, contentOf, splitProduct } from './column-content.ts'
import { fillDownColumns } from './fill-down.ts'
import { type FoundHeader, findHeader } from './find-header.ts'
import { groupHeadingOf } from './group-heading.ts'
import { guessColumns } from './guess-columns.ts'
import { guessKind } from './guess-kind.ts'
import { defaultLimits } from './limits.ts'
import { openFile } from './open-file.ts'
import { findPivot } from './pivot.ts'
import { cleaned } from './plain-text.ts'
import { ReadingError } from './reading-error.ts'
import { RowRules } from './row-rules.ts'
import { isTotalWord } from './row-words.ts'
import type {
  ColumnGuess,
  Field,
  Inspection,
  ReadingLimits,
  ReadingNote,
  TableContext,
  TableLayout,
} from './shapes.ts'
import { headOf, type RawRow, type SheetSource } from './source.ts'
import { contextOf, productInTitle, unitInTitle } from './title-context.ts'

const HEAD_ROWS = 400
const SAMPLE_ROWS = 20

/**
 * Finds the tables of a file: where their headers stand, what kind they are and which field each column is. Reads only
 * the head of each sheet. Throws ReadingError: 'empty', 'encrypted', 'corrupt', 'too-large', 'unsupported', 'no-table'
 * (nothing in it looks like a flow table) or 'no-rows' (a header, and no line below it).
 */
export async function inspectFile(
  path: string,
  fileName: string,
  limits: ReadingLimits = defaultLimits,
): Promise<Inspection> {
  const book = await openFile(path, fileName, limits)
  try {
    const notes: ReadingNote[] = book.hidden_sheets.map((sheet) => ({
      code: 'hidden-sheet-skipped',
      params: { sheet },
    }))
    const found: TableLayout[] = []
    let headerWithoutRows = false
    for (const sheet of book.sheets) {
      const layout = await inspectSheet(sheet, fileName)
      if (layout === 'no-rows') headerWithoutRows = true
      if (typeof layout === 'string') notes.push({ code: `sheet-${layout}`, params: { sheet: sheet.name } })
      else found.push(layout)
    }
    if (found.length === 0) throw new ReadingError(headerWithoutRows ? 'no-rows' : 'no-table')
    const inspection: Inspection = { format: book.format, tables: withoutSummaries(found, notes), notes }
    if (book.encoding) inspection.encoding = book.encoding
    if (book.delimiter) inspection.delimiter = book.delimiter
    return inspection
  } finally {
    book.close()
  }
}

async function inspectSheet(
  sheet: SheetSource,
  fileName: string,
): Promise<TableLayout | 'no-table' | 'no-rows'> {
  const head = await headOf(sheet, HEAD_ROWS)
  const header = findHeader(head)
  if (!header) return 'no-table'
  const below = head.slice(header.at + header.rows)
  const body = below.filter((row) => !isTotalWord(row.cells.find((cell) => cleaned(cell)) ?? ''))
  const context = contextOf(head.slice(0, header.at), sheet.name, fileName)
  const width = header.cells.length
  const contents = Array.from({ length: width }, (_, column) => contentOf(body, column))
  const kind = guessKind(header.cells, context.title ?? '', sheet.name, fileName)
  const columns = guessColumns(header.cells, kind.kind, contents, body)
  const layout: TableLayout = {
    sheet: sheet.name,
    sheet_index: sheet.index,
    header_row: (head[header.at] as RawRow).row,
    header_rows: header.rows,
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
  if (lines.length === 0) return 'no-rows'
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

/** What a table must tell to be more than a summary of another. */
function isComplete(layout: TableLayout): boolean {
  const fields = new Set<Field>(layout.columns.flatMap((guess: ColumnGuess) => guess.field ?? []))
  for (const column of layout.pivot) fields.add(column.field).add('qty')
  if (layout.group_heading) fields.add(layout.group_heading)
  const product =
    fields.has('product_raw') || fields.has('product_and_spec') || Boolean(layout.context.product)
  const partner = fields.has('customer_raw') || Boolean(layout.context.customer)
  if (!product || !fields.has('qty')) return false
  return layout.kind !== 'sales' || partner
}

/** Summary sheets beside full lists are left out; when nothing is complete everything stays, for a person to map. */
function withoutSummaries(found: TableLayout[], notes: ReadingNote[]): TableLayout[] {
  const complete = found.filter(isComplete)
  if (complete.length === 0) return found
  for (const layout of found) {
    if (!complete.includes(layout))
      notes.push({ code: 'sheet-summary-skipped', params: { sheet: layout.sheet } })
  }
  return complete
}

function fingerprintOf(header: FoundHeader): string {
  const texts = header.cells.map((cell) => cell.text).join('\u001f')
  return createHash('sha256').update(texts).digest('hex').slice(0, 16)
}
