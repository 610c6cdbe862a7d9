import type { ByteRows } from '../open/byte-rows.ts'
import { ValueTable } from '../open/value-table.ts'
import { hashAscii, hashed, hashText } from '../type/line-digest.ts'
import { ODD, type RowState } from './row-state.ts'

/** What a cell says: its text for the digest, and flags for its row. */
export interface TypedCell {
  text: string
  flags: number
}

interface Rules {
  /** Types a cell's text. */
  type: (raw: string) => TypedCell
  /** Flags of any cell that is plain ASCII, where they do not hang on its words; else undefined. */
  ascii?: number
  /** Which part of the line's digest the text is; null for none. */
  part: number | null
}

/** A column of texts or dates, of which each distinct cell is typed once. */
export class TextColumn {
  private readonly column: number
  private readonly rules: Rules
  private readonly table: ValueTable
  private ids = new Int32Array(0)
  private readonly high: number[] = []
  private readonly low: number[] = []
  private readonly flags: number[] = []

  constructor(column: number, rules: Rules) {
    this.column = column
    this.rules = rules
    this.table = new ValueTable(() => this.forget())
    this.learn('')
  }

  /** Types the column's cells of a block. */
  type(rows: ByteRows, state: RowState) {
    if (!this.table.repeats) {
      this.typeEach(rows, state)
      return
    }
    if (this.ids.length < rows.count) this.ids = new Int32Array(rows.count * 2)
    this.table.number(rows, this.column, this.ids)
    for (let id = this.flags.length; id < this.table.size; id++) this.learn(this.table.text(id, rows.decode))
    this.spread(rows.count, state)
  }

  private spread(count: number, state: RowState) {
    const { ids, flags, high, low } = this
    const { flags: rowFlags, high: rowHigh, low: rowLow } = state
    for (let row = 0; row < count; row++)
      rowFlags[row] = (rowFlags[row] as number) | (flags[ids[row] as number] as number)
    if (this.rules.part === null) return
    for (let row = 0; row < count; row++) {
      const id = ids[row] as number
      rowHigh[row] = (rowHigh[row] as number) ^ (high[id] as number)
      rowLow[row] = (rowLow[row] as number) ^ (low[id] as number)
    }
  }

  /** Cells that hardly repeat, one by one; of plain ASCII ones no text is made. */
  private typeEach(rows: ByteRows, state: RowState) {
    const { bytes, view, count, first, starts, ends, decode } = rows
    const { ascii, part, type } = this.rules
    for (let row = 0; row < count; row++) {
      const cell = (first[row] as number) + this.column
      const within = cell < (first[row + 1] as number)
      const start = within ? (starts[cell] as number) : 0
      const end = within ? (ends[cell] as number) : 0
      let flags = ascii ?? ODD
      if (start === end) {
        flags = this.flags[0] as number
        hashed.high = this.high[0] as number
        hashed.low = this.low[0] as number
      } else if (
        ascii === undefined ||
        !(hashAscii(view, start, end, part ?? 0) && isPlain(bytes, start, end))
      ) {
        const typed = type(decode(bytes, start, end))
        flags = typed.flags
        hashText(typed.text, part ?? 0)
      }
      state.flags[row] = (state.flags[row] as number) | flags
      if (part === null) continue
      state.high[row] = (state.high[row] as number) ^ hashed.high
      state.low[row] = (state.low[row] as number) ^ hashed.low
    }
  }

  private learn(raw: string) {
    const { text, flags } = this.rules.type(raw)
    hashText(text, this.rules.part ?? 0)
    this.high.push(hashed.high)
    this.low.push(hashed.low)
    this.flags.push(flags)
  }

  private forget() {
    this.high.length = 1
    this.low.length = 1
    this.flags.length = 1
  }
}

/** Whether `cleaned` leaves printable ASCII as it is. */
function isPlain(bytes: Buffer, start: number, end: number): boolean {
  const begin = bytes[start] as number
  return begin !== 32 && begin !== 39 && begin !== 61 && bytes[end - 1] !== 32
}
