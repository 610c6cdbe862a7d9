import type { ReadLine } from '../shapes.ts'
import { lineDigest } from '../type/line-digest.ts'

/** Lines of a table, typed, as columns. Valid until the next block is asked for: the arrays are used again. */
export interface LineColumns {
  /** Lines in this block; what the arrays hold beyond them says nothing. */
  size: number
  /** About how many lines the whole table has, judged by the part of the file read so far; 0 where that is not known. */
  expected: number
  /** What is doubtful on each line, as a number of issues. */
  issue_counts: Int32Array
  /** Quantities for adding up and comparing, negative for a return; NaN = none. Exact is the text in `line(at).reading`. */
  qty: Float64Array
  /** Whole fen; NaN = none. */
  amount_fen: Float64Array
  /** `lineDigest` of each line. */
  digest_high: Int32Array
  digest_low: Int32Array
  /** The whole line, made when asked for. */
  line(at: number): ReadLine
}

/** Columns with room for so many lines. */
export function columnsFor(lines: number): LineColumns {
  return {
    size: 0,
    expected: 0,
    issue_counts: new Int32Array(lines),
    qty: new Float64Array(lines),
    amount_fen: new Float64Array(lines),
    digest_high: new Int32Array(lines),
    digest_low: new Int32Array(lines),
    line: () => {
      throw new RangeError('no line')
    },
  }
}

/** Appends a line that is made already. */
export function putLine(columns: LineColumns, { reading, issues }: ReadLine) {
  const at = columns.size++
  const [high, low] = lineDigest(reading)
  columns.digest_high[at] = high
  columns.digest_low[at] = low
  columns.issue_counts[at] = issues.length
  columns.qty[at] = reading.qty === null ? Number.NaN : Number(reading.qty)
  columns.amount_fen[at] = reading.amount_fen ?? Number.NaN
}
