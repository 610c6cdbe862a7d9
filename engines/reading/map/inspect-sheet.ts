import { createHash } from 'node:crypto'
import type { Merge, RawRow, SheetSource } from '../open/source.ts'
import type { KnownNames, TableContext, TableLayout } from '../shapes.ts'
import { cleaned } from '../type/plain-text.ts'
import { RowRules } from '../type/row-rules.ts'
import { isTotalWord } from '../type/row-words.ts'
import { type ColumnContent, contentOf, looksLikeInstitution, splitProduct } from './column-content.ts'
import { fillDownColumns } from './fill-down.ts'
import { type FoundHeader, findHeader } from './find-header.ts'
import { type FoundTable, findTables, headRows } from './find-tables.ts'
import { groupHeadingOf } from './group-heading.ts'
import { guessColumns } from './guess-columns.ts'
import { guessKind } from './guess-kind.ts'
import { headerlessTable } from './headerless.ts'
import { findPivot, measureGroups } from './pivot.ts'
import { sampleRow } from './sample-row.ts'
import { type ColumnRange, maskedRow, sideBySide } from './side-by-side.ts'
import { contextOf, productInTitle, unitInTitle } from './title-context.ts'

const SAMPLE_ROWS = 20

/** What is known of a sheet beside its rows. */
interface SheetFacts {
  sheet: SheetSource
  fileName: string
  merges: Merge[]
  names: KnownNames | undefined
}

/** The tables of one sheet, one below the other or side by side. */
export async function inspectSheet(
  sheet: SheetSource,
  fileName: string,
  names?: KnownNames,
): Promise<TableLayout[] | 'no-table' | 'no-rows'> {
  const facts: SheetFacts = { sheet, fileName, merges: (await sheet.merges?.()) ?? [], names }
  const found = await findTables(sheet)
  if (found.length === 0) {
    const layout = headerlessTable(await headRows(sheet), sheet, fileName, names)
    return layout ? [layout] : 'no-table'
  }
  const layouts = found.flatMap((table) => layoutsOf(table, facts))
  return layouts.length > 0 ? layouts : 'no-rows'
}

/** One table, or each of those that stand side by side. */
function layoutsOf(table: FoundTable, facts: SheetFacts): TableLayout[] {
  const { rows, header, last_row: last } = table
  const ranges = sideBySide(header, rows.slice(header.at + header.rows))
  if (!ranges) {
    const layout = layoutOf(rows, header, last, facts)
    return layout ? [layout] : []
  }
  return ranges.flatMap((range, index) => {
    const from = index === 0 ? 0 : range[0]
    const own: ColumnRange = [from, index === ranges.length - 1 ? Number.MAX_SAFE_INTEGER : range[1]]
    const masked = rows.map((row) => maskedRow(row, { column_range: own }))
    const ownHeader = findHeader(masked)
    const layout = ownHeader && layoutOf(masked, ownHeader, last, facts)
    if (!layout) return []
    layout.column_range = own
    layout.columns = layout.columns.filter((guess) => guess.column >= own[0])
    // A title over both tables speaks for both.
    const above = contextOf(rows.slice(0, header.at), facts.sheet.name, facts.fileName)
    layout.context = { ...above, ...layout.context }
    return [layout]
  })
}

function layoutOf(
  rows: RawRow[],
  header: FoundHeader,
  lastRow: number | null,
  { sheet, fileName, merges, names }: SheetFacts,
): TableLayout | null {
  const below = rows.slice(header.at + header.rows)
  const body = below.filter((row) => !isTotalWord(row.cells.find((cell) => cleaned(cell)) ?? ''))
  const context = contextOf(rows.slice(0, header.at), sheet.name, fileName)
  const contents = header.cells.map((_, column) => contentOf(body, column, names))
  const kind = guessKind(header.cells, contents, context.title ?? '', sheet.name, fileName)
  const columns = guessColumns(header.cells, kind.kind, contents, body)
  const layout: TableLayout = {
    sheet: sheet.name,
    sheet_index: sheet.index,
    header_row: (rows[header.at] as RawRow).row,
    header_rows: header.rows,
    last_row: lastRow,
    kind: kind.kind,
    kind_confidence: Math.round(kind.confidence * 100) / 100,
    columns,
    fingerprint: '',
    sample_rows: [],
    context,
    fill_down: [],
    pivot: findPivot(header, columns, contents, context),
    group_heading: null,
  }
  const dateParts = columns.some((guess) => guess.field === 'occurred_on') ? null : datePartsOf(header)
  if (dateParts) layout.date_parts = dateParts
  layout.fingerprint = fingerprintOf(header, layout)
  layout.group_heading = groupHeadingOf(layout, below)
  completeContext(layout, contents, sheet.name)
  const rules = new RowRules(layout)
  const lines = below.filter((row) => rules.sort(row) === 'line')
  if (lines.length === 0) return null
  layout.fill_down = fillDownColumns(lines, columns, merges)
  layout.sample_rows = lines.slice(0, SAMPLE_ROWS).map(sampleRow)
  return layout
}

/** A title or the sheet's name may carry the product (and its spec and unit) or the customer that no column names. */
function completeContext(layout: TableLayout, contents: ColumnContent[], sheetName: string) {
  const context: TableContext = layout.context
  const title = context.title ?? ''
  const named = new Set(layout.columns.map((guess) => guess.field as string | null))
  for (const column of layout.pivot) {
    named.add(column.field)
    if (column.also) named.add(column.also.field)
  }
  if (layout.group_heading) named.add(layout.group_heading)
  if (title && (layout.pivot.length > 0 || !named.has('unit')))
    context.unit ??= unitInTitle(title) || undefined
  if (contents.length === 0) return
  if (layout.kind === 'sales' && !named.has('customer_raw') && looksLikeInstitution(sheetName))
    context.customer ??= sheetName
  if (named.has('product_raw') || named.has('product_and_spec') || context.product) return
  const product = productInTitle(title) || productInSheet(sheetName)
  if (!product) return
  const parts = splitProduct(product)
  context.product = parts?.product ?? product
  if (parts) context.spec ??= parts.spec
}

/** 年 月 日 as three columns, or 年 and 月 as two. */
function datePartsOf({ cells }: FoundHeader): TableLayout['date_parts'] | null {
  const at = (pattern: RegExp) => cells.findIndex((cell) => pattern.test(cell.text))
  const [year, month, day] = [at(/^(年|年份|年度|year)$/), at(/^(月|月份|month)$/), at(/^(日|日期|day)$/)]
  if (year < 0 || month < 0) return null
  return day < 0 ? { year, month } : { year, month, day }
}

function productInSheet(name: string): string {
  if (/^(sheet|工作表|表)\s*\d*$/i.test(name) || looksLikeInstitution(name)) return ''
  return productInTitle(name.slice(name.lastIndexOf('/') + 1))
}

/**
 * The headers with their places, since a mapping remembered by it names columns by place. Of a pivot only what stands before
 * the columns across: those change from month to month.
 */
function fingerprintOf(header: FoundHeader, layout: TableLayout): string {
  const across = layout.pivot.map((column) => column.column)
  for (const { column } of measureGroups(header.cells)) across.push(column)
  const before = across.length > 0 ? Math.min(...across) : header.cells.length
  const texts = header.cells
    .slice(0, before)
    .flatMap((cell, column) => (cell.text === '' ? [] : [`${column}:${cell.text}`]))
  if (across.length > 0) texts.push(`pivot:${layout.pivot[0]?.field ?? ''}`)
  return createHash('sha256').update(texts.join('\u001f')).digest('hex').slice(0, 16)
}
