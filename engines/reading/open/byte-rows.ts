import { readSync } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { ReadingError } from '../reading-error.ts'
import type { ReadingLimits } from '../shapes.ts'
import { type DecodeCell, decoderOf } from './cell-decoder.ts'
import { isDrawnRow } from './delimited.ts'
import type { TextEncoding } from './encoding.ts'
import { isRule } from './fixed-width.ts'

const QUOTE = 34
const LINE_END = 10
/** The same byte four times over. */
const EACH = 0x01010101
const BELOW_14 = 14 * EACH
const HIGHEST = 0x80808080 | 0
/** Small enough that what was split is still near when it is typed. */
const BLOCK_BYTES = 1 << 18
/** A longer record is left to the splitter of characters, which knows when a quote was not meant. */
const RECORD_BYTES = 1 << 19

/**
 * Rows whose cells are still bytes. Cell c of row r lies in `bytes` from starts[first[r] + c] to before ends[first[r] + c],
 * without its quotes. Everything is valid until the next block is asked for: the arrays are used again.
 */
export interface ByteRows {
  bytes: Buffer
  view: DataView
  count: number
  /** 1-based in the file. */
  numbers: Int32Array
  /** The first cell of each row; behind the last row the number of all cells. */
  first: Int32Array
  starts: Int32Array
  ends: Int32Array
  decode: DecodeCell
  /** The part of the file split so far, 0 to 1. */
  share: number
}

/** A record that only characters can tell: where it begins in the file, and the rows before it, blank ones too. */
export interface Remainder {
  offset: number
  rows: number
}

/**
 * Whether bytes tell cells apart: the delimiter is one byte that is never part of a longer character. Second bytes of GBK
 * and Big5 begin at 0x40; those of GB18030 may be digits.
 */
export function splitsByBytes({ name }: TextEncoding, delimiter: string): boolean {
  const code = delimiter.charCodeAt(0)
  if (delimiter.length !== 1) return false
  if (name === 'utf-8') return code < 0x80
  return (name === 'gb18030' || name === 'big5') && (code < 0x30 || code === 0x3b)
}

/**
 * Splits a file into rows exactly as `splitDelimited` splits its text. Returns null at the file's end, or where it gave up: at
 * a quote that nothing closes.
 */
export async function* splitBytes(
  path: string,
  encoding: TextEncoding,
  delimiter: string,
  limits: ReadingLimits,
): AsyncGenerator<ByteRows, Remainder | null> {
  const file = await open(path, 'r')
  try {
    const { size } = await file.stat()
    const offset = await afterMarks(file, encoding)
    const splitter = new ByteSplitter(offset, delimiter.charCodeAt(0), limits, decoderOf(encoding.name))
    for (;;) {
      const last = splitter.fill(file)
      splitter.split(last)
      splitter.rows.share = splitter.end / size
      if (splitter.rows.count > 0) yield splitter.rows
      if (last || splitter.isStuck()) return splitter.remainder()
    }
  } finally {
    await file.close()
  }
}

/** A decoder of a whole file takes a second mark for its own and leaves it out. */
async function afterMarks(file: FileHandle, { name, bom_bytes: first }: TextEncoding): Promise<number> {
  if (name !== 'utf-8') return first
  const { buffer, bytesRead } = await file.read(Buffer.alloc(3), 0, 3, first)
  return bytesRead === 3 && buffer.readUIntBE(0, 3) === 0xefbbbf ? first + 3 : first
}

class ByteSplitter {
  rows: ByteRows
  /** Where the bytes in hand begin in the file, how many they are, and how many of them are split. */
  private offset: number
  private length = 0
  private consumed = 0
  private seen = 0
  private readonly delimiter: number
  private readonly limits: ReadingLimits
  /** Where cells may end, in their order. */
  private marks: Int32Array
  /** Groups of four bytes that may hold an end, and which of their bytes. */
  private fours: Int32Array
  private hits: Int32Array
  /** Cells of the record at hand that began with a quote, each followed by the place of its closing quote. */
  private quoted: number[] = []

