import type { ReadingLimits } from '../../shapes.ts'
import type { Book, Merge, RawRow } from '../source.ts'
import { HtmlRows } from './html-rows.ts'
import { MarkupScanner } from './markup-scanner.ts'

const HEAD_ROWS = 500

/** A web page (usually saved as .xls) as a book of one sheet: its tables and the texts between them, in their order. */
export function openHtml(
  pieces: () => AsyncGenerator<string>,
  name: string,
  encoding: string,
  limits: ReadingLimits,
): Book {
  return {
    format: 'html',
    encoding,
    sheets: [
      {
        name,
        index: 0,
        rows: () => htmlRows(pieces(), limits),
        merges: () => headMerges(pieces(), limits),
      },
    ],
    hidden_sheets: [],
    close() {},
  }
}

async function* htmlRows(pieces: AsyncGenerator<string>, limits: ReadingLimits): AsyncGenerator<RawRow[]> {
  const sink = new HtmlRows(limits.columns)
  const scanner = new MarkupScanner(sink, false)
  for await (const piece of pieces) {
    scanner.feed(piece)
    if (sink.rows.length === 0) continue
    yield sink.rows
    sink.rows = []
    sink.merges.length = 0
  }
  scanner.end()
  sink.finish()
  if (sink.rows.length > 0) yield sink.rows
}

/** Spans of the first rows: enough to see which columns are merged downwards. */
async function headMerges(pieces: AsyncGenerator<string>, limits: ReadingLimits): Promise<Merge[]> {
  const sink = new HtmlRows(limits.columns)
  const scanner = new MarkupScanner(sink, false)
  for await (const piece of pieces) {
    scanner.feed(piece)
    if ((sink.rows.at(-1)?.row ?? 0) > HEAD_ROWS) return sink.merges
  }
  scanner.end()
  sink.finish()
  return sink.merges
}
