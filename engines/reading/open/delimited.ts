import { ReadingError } from '../reading-error.ts'
import type { ReadingLimits } from '../shapes.ts'
import { isRule } from './fixed-width.ts'
import type { RawRow } from './source.ts'

const QUOTE = 34
const BATCH = 2_000
/** A quote that is never closed would swallow the rest of the file; a cell this long was not meant. */
const RECORD_CHARS = 1_000_000

/**
 * Splits text into rows, the first of which comes after `rowsBefore` others. One pass over the characters; a cell is a
 * slice, so the common case copies nothing.
 * Quotes follow RFC 4180, and a quote inside an unquoted cell is an ordinary character (="0012345" stays whole).
 */
export async function* splitDelimited(
  chunks: AsyncGenerator<string>,
  delimiter: string,
  limits: ReadingLimits,
  rowsBefore = 0,
): AsyncGenerator<RawRow[]> {
  const splitter = new Splitter(delimiter, limits, rowsBefore)
  for await (const chunk of chunks) {
    const rows = splitter.feed(chunk, false)
    for (let from = 0; from < rows.length; from += BATCH) yield rows.slice(from, from + BATCH)
  }
  const rest = splitter.feed('', true)
  if (rest.length > 0) yield rest
}

class Splitter {
  private readonly delimiter: number
  private readonly limits: ReadingLimits
  private carried = ''
  private row: number
  /** Set once a quote was found that nothing closes: from then on quotes are ordinary characters. */
  private literalQuotes = false

  constructor(delimiter: string, limits: ReadingLimits, rowsBefore: number) {
    this.delimiter = delimiter.charCodeAt(0)
    this.limits = limits
    this.row = rowsBefore
  }

  feed(chunk: string, last: boolean): RawRow[] {
    const text = this.carried ? this.carried + chunk : chunk
    const rows: RawRow[] = []
    let start = 0
    while (start < text.length) {
      const end = this.record(text, start, last, rows)
      if (end < 0) {
        if (last || text.length - start > RECORD_CHARS) {
          if (this.literalQuotes) throw new ReadingError('too-large', { cell_chars: text.length - start })
          this.literalQuotes = true
          continue
        }
        break
      }
      start = end
    }
    this.carried = text.slice(start)
    return rows
  }

  /** Reads one record; returns where the next begins, or -1 when the text ends inside this one. */
  private record(text: string, start: number, last: boolean, rows: RawRow[]): number {
    const delimiter = this.delimiter
    const length = text.length
    const cells: string[] = []
    let filled = false
    let from = start
    let at = start
    for (;;) {
      let code = at < length ? text.charCodeAt(at) : -1
      if (code === QUOTE && at === from && !this.literalQuotes) {
        const close = closingQuote(text, at + 1)
        if (close < 0 || (close === length - 1 && !last)) return -1
        const cell = text.slice(at + 1, close)
        at = close + 1
        // What follows the closing quote up to the delimiter is kept: nothing printed is lost.
        const tailFrom = at
        while (at < length && !endsCell(text.charCodeAt(at), delimiter)) at++
        const tail = at > tailFrom ? text.slice(tailFrom, at).trimEnd() : ''
        cells.push((cell.includes('"') ? cell.replaceAll('""', '"') : cell) + tail)
        if (cell || tail) filled = true
        code = at < length ? text.charCodeAt(at) : -1
      } else {
        // Nearly all characters are beyond the controls: one comparison less for each of them.
        while (
          code !== delimiter &&
          (code > 13 || (code !== 10 && code !== 13 && code !== -1 && code !== 12))
        ) {
          at++
          code = at < length ? text.charCodeAt(at) : -1
        }
        if (at > from) filled = true
        cells.push(text.slice(from, at))
      }
      if (code === delimiter) {
        at++
        from = at
        continue
      }
      if (code === -1 && !last) return -1
      if (code === 13) {
        if (at + 1 === length && !last) return -1
        if (text.charCodeAt(at + 1) === 10) at++
      }
      this.emit(cells, filled, rows)
      return Math.min(at + 1, length)
    }
  }

  private emit(cells: string[], filled: boolean, rows: RawRow[]) {
    this.row++
    if (!filled) return
    if (cells.length > this.limits.columns) throw new ReadingError('too-large', { columns: cells.length })
    if (isDrawnRow(cells)) return
    rows.push({ row: this.row, cells })
  }
}

/** ═════, or ├────┼────┤ and +----+----+ cut at their own crossings. */
export function isDrawnRow(cells: string[]): boolean {
  const [alone = ''] = cells
  if (cells.length === 1) return isRule(alone)
  if (alone !== '') return false
  let any = false
  for (const cell of cells) {
    if (cell === '') continue
    if (!isRule(cell)) return false
    any = true
  }
  return any
}

function endsCell(code: number, delimiter: number): boolean {
  return code === delimiter || code === 10 || code === 12 || code === 13
}

function closingQuote(text: string, from: number): number {
  let at = from
  for (;;) {
    at = text.indexOf('"', at)
    if (at < 0) return -1
    if (text.charCodeAt(at + 1) !== QUOTE) return at
    at += 2
  }
}