  constructor(offset: number, delimiter: number, limits: ReadingLimits, decode: DecodeCell) {
    this.offset = offset
    this.delimiter = delimiter
    this.limits = limits
    this.rows = roomFor(BLOCK_BYTES, decode)
    this.marks = new Int32Array(BLOCK_BYTES)
    this.fours = new Int32Array(BLOCK_BYTES / 4)
    this.hits = new Int32Array(BLOCK_BYTES / 4)
  }

  /** Reads on behind what is not split yet; true when that is all of the file. */
  fill(file: FileHandle): boolean {
    const before = this.rows.bytes
    if (this.consumed === 0 && this.length > 0) {
      this.rows = roomFor(RECORD_BYTES, this.rows.decode)
      this.marks = new Int32Array(RECORD_BYTES)
      this.fours = new Int32Array(RECORD_BYTES / 4)
      this.hits = new Int32Array(RECORD_BYTES / 4)
    }
    before.copy(this.rows.bytes, 0, this.consumed, this.length)
    this.offset += this.consumed
    this.length -= this.consumed
    this.consumed = 0
    const { bytes } = this.rows
    // The last byte is kept free for a line end that stops every search.
    const room = bytes.length - 1
    while (this.length < room) {
      // Waiting for each of so many small reads would cost more than the reads.
      const bytesRead = readSync(file.fd, bytes, this.length, room - this.length, this.offset + this.length)
      if (bytesRead === 0) return true
      this.length += bytesRead
    }
    return false
  }

  /** Where what is split ends in the file. */
  get end(): number {
    return this.offset + this.consumed
  }

  isStuck(): boolean {
    return this.consumed === 0 && this.rows.bytes.length >= RECORD_BYTES
  }

  remainder(): Remainder | null {
    return this.consumed === this.length ? null : { offset: this.end, rows: this.seen }
  }

  /** Splits all records that are whole. */
  split(last: boolean) {
    const { delimiter, length } = this
    const { bytes, starts, ends } = this.rows
    this.rows.count = 0
    bytes[length] = LINE_END
    this.mark()
    const { marks } = this
    let mark = 0
    let cell = 0
    let from = 0
    let at = 0
    while (from < length) {
      starts[cell] = at
      if (bytes[at] === QUOTE) {
        at = this.closingQuote(at + 1, last)
        if (at < 0) break
        this.quoted.push(cell, at)
        while ((marks[mark] as number) <= at) mark++
      }
      at = marks[mark++] as number
      const code = bytes[at]
      ends[cell++] = at
      if (code === delimiter) {
        at++
        continue
      }
      if (at === length) {
        if (!last) break
      } else {
        if (code === 13 && at + 1 === length && !last) break
        if (code === 13 && bytes[at + 1] === 10 && at + 1 < length) at = marks[mark++] as number
        at++
      }
      cell = this.endRecord(cell)
      this.consumed = at
      from = at
    }
    this.quoted.length = 0
  }

  /**
   * Notes where delimiters and line ends stand, quoted ones too: first the groups of four bytes that may hold one, without a
   * branch that could be foretold wrong, then each place in them.
   */
  private mark() {
    const { delimiter, length, marks, fours, hits } = this
    const { bytes } = this.rows
    const all = new Int32Array(bytes.buffer, 0, (length >> 2) + 1)
    const delimiters = Math.imul(delimiter, EACH)
    let found = 0
    for (let at = 0; at < all.length; at++) {
      const four = all[at] as number
      const other = four ^ delimiters
      // The highest bit of each byte that is below 14 or the delimiter; seldom of one more, which is looked at in vain.
      const hit = (((four - BELOW_14) & ~four) | ((other - EACH) & ~other)) & HIGHEST
      fours[found] = at
      hits[found] = hit
      found -= (hit | -hit) >> 31
    }
    let count = 0
    for (let at = 0; at < found; at++) {
      const first = (fours[at] as number) << 2
      let hit = hits[at] as number
      do {
        const place = first + ((31 - Math.clz32(hit & -hit)) >> 3)
        const code = bytes[place]
        marks[count] = place
        if (code === delimiter || code === 10 || code === 12 || code === 13) count++
        hit &= hit - 1
      } while (hit !== 0)
    }
  }

