import { ReadingError } from '../../reading-error.ts'
import type { ReadingLimits } from '../../shapes.ts'
import type { NumberTexts } from '../number-texts.ts'
import type { Merge, RawRow } from '../source.ts'
import { REC, Records, rkNumber } from './biff-records.ts'
import { unicodeString } from './biff-strings.ts'

const BATCH = 1_000
const ERRORS: Record<number, string> = {
  0: '#NULL!',
  7: '#DIV/0!',
  15: '#VALUE!',
  23: '#REF!',
  29: '#NAME?',
  36: '#NUM!',
  42: '#N/A',
}

export interface XlsWords {
  bytes: Buffer
  /** 8, 5, 4, 3 or 2. */
  version: number
  strings: string[]
  numbers: NumberTexts
  decoder: TextDecoder
}

/** What is known of a worksheet before its cells are read out. */
export interface XlsOutline {
  merges: Merge[]
  hidden: Set<number>
  hidden_columns: number[]
  /** Cells come row by row, downwards; some writers do not keep to that. */
  ordered: boolean
}

const CELLS = new Set<number>([
  REC.labelsst,
  REC.rk,
  REC.mulrk,
  REC.number,
  REC.numberOld,
  REC.integerOld,
  REC.label,
  REC.labelOld,
  REC.rstring,
  REC.formula,
  REC.formula3,
  REC.formula4,
  REC.boolerr,
  REC.boolerrOld,
])

/** Walks the records of a sheet once without decoding cells. */
export function outlineOf({ bytes }: XlsWords, start: number): XlsOutline {
  const outline: XlsOutline = { merges: [], hidden: new Set(), hidden_columns: [], ordered: true }
  let last = -1
  for (const records of recordsOf(bytes, start)) {
    const { type, from, to } = records
    if (CELLS.has(type) && to - from >= 4) {
      const row = bytes.readUInt16LE(from)
      if (row < last) outline.ordered = false
      last = row
    } else if (type === REC.row && to - from >= 16) {
      if (bytes.readUInt16LE(from + 12) & 0x20) outline.hidden.add(bytes.readUInt16LE(from) + 1)
    } else if (type === REC.colinfo && to - from >= 10) {
      const end = Math.min(bytes.readUInt16LE(from + 2), 255)
      if (bytes.readUInt16LE(from + 8) & 1)
        for (let column = bytes.readUInt16LE(from); column <= end; column++)
          outline.hidden_columns.push(column)
    } else if (type === REC.merges && to - from >= 2) takeMerges(bytes, from, to, outline.merges)
  }
  return outline
}

/** Records up to the sheet's own end; charts inside it have beginnings and ends of their own. */
function* recordsOf(bytes: Buffer, start: number): Generator<Records> {
  const records = new Records(bytes, start)
  let depth = 0
  while (records.step()) {
    if (isBeginning(records.type)) depth++
    else if (records.type === REC.eof) {
      depth--
      if (depth <= 0) return
    } else if (depth === 1) yield records
  }
  throw new ReadingError('corrupt', { reason: 'sheet ends early' })
}

export function isBeginning(type: number): boolean {
  return type === 0x809 || type === 0x409 || type === 0x209 || type === 0x09
}

function takeMerges(bytes: Buffer, from: number, to: number, merges: Merge[]) {
  const count = bytes.readUInt16LE(from)
  for (let index = 0; index < count && from + 10 + index * 8 <= to; index++) {
    const at = from + 2 + index * 8
    merges.push({
      top: bytes.readUInt16LE(at) + 1,
      bottom: bytes.readUInt16LE(at + 2) + 1,
      left: bytes.readUInt16LE(at + 4),
      right: bytes.readUInt16LE(at + 6),
    })
  }
}

/** The rows of a worksheet, as text. */
export async function* xlsRows(
  words: XlsWords,
  start: number,
  outline: XlsOutline,
  limits: ReadingLimits,
): AsyncGenerator<RawRow[]> {
  const cells = new CellReader(words, limits)
  if (!outline.ordered) {
    const byRow = new Map<number, string[]>()
    for (const records of recordsOf(words.bytes, start)) cells.take(records, (row) => rowAt(byRow, row))
    const rows = [...byRow.keys()].sort((one, other) => one - other)
    for (let from = 0; from < rows.length; from += BATCH) {
      yield rows
        .slice(from, from + BATCH)
        .map((row) => rowOf(row, byRow.get(row) as string[], outline))
        .filter((row) => row.cells.length > 0)
    }
    return
  }
  let batch: RawRow[] = []
  let current = -1
  let texts: string[] = []
  const flush = () => {
    if (texts.length > 0) batch.push(rowOf(current, texts, outline))
    texts = []
  }
  for (const records of recordsOf(words.bytes, start)) {
    cells.take(records, (row) => {
      if (row !== current) {
        flush()
        current = row
      }
      return texts
    })
    if (batch.length >= BATCH) {
      yield batch
      batch = []
    }
  }
  flush()
  if (batch.length > 0) yield batch
}

