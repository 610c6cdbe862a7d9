import { randomFillSync } from 'node:crypto'
import { assert } from '#kit/assert.ts'

/**
 * Arrays as PostgreSQL takes them in binary: nothing to quote here, nothing to parse there. Each function makes one
 * parameter of one chunk of lines; the statement casts it to the type of the function's name.
 */

/** The exception, an array as text: of values that need no quoting, as decimals, uuids and our own codes. */
export function pgArray(values: readonly (string | number | null)[]): string {
  let text = '{'
  for (const value of values) text += text.length > 1 ? `,${value ?? 'NULL'}` : (value ?? 'NULL')
  return `${text}}`
}

const OIDS = { boolean: 16, int8: 20, int4: 23, text: 25, date: 1082, uuid: 2950 }
/** Dimensions, has-nulls flag, element type, length, lower bound. */
const HEAD_BYTES = 20
const LENGTH_BYTES = 4

export function int4Array(values: readonly (number | null)[]): Buffer {
  return fixedArray(OIDS.int4, 4, values, (out, at, value) => out.writeInt32BE(value, at))
}

/** Whole numbers below 2^53. */
export function int8Array(values: readonly (number | null)[]): Buffer {
  return fixedArray(OIDS.int8, 8, values, (out, at, value) => {
    out.writeInt32BE(Math.floor(value / 2 ** 32), at)
    out.writeUInt32BE(value >>> 0, at + 4)
  })
}

export function bigintArray(values: readonly bigint[]): Buffer {
  return fixedArray(OIDS.int8, 8, values, (out, at, value) => out.writeBigInt64BE(value, at))
}

export function booleanArray(values: readonly boolean[]): Buffer {
  return fixedArray(OIDS.boolean, 1, values, (out, at, value) => out.writeUInt8(value ? 1 : 0, at))
}

/** Dates 'YYYY-MM-DD'. */
export function dateArray(values: readonly (string | null)[]): Buffer {
  return fixedArray(OIDS.date, 4, values, (out, at, value) => out.writeInt32BE(dayNumber(value), at))
}

/** Any text; NUL, which PostgreSQL cannot hold, is left out. */
export function textArray(values: readonly string[]): Buffer {
  let most = HEAD_BYTES
  // A UTF-16 unit takes at most three bytes of UTF-8.
  for (const value of values) most += LENGTH_BYTES + value.length * 3
  const out = headed(Buffer.allocUnsafe(most), OIDS.text, values.length, false)
  let at = HEAD_BYTES
  for (const value of values) {
    const bytes = writeText(out, at + LENGTH_BYTES, value)
    out.writeInt32BE(bytes, at)
    at += LENGTH_BYTES + bytes
  }
  return out.subarray(0, at)
}

let lastMs = 0

/**
 * New ids (uuid version 7), each greater than those this process made before. PostgreSQL makes them too, but asks for
 * randomness once an id, which costs a line as much as an index.
 */
export function newIdArray(count: number): Buffer {
  const size = LENGTH_BYTES + 16
  const out = Buffer.allocUnsafe(HEAD_BYTES + count * size)
  randomFillSync(out)
  headed(out, OIDS.uuid, count, false)
  const ms = Math.max(Date.now(), lastMs + 1)
  for (let n = 0; n < count; n += 1) {
    const at = HEAD_BYTES + n * size
    out.writeInt32BE(16, at)
    // Twelve bits count on within a millisecond.
    lastMs = ms + (n >>> 12)
    out.writeUIntBE(lastMs, at + 4, 6)
    out.writeUInt16BE(0x7000 | (n & 0xfff), at + 10)
    out.writeUInt8((out.readUInt8(at + 12) & 0x3f) | 0x80, at + 12)
  }
  return out
}

function fixedArray<T>(
  oid: number,
  width: number,
  values: readonly (T | null)[],
  write: (out: Buffer, at: number, value: T) => void,
): Buffer {
  const out = Buffer.allocUnsafe(HEAD_BYTES + values.length * (LENGTH_BYTES + width))
  let at = HEAD_BYTES
  let nulls = false
  for (const value of values) {
    if (value === null) {
      nulls = true
      out.writeInt32BE(-1, at)
      at += LENGTH_BYTES
      continue
    }
    out.writeInt32BE(width, at)
    write(out, at + LENGTH_BYTES, value)
    at += LENGTH_BYTES + width
  }
  return headed(out, oid, values.length, nulls).subarray(0, at)
}

function headed(out: Buffer, oid: number, length: number, nulls: boolean): Buffer {
  out.writeInt32BE(1, 0)
  out.writeInt32BE(nulls ? 1 : 0, 4)
  out.writeInt32BE(oid, 8)
  out.writeInt32BE(length, 12)
  out.writeInt32BE(1, 16)
  return out
}

/** Plain letters and digits go byte by byte, which is quicker than a call out for each short text. Returns the bytes. */
function writeText(out: Buffer, from: number, text: string): number {
  let at = from
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index)
    if (code >= 128) return out.write(text.replaceAll('\0', ''), from)
    if (code !== 0) out[at++] = code
  }
  return at - from
}

const DAY_MS = 86_400_000
const EPOCH_MS = Date.UTC(2000, 0, 1)
const days = new Map<string, number>()
const MAX_DAYS = 10_000

function dayNumber(day: string): number {
  let number = days.get(day)
  if (number === undefined) {
    number = (Date.parse(`${day}T00:00:00Z`) - EPOCH_MS) / DAY_MS
    assert(Number.isInteger(number), `no day: ${day}`)
    if (days.size >= MAX_DAYS) days.clear()
    days.set(day, number)
  }
  return number
}