  /** Where the quote is that closes the cell, or -1 where the bytes in hand do not tell. */
  private closingQuote(from: number, last: boolean): number {
    const { length } = this
    const { bytes } = this.rows
    let at = from
    for (;;) {
      while (at < length && bytes[at] !== QUOTE) at++
      if (at >= length) return -1
      if (at === length - 1) return last ? at : -1
      if (bytes[at + 1] !== QUOTE) return at
      at += 2
    }
  }

  /** Keeps the record whose cells end before `end` unless it is blank or drawn; returns where the next one's begin. */
  private endRecord(end: number): number {
    const { rows } = this
    const { first, starts, ends } = rows
    const begin = first[rows.count] as number
    this.seen++
    if (this.quoted.length > 0) this.takeQuotesOut()
    let filled = begin
    while (filled < end && starts[filled] === ends[filled]) filled++
    if (filled === end) return begin
    const cells = end - begin
    if (cells > this.limits.columns) throw new ReadingError('too-large', { columns: cells })
    rows.numbers[rows.count] = this.seen
    first[rows.count + 1] = end
    if ((cells === 1 || filled > begin) && this.isDrawn(filled)) return begin
    rows.count++
    return end
  }

  /** Whether the record behind the last row only draws a line; `filled` is its first cell that is not blank. */
  private isDrawn(filled: number): boolean {
    const { rows } = this
    const { bytes, starts, ends, count, decode } = rows
    if (!isRule(decode(bytes, starts[filled] as number, ends[filled] as number))) return false
    return isDrawnRow(cellsOf(rows, count))
  }

  /** Two quotes inside are one; what follows the closing quote is kept, nothing printed is lost. */
  private takeQuotesOut() {
    const { bytes, starts, ends, decode } = this.rows
    for (let at = 0; at < this.quoted.length; at += 2) {
      const cell = this.quoted[at] as number
      const close = this.quoted[at + 1] as number
      const start = (starts[cell] as number) + 1
      let to = start
      for (let from = start; from < close; from++) {
        bytes[to++] = bytes[from] as number
        if (bytes[from] === QUOTE) from++
      }
      const tail = decode(bytes, close + 1, ends[cell] as number)
      let tailEnd = ends[cell] as number
      if (tail !== '') {
        const text = tail.trimEnd()
        while (tailEnd > close + 1 && decode(bytes, close + 1, tailEnd) !== text) tailEnd--
        to += bytes.copy(bytes, to, close + 1, tailEnd)
      }
      starts[cell] = start
      ends[cell] = to
    }
    this.quoted.length = 0
  }
}

/** Each cell and each row has a byte of its own that ends it, so they are never more than the bytes. */
function roomFor(size: number, decode: DecodeCell): ByteRows {
  const bytes = Buffer.from(new ArrayBuffer(size))
  const places = () => new Int32Array(size + 1)
  const [numbers, first, starts, ends] = [places(), places(), places(), places()]
  return { bytes, view: new DataView(bytes.buffer), count: 0, numbers, first, starts, ends, decode, share: 0 }
}

/** The texts of one row. */
export function cellsOf({ bytes, first, starts, ends, decode }: ByteRows, row: number): string[] {
  const cells: string[] = []
  for (let cell = first[row] as number; cell < (first[row + 1] as number); cell++)
    cells.push(decode(bytes, starts[cell] as number, ends[cell] as number))
  return cells
}
