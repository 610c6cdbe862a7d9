import { SigningError } from '../signing-error.ts'
import type { PdfDict, PdfValue } from './pdf-value.ts'

const DEEPEST = 100
/** By byte: white space is 1, what else ends a word is 2. */
const KIND = new Uint8Array(256)
for (const byte of [0, 9, 10, 12, 13, 32]) KIND[byte] = 1
for (const byte of Buffer.from('()<>[]{}/%', 'latin1')) KIND[byte] = 2

/** Where one reads in the bytes; every parse function moves `at` behind what it took. */
export interface Cursor {
  bytes: Uint8Array
  at: number
}

export function badPdf(reason: string, at: number): SigningError {
  return new SigningError('bad-pdf', { reason, at })
}

/** Skips white space; a comment ends with its line. */
export function skipSpace(cursor: Cursor): void {
  for (;;) {
    const byte = cursor.bytes[cursor.at]
    if (byte !== undefined && KIND[byte] === 1) cursor.at++
    else if (byte === 0x25) skipComment(cursor)
    else return
  }
}

function skipComment(cursor: Cursor): void {
  while (cursor.at < cursor.bytes.length) {
    const byte = cursor.bytes[cursor.at]
    if (byte === 10 || byte === 13) return
    cursor.at++
  }
}

/** The run of regular characters at the cursor: a number, an operator or a key word. */
export function takeWord(cursor: Cursor): string {
  const from = cursor.at
  while (cursor.at < cursor.bytes.length && KIND[cursor.bytes[cursor.at] ?? 0] === 0) cursor.at++
  return latin(cursor.bytes, from, cursor.at)
}

export function latin(bytes: Uint8Array, from: number, to: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from).toString('latin1')
}

/** Whether this text stands at the cursor; then it is behind it. */
export function takeText(cursor: Cursor, wanted: string): boolean {
  for (let index = 0; index < wanted.length; index++)
    if (cursor.bytes[cursor.at + index] !== wanted.charCodeAt(index)) return false
  cursor.at += wanted.length
  return true
}

/**
 * Parses one value. Stricter than viewers are: what two readers could understand differently (a key twice, a number with two
 * points, an unknown word) is an error, never a guess.
 */
export function parseValue(cursor: Cursor, depth = 0): PdfValue {
  if (depth > DEEPEST) throw badPdf('too deep', cursor.at)
  skipSpace(cursor)
  const { bytes, at } = cursor
  switch (bytes[at]) {
    case 0x2f:
      return { kind: 'name', name: takeName(cursor) }
    case 0x28:
      return takeString(cursor)
    case 0x5b:
      return takeArray(cursor, depth)
    case 0x3c:
      return bytes[at + 1] === 0x3c ? takeDict(cursor, depth) : takeHex(cursor)
    default:
      return takeNumberOrWord(cursor)
  }
}

function takeName(cursor: Cursor): string {
  cursor.at++
  const word = takeWord(cursor)
  return !word.includes('#')
    ? word
    : word.replace(/#([0-9a-f]{2})/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)))
}

function takeArray(cursor: Cursor, depth: number): PdfValue {
  cursor.at++
  const items: PdfValue[] = []
  for (;;) {
    skipSpace(cursor)
    if (cursor.bytes[cursor.at] === 0x5d) break
    items.push(parseValue(cursor, depth + 1))
  }
  cursor.at++
  return { kind: 'array', items }
}

function takeDict(cursor: Cursor, depth: number): PdfDict {
  cursor.at += 2
  const entries = new Map<string, PdfValue>()
  for (;;) {
    skipSpace(cursor)
    if (takeText(cursor, '>>')) return { kind: 'dict', entries }
    if (cursor.bytes[cursor.at] !== 0x2f) throw badPdf('no key', cursor.at)
    const key = takeName(cursor)
    if (entries.has(key)) throw badPdf(`key ${key} twice`, cursor.at)
    entries.set(key, parseValue(cursor, depth + 1))
  }
}

function takeHex(cursor: Cursor): PdfValue {
  const from = cursor.at
  let end = from + 1
  while (end < cursor.bytes.length && cursor.bytes[end] !== 0x3e) end++
  const digits = latin(cursor.bytes, from + 1, end).replace(/[\s\0]/g, '')
  if (end === cursor.bytes.length || !/^[0-9a-f]*$/i.test(digits)) throw badPdf('bad hex string', from)
  cursor.at = end + 1
  const bytes = Buffer.from(digits.length % 2 ? `${digits}0` : digits, 'hex')
  return { kind: 'string', bytes, hex: true, from, to: cursor.at }
}

const ESCAPES: Record<string, number> = { n: 10, r: 13, t: 9, b: 8, f: 12 }

function takeString(cursor: Cursor): PdfValue {
  const from = cursor.at++
  const bytes: number[] = []
  for (let open = 1; open > 0; ) {
    const byte = cursor.bytes[cursor.at++]
    if (byte === undefined) throw badPdf('string without end', from)
    if (byte === 0x5c) {
      takeEscape(cursor, bytes)
      continue
    }
    if (byte === 0x28) open++
    if (byte === 0x29) open--
    if (open > 0) bytes.push(byte)
  }
  return { kind: 'string', bytes: Uint8Array.from(bytes), hex: false, from, to: cursor.at }
}

function takeEscape(cursor: Cursor, bytes: number[]): void {
  const octal = /^[0-7]{1,3}/.exec(latin(cursor.bytes, cursor.at, cursor.at + 3))?.[0]
  if (octal) {
    cursor.at += octal.length
    bytes.push(Number.parseInt(octal, 8) & 255)
    return
  }
  const byte = cursor.bytes[cursor.at++] ?? 0
  if (byte === 13 && cursor.bytes[cursor.at] === 10) cursor.at++
  if (byte !== 10 && byte !== 13) bytes.push(ESCAPES[String.fromCharCode(byte)] ?? byte)
}

function takeNumberOrWord(cursor: Cursor): PdfValue {
  const from = cursor.at
  const word = takeWord(cursor)
  if (word === 'true') return true
  if (word === 'false') return false
  if (word === 'null') return null
  if (!/^[+-]?(\d+\.?\d*|\.\d+)$/.test(word)) throw badPdf(`not a value: ${word.slice(0, 20)}`, from)
  const number = Number(word)
  return /^\d+$/.test(word) ? (takeRest(cursor, number) ?? number) : number
}

/** `12 0 R`: two numbers more than a number are a reference. */
function takeRest(cursor: Cursor, number: number): PdfValue | undefined {
  const next = cursor.bytes[cursor.at + 1] ?? 0
  if (KIND[cursor.bytes[cursor.at] ?? 0] !== 1 || (KIND[next] !== 1 && (next < 0x30 || next > 0x39)))
    return undefined
  const match = /^[\s\0]+(\d{1,5})[\s\0]+R(?![0-9A-Za-z])/.exec(
    latin(cursor.bytes, cursor.at, Math.min(cursor.at + 20, cursor.bytes.length)),
  )
  if (!match) return undefined
  cursor.at += match[0].length
  return { kind: 'ref', number, generation: Number(match[1]) }
}
