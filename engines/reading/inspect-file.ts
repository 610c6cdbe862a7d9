import { defaultLimits } from './limits.ts'
import { inspectSheet } from './map/inspect-sheet.ts'
import { openFile } from './open/open-file.ts'
import type { SheetSource } from './open/source.ts'
import type { OpenPagesOptions } from './pages/open-pages.ts'
import { ReadingError } from './reading-error.ts'
import type {
  ColumnGuess,
  Field,
  Inspection,
  KnownNames,
  ReadingLimits,
  ReadingNote,
  TableLayout,
} from './shapes.ts'

/**
 * Finds the tables of a file: where their headers stand, what kind they are and which field each column is. Reads only
 * the head of each sheet. Throws ReadingError: 'empty', 'encrypted', 'corrupt', 'too-large', 'unsupported', 'no-table'
 * (nothing in it looks like a flow table) or 'no-rows' (a header, and no line below it). `names` also mend what OCR reads;
 * `pages` says how pages are read: progress, stop, where they are kept.
 */
export async function inspectFile(
  path: string,
  fileName: string,
  limits: ReadingLimits = defaultLimits,
  names?: KnownNames,
  pages: OpenPagesOptions = {},
): Promise<Inspection> {
  const book = await openFile(path, fileName, limits, undefined, { known: names ?? null, ...pages })
  try {
    const notes: ReadingNote[] = book.hidden_sheets.map((sheet) => ({
      code: 'hidden-sheet-skipped',
      params: { sheet },
    }))
    notes.push(...(book.notes ?? []))
    const found: Found[] = []
    let headerWithoutRows = false
    for (const sheet of book.sheets) {
      const layouts = await inspectSheet(sheet, sheet.file_name ?? fileName, names)
      if (layouts === 'no-rows') headerWithoutRows = true
      if (typeof layouts === 'string') notes.push({ code: `sheet-${layouts}`, params: { sheet: sheet.name } })
      else {
        found.push(...layouts.map((layout) => ({ layout, file: sheet.file_name ?? '' })))
        notes.push(...(await hiddenNotes(sheet, layouts)))
      }
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

const HIDDEN_ROWS_LOOKED_AT = 2_000

interface Found {
  layout: TableLayout
  /** Of an archive the member it came from. */
  file: string
}

/** What a table must tell to be more than a summary of another. */
function isComplete(layout: TableLayout): boolean {
  const fields = new Set<Field>(layout.columns.flatMap((guess: ColumnGuess) => guess.field ?? []))
  for (const column of layout.pivot) {
    fields.add(column.field).add('qty')
    if (column.also) fields.add(column.also.field)
  }
  if (layout.group_heading) fields.add(layout.group_heading)
  const product =
    fields.has('product_raw') || fields.has('product_and_spec') || Boolean(layout.context.product)
  const partner = fields.has('customer_raw') || Boolean(layout.context.customer)
  if (!product || !fields.has('qty')) return false
  return layout.kind !== 'sales' || partner
}

/**
 * Summaries beside full lists are left out, within the files of an archive each for itself; when nothing is complete
 * everything stays, for a person to map.
 */
function withoutSummaries(found: Found[], notes: ReadingNote[]): TableLayout[] {
  const complete = new Set(found.filter(({ layout }) => isComplete(layout)).map(({ file }) => file))
  return found.flatMap(({ layout, file }) => {
    if (!complete.has(file) || isComplete(layout)) return [layout]
    notes.push({ code: 'sheet-summary-skipped', params: { sheet: layout.sheet } })
    return []
  })
}

/** What is hidden is read, and told. */
async function hiddenNotes(sheet: SheetSource, layouts: TableLayout[]): Promise<ReadingNote[]> {
  // Only spreadsheets hide anything.
  if (!sheet.merges) return []
  const notes: ReadingNote[] = []
  const columns = new Set((await sheet.hidden_columns?.()) ?? [])
  const headers = layouts
    .flatMap((layout) => layout.columns)
    .filter((guess) => columns.has(guess.column) && guess.header)
  if (headers.length > 0) {
    const names = headers.map((guess) => guess.header).join(' ')
    notes.push({ code: 'hidden-columns-read', params: { sheet: sheet.name, columns: names } })
  }
  let rows = 0
  let seen = 0
  scan: for await (const batch of sheet.rows()) {
    for (const row of batch) {
      if (row.hidden) rows++
      if (++seen > HIDDEN_ROWS_LOOKED_AT) break scan
    }
  }
  if (rows > 0) notes.push({ code: 'hidden-rows-read', params: { sheet: sheet.name, rows } })
  return notes
}
