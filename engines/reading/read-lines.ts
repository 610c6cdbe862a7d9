import { defaultLimits } from './limits.ts'
import { openTable } from './open/open-file.ts'
import type { OpenPagesOptions } from './pages/open-pages.ts'
import type { Field, ReadingCounts, ReadingLimits, ReadLine, TableLayout } from './shapes.ts'
import { LineBuilder } from './type/line-builder.ts'

const CHUNK = 1_000

/** Counts to pass to readLines, all zero. */
export function newCounts(): ReadingCounts {
  return { rows_seen: 0, rows_read: 0, lines: 0, skipped: {} }
}

/**
 * The lines of one table, typed, in chunks of about 1,000. Memory stays flat whatever the length. `mapping` (column →
 * field, null = ignore) overrides the layout's guesses. `counts` is filled as lines are handed out: at the end
 * rows_seen = rows_read + all skipped. What is wrong in a row is an issue on its line and never throws; a file that
 * breaks off throws ReadingError 'corrupt'. `cells` of a line may be slices of the text read: keep them no longer than needed.
 */
export async function* readLines(
  path: string,
  fileName: string,
  layout: TableLayout,
  mapping: Record<number, Field | null> = {},
  limits: ReadingLimits = defaultLimits,
  counts: ReadingCounts = newCounts(),
  pages: OpenPagesOptions = {},
): AsyncGenerator<ReadLine[]> {
  const { book, sheet } = await openTable(path, fileName, limits, layout, pages)
  try {
    const builder = new LineBuilder(layout, mapping, counts)
    let chunk: ReadLine[] = []
    for await (const rows of sheet.rows()) {
      for (const row of rows) {
        builder.add(row, chunk)
        if (chunk.length >= CHUNK) {
          yield chunk
          chunk = []
        }
      }
    }
    if (chunk.length > 0) yield chunk
  } finally {
    book.close()
  }
}
