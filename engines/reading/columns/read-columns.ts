import { defaultLimits } from '../limits.ts'
import { openTable } from '../open/open-file.ts'
import { newCounts } from '../read-lines.ts'
import type { Field, ReadingCounts, ReadingLimits, ReadLine, TableLayout } from '../shapes.ts'
import { LineBuilder } from '../type/line-builder.ts'
import { columnsFor, type LineColumns, putLine } from './line-columns.ts'
import { isPlainList, PlainLines } from './plain-lines.ts'

/**
 * The lines of one table as `readLines` gives them, in blocks of columns: for counting, adding up and finding repeated lines.
 * Of a plain list in a csv file the cells stay bytes until a line is asked for, which is about three times as fast; of any other
 * file it costs what `readLines` costs. A block is valid until the next one is asked for. Arguments, counts and errors are those
 * of `readLines`.
 */
export async function* readColumns(
  path: string,
  fileName: string,
  layout: TableLayout,
  mapping: Record<number, Field | null> = {},
  limits: ReadingLimits = defaultLimits,
  counts: ReadingCounts = newCounts(),
): AsyncGenerator<LineColumns> {
  const { book, sheet } = await openTable(path, fileName, limits, layout)
  try {
    const builder = new LineBuilder(layout, mapping, counts)
    const plain = isPlainList(builder) ? new PlainLines(builder) : null
    const blocks = plain && sheet.blocks ? sheet.blocks() : sheet.rows()
    for await (const block of blocks) {
      if (plain && !Array.isArray(block)) {
        yield plain.linesOf(block)
        continue
      }
      const lines: ReadLine[] = []
      if (Array.isArray(block)) for (const row of block) builder.add(row, lines)
      yield columnsOf(lines)
    }
  } finally {
    book.close()
  }
}

function columnsOf(lines: ReadLine[]): LineColumns {
  const columns = columnsFor(lines.length)
  for (const line of lines) putLine(columns, line)
  columns.line = (at) => lines[at] as ReadLine
  return columns
}