function rowAt(byRow: Map<number, string[]>, row: number): string[] {
  let cells = byRow.get(row)
  if (!cells) {
    cells = []
    byRow.set(row, cells)
  }
  return cells
}

function rowOf(row: number, cells: string[], outline: XlsOutline): RawRow {
  return outline.hidden.has(row + 1) ? { row: row + 1, cells, hidden: true } : { row: row + 1, cells }
}

class CellReader {
  private readonly words: XlsWords
  private readonly limits: ReadingLimits
  /** The formula whose text comes in the record behind it. */
  private waiting: { cells: string[]; column: number } | null = null

  constructor(words: XlsWords, limits: ReadingLimits) {
    this.words = words
    this.limits = limits
  }

  /** Puts what the record holds into the cells of its row. */
  take(records: Records, cellsOf: (row: number) => string[]) {
    const { type, from, to } = records
    const { bytes } = this.words
    if (type === REC.string || type === REC.stringOld) {
      if (this.waiting) this.put(this.waiting.cells, this.waiting.column, this.textAt(from, to))
      this.waiting = null
      return
    }
    if (!CELLS.has(type) || to - from < 6) return
    this.waiting = null
    const cells = cellsOf(bytes.readUInt16LE(from))
    const column = bytes.readUInt16LE(from + 2)
    if (type === REC.mulrk) this.putMany(cells, column, from, to)
    else this.putOne(type, cells, column, from, to)
  }

  private putMany(cells: string[], first: number, from: number, to: number) {
    const { bytes, numbers } = this.words
    let column = first
    for (let at = from + 4; at + 8 <= to; at += 6) {
      this.put(cells, column++, numbers.of(String(rkNumber(bytes, at + 2)), bytes.readUInt16LE(at)))
    }
  }

  private putOne(type: number, cells: string[], column: number, from: number, to: number) {
    const { bytes, strings, numbers, version } = this.words
    const old = version === 2
    const value = from + (old ? 7 : 6)
    if (to < value + 1) return
    const style = old ? bytes.readUInt8(from + 5) & 0x3f : bytes.readUInt16LE(from + 4)
    const number = (at: number) => numbers.of(String(bytes.readDoubleLE(at)), style)
    if (type === REC.labelsst) {
      if (to >= value + 4) this.put(cells, column, strings[bytes.readUInt32LE(value)] ?? '')
    } else if (type === REC.rk) {
      if (to >= value + 4) this.put(cells, column, numbers.of(String(rkNumber(bytes, value)), style))
    } else if (type === REC.number || type === REC.numberOld) {
      if (to >= value + 8) this.put(cells, column, number(value))
    } else if (type === REC.integerOld) {
      if (to >= value + 2) this.put(cells, column, numbers.of(String(bytes.readUInt16LE(value)), style))
    } else if (type === REC.boolerr || type === REC.boolerrOld) {
      const code = bytes.readUInt8(value)
      const isError = to > value + 1 && bytes.readUInt8(value + 1) === 1
      this.put(cells, column, isError ? (ERRORS[code] ?? '#N/A') : code ? 'TRUE' : 'FALSE')
    } else if (type === REC.label || type === REC.labelOld || type === REC.rstring) {
      this.put(cells, column, this.textAt(value, to))
    } else if (to >= value + 8) this.putFormula(cells, column, value, number)
  }

  /** A formula carries its last result: a number, or a mark for text, a truth value or an error. */
  private putFormula(cells: string[], column: number, value: number, number: (at: number) => string) {
    const { bytes } = this.words
    if (bytes.readUInt16LE(value + 6) !== 0xffff) this.put(cells, column, number(value))
    else if (bytes[value] === 0) this.waiting = { cells, column }
    else if (bytes[value] === 1) this.put(cells, column, bytes[value + 2] ? 'TRUE' : 'FALSE')
    else if (bytes[value] === 2) this.put(cells, column, ERRORS[bytes[value + 2] as number] ?? '#N/A')
  }

  private textAt(at: number, to: number): string {
    const { bytes, version, decoder } = this.words
    if (version === 8) return to - at < 3 ? '' : unicodeString(bytes.subarray(at, to), 0, true).text
    const wide = version > 2
    if (to - at < (wide ? 2 : 1)) return ''
    const length = wide ? bytes.readUInt16LE(at) : bytes.readUInt8(at)
    const from = at + (wide ? 2 : 1)
    return decoder.decode(bytes.subarray(from, Math.min(from + length, to)))
  }

  private put(cells: string[], column: number, text: string) {
    if (text === '') return
    if (column >= this.limits.columns) throw new ReadingError('too-large', { columns: column + 1 })
    while (cells.length < column) cells.push('')
    cells[column] = text
  }
}
