import type { ByteRows } from '../open/byte-rows.ts'
import { toFen } from '../type/decimals.ts'
import { decimalOf } from '../type/typed-cells.ts'
import { ODD, type RowState } from './row-state.ts'

/** Longer figures may not be exact as numbers, and go by their text. */
const CHARS_MAX = 13
const POWERS = Array.from({ length: CHARS_MAX + 1 }, (_, places) => 10 ** places)

/** What `scan` saw: digits without the dot, and places behind it. */
let digits = 0
let places = 0

/** Whether the bytes are a plain figure: a sign, digits, a dot. What any other writing means is told by its text. */
function scan(bytes: Buffer, start: number, end: number): boolean {
  let at = bytes[start] === 45 ? start + 1 : start
  if (end - start > CHARS_MAX || at === end) return false
  const first = at
  let sum = 0
  let dot = -1
  for (; at < end; at++) {
    const code = bytes[at] as number
    if (code >= 48 && code <= 57) sum = sum * 10 + (code - 48)
    else if (code === 46 && dot < 0) dot = at
    else return false
  }
  digits = sum
  places = dot < 0 ? 0 : end - 1 - dot
  return dot < 0 || end - first > 1
}

/** A column of quantities, prices or amounts. Figures hardly repeat: each is read from its bytes. */
export class DecimalColumn {
  private readonly column: number

  constructor(column: number) {
    this.column = column
  }

  /** Puts the figures of a block into `values`: as numbers, or in whole fen. NaN for a blank cell; what is no figure is odd. */
  type(rows: ByteRows, state: RowState, values: Float64Array, fen: boolean) {
    const { bytes, count, first, starts, ends } = rows
    for (let row = 0; row < count; row++) {
      const cell = (first[row] as number) + this.column
      const start = starts[cell] as number
      const end = cell < (first[row + 1] as number) ? (ends[cell] as number) : start
      if (start === end) values[row] = Number.NaN
      else if (scan(bytes, start, end) && (!fen || places <= 2)) {
        const value = fen ? digits * (POWERS[2 - places] as number) : digits / (POWERS[places] as number)
        values[row] = bytes[start] === 45 && value !== 0 ? -value : value
      } else {
        const text = decimalOf(rows.decode(bytes, start, end))
        if (text === null) state.flags[row] = (state.flags[row] as number) | ODD
        values[row] = text ? ((fen ? toFen(text) : Number(text)) ?? Number.NaN) : Number.NaN
      }
    }
  }
}
