import { defaultLimits } from './limits.ts'
import { inspectSheet } from './map/inspect-sheet.ts'
import { openFile } from './open/open-file.ts'
import { ReadingError } from './reading-error.ts'
import type { ColumnGuess, Field, Inspection, ReadingLimits, ReadingNote, TableLayout } from './shapes.ts'

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
      const layouts = await inspectSheet(sheet, fileName)
      if (layouts === 'no-rows') headerWithoutRows = true
      if (typeof layouts === 'string') notes.push({ code: `sheet-${layouts}`, params: { sheet: sheet.name } })
      else found.push(...layouts)
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
