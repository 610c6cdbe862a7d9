import type { Reading } from '../shapes.ts'

// Two 32-bit halves: of each part of a line those of its text or figure and of which part it is, and of the line the
// exclusive or of them all. So a column's value is hashed once for all lines that have it, and a part that is blank costs nothing.

const SEED_HIGH = 0x811c9dc5 | 0
const SEED_LOW = 0x1b873593

/** What makes a line the same as another, each by a number of its own. */
export const part = {
  day: 1,
  customer_raw: 2,
  supplier_raw: 3,
  product_raw: 4,
  spec_raw: 5,
  lot: 6,
  serial: 7,
  qty: 8,
  doc_no: 9,
  amount: 10,
} as const

/** Halves of what was hashed last; a pair made for each text would cost more than hashing it. */
export const hashed = { high: 0, low: 0 }

const EACH = 0x01010101
const BELOW_32 = 32 * EACH
const HIGHEST = 0x80808080 | 0

/**
 * Puts the halves of a text into `hashed`, 0 for a blank one: four characters at a time, what of them is no ASCII in a step of
 * its own.
 */
export function hashText(text: string, which: number): void {
  begin(which, text.length)
  for (let at = 0; at < text.length; at += 4) {
    let four = 0
    let wide = 0
    for (let next = Math.min(at + 4, text.length) - 1; next >= at; next--) {
      const code = text.charCodeAt(next)
      four = (four << 8) | (code & 0xff)
      wide = (wide << 8) | (code >>> 8)
    }
    step(four)
    if (wide !== 0) step(wide)
  }
  finish(text === '')
}

/** The same of a text that stands in bytes; false, and nothing to be taken, where these are not all printable ASCII. */
export function hashAscii(view: DataView, start: number, end: number, which: number): boolean {
  begin(which, end - start)
  let odd = 0
  let at = start
  for (; at + 4 <= end; at += 4) {
    const four = view.getInt32(at, true)
    odd |= four | ((four - BELOW_32) & ~four)
    step(four)
  }
  if (at < end) {
    let rest = 0
    for (let next = end - 1; next >= at; next--) {
      const code = view.getUint8(next)
      odd |= code | (code - 32)
      rest = (rest << 8) | code
    }
    step(rest)
  }
  finish(start === end)
  return (odd & HIGHEST) === 0
}

/** The same of a quantity or of fen; 0 where there is none (NaN). */
export function hashFigure(value: number, which: number): void {
  // Of -0 and 0 the same.
  figure.setFloat64(0, value + 0)
  begin(which, 8)
  step(figure.getInt32(0))
  step(figure.getInt32(4))
  finish(Number.isNaN(value))
}

const figure = new DataView(new ArrayBuffer(8))

function begin(which: number, length: number) {
  const first = Math.imul((which << 24) ^ length, 0x9e3779b1)
  hashed.high = SEED_HIGH ^ first
  hashed.low = SEED_LOW ^ first
}

function step(part: number) {
  const high = Math.imul(hashed.high ^ part, 0x01000193)
  hashed.high = high ^ (high >>> 15)
  const low = Math.imul(hashed.low ^ part, 0x85ebca6b)
  hashed.low = low ^ (low >>> 13)
}

function finish(blank: boolean) {
  hashed.high = blank ? 0 : finished(hashed.high)
  hashed.low = blank ? 0 : finished(hashed.low)
}

/** The last step: every bit of the half reaches every other. */
function finished(half: number): number {
  let bits = half ^ (half >>> 16)
  bits = Math.imul(bits, 0x85ebca6b)
  bits ^= bits >>> 13
  bits = Math.imul(bits, 0xc2b2ae35)
  return bits ^ (bits >>> 16)
}

/**
 * 64 bits, as two signed halves, of a hash of what makes a line the same as another: day, partner, product, spec, lot, serial,
 * quantity (as a number), document and amount. Lines printed twice have the same. Of a million different ones some two have the same once in
 * 37 million files; made so on purpose they are easily found, so it tells of repeated lines and decides nothing.
 */
export function lineDigest(reading: Reading): [high: number, low: number] {
  const line = { high: 0, low: 0 }
  const add = () => {
    line.high ^= hashed.high
    line.low ^= hashed.low
  }
  hashText(reading.occurred_on ?? reading.month ?? '', part.day)
  add()
  for (const field of TEXTS) {
    hashText(reading[field], part[field])
    add()
  }
  hashFigure(reading.qty === null ? Number.NaN : Number(reading.qty), part.qty)
  add()
  hashFigure(reading.amount_fen ?? Number.NaN, part.amount)
  add()
  return [line.high, line.low]
}

const TEXTS = ['customer_raw', 'supplier_raw', 'product_raw', 'spec_raw', 'lot', 'serial', 'doc_no'] as const
