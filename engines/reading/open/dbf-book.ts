import { createReadStream } from 'node:fs'
import { ReadingError } from '../reading-error.ts'
import type { ReadingLimits } from '../shapes.ts'
import type { Book, RawRow } from './source.ts'

const VERSIONS = new Set([0x02, 0x03, 0x04, 0x05, 0x30, 0x31, 0x32, 0x43, 0x63, 0x83, 0x8b, 0xcb, 0xf5, 0xfb])
const TYPES = /[CNFDLMIBYTGPVOQ@+0W]/
const MEMOS = /[MGPW]/
const DELETED = 0x2a
const DAY_MS = 86_400_000
/** The Julian day number of 1970-01-01. */
const JULIAN_EPOCH = 2_440_588

interface DbfField {
  name: string
  type: string
  from: number
  length: number
  decimals: number
}

interface DbfHeader {
  records: number
  start: number
  length: number
  fields: DbfField[]
  decoder: TextDecoder
}

/** Whether the first bytes are those of a dBase or FoxPro table. */
export function isDbf(head: Buffer): boolean {
  if (head.length < 65 || !VERSIONS.has(head[0] as number)) return false
  const start = head.readUInt16LE(8)
  const length = head.readUInt16LE(10)
  const month = head[2] as number
  if (start < 65 || length < 2 || month > 12 || (head[3] as number) > 31) return false
  return TYPES.test(String.fromCharCode(head[43] as number)) && (head[32] as number) > 0x20
}

/** A dBase or FoxPro table as a book of one sheet; its field names are the header. Deleted records are left out. */
export async function openDbf(
  path: string,
  head: Buffer,
  size: number,
  name: string,
  limits: ReadingLimits,
): Promise<Book> {
  const header = headerOf(head)
  if (header.fields.length === 0) throw new ReadingError('corrupt', { reason: 'no fields' })
  if (header.fields.length > limits.columns)
    throw new ReadingError('too-large', { columns: header.fields.length })
  if (size < header.start + header.records * header.length - header.length)
    throw new ReadingError('corrupt', { reason: 'records end early' })
  const memos = header.fields.filter(({ type }) => MEMOS.test(type)).map((field) => field.name)
  return {
    format: 'dbf',
    encoding: header.decoder.encoding,
    sheets: [{ name, index: 0, rows: () => dbfRows(path, header) }],
    hidden_sheets: [],
    notes: memos.length > 0 ? [{ code: 'memos-not-read', params: { columns: memos.join('、') } }] : [],
    close() {},
  }
}

function headerOf(head: Buffer): DbfHeader {
  const start = head.readUInt16LE(8)
  const decoder = decoderOf(head[29] as number)
  const fields: DbfField[] = []
  let from = 1
  for (let at = 32; at + 32 <= Math.min(start, head.length) && head[at] !== 0x0d; at += 32) {
    const raw = head.subarray(at, at + 11)
    const zero = raw.indexOf(0)
    const type = String.fromCharCode(head[at + 11] as number)
    // A long text of FoxPro and Clipper has the upper byte of its length where numbers have their decimals.
    const decimals = head[at + 17] as number
    const length = (head[at + 16] as number) + (type === 'C' ? decimals * 256 : 0)
    if (type !== '0')
      fields.push({
        name: decoder.decode(raw.subarray(0, zero < 0 ? 11 : zero)),
        type,
        from,
        length,
        decimals,
      })
    from += length
  }
  return { records: head.readUInt32LE(4), start, length: head.readUInt16LE(10), fields, decoder }
}

/** By the language mark; Chinese where none is set, as all old systems here leave it. */
function decoderOf(mark: number): TextDecoder {
  if (mark === 0x4f || mark === 0x78) return new TextDecoder('big5')
  if (mark === 0xf0) return new TextDecoder('utf-8')
  return new TextDecoder('gb18030')
}

async function* dbfRows(path: string, header: DbfHeader): AsyncGenerator<RawRow[]> {
  yield [{ row: 1, cells: header.fields.map((field) => field.name) }]
  let carried: Buffer = Buffer.alloc(0)
  let record = 0
  for await (const chunk of createReadStream(path, { start: header.start, highWaterMark: 1 << 18 })) {
    const bytes = carried.length > 0 ? Buffer.concat([carried, chunk as Buffer]) : (chunk as Buffer)
    const rows: RawRow[] = []
    let at = 0
    for (; at + header.length <= bytes.length && record < header.records; at += header.length) {
      record++
      if (bytes[at] === DELETED) continue
      const base = at
      rows.push({
        row: record + 1,
        cells: header.fields.map((field) => fieldText(bytes, base, field, header.decoder)),
      })
    }
    carried = bytes.subarray(at)
    if (rows.length > 0) yield rows
    if (record >= header.records) return
  }
}

function fieldText(bytes: Buffer, record: number, field: DbfField, decoder: TextDecoder): string {
  const from = record + field.from
  const to = Math.min(from + field.length, bytes.length)
  if (to - from < field.length) return ''
  switch (field.type) {
    case 'C':
    case 'V':
    case 'N':
    case 'F':
    case 'D':
      return textOf(bytes, from, to, decoder)
    case 'L':
      return /[YyTt]/.test(String.fromCharCode(bytes[from] as number)) ? 'TRUE' : ''
    case 'I':
    case '+':
      return field.length === 4 ? String(bytes.readInt32LE(from)) : ''
    case 'Y':
      return field.length === 8 ? currency(bytes.readBigInt64LE(from)) : ''
    case 'B':
    case 'O':
      return field.length === 8 ? String(Number(bytes.readDoubleLE(from).toFixed(field.decimals || 6))) : ''
    case 'T':
    case '@':
      return field.length === 8 ? moment(bytes.readUInt32LE(from), bytes.readUInt32LE(from + 4)) : ''
    default:
      // Memos and pictures stand in a file of their own, which is not here.
      return ''
  }
}

function textOf(bytes: Buffer, from: number, to: number, decoder: TextDecoder): string {
  let end = to
  while (end > from && ((bytes[end - 1] as number) === 0x20 || bytes[end - 1] === 0)) end--
  let ascii = true
  for (let at = from; at < end && ascii; at++) ascii = (bytes[at] as number) < 0x80
  const text = ascii ? bytes.toString('latin1', from, end) : decoder.decode(bytes.subarray(from, end))
  return text.replaceAll('\0', '').trim()
}

function currency(units: bigint): string {
  const digits = String(units < 0n ? -units : units).padStart(5, '0')
  const text = `${digits.slice(0, -4)}.${digits.slice(-4)}`.replace(/\.?0+$/, '')
  return units < 0n ? `-${text}` : text
}

function moment(day: number, milliseconds: number): string {
  if (day === 0) return ''
  const at = (day - JULIAN_EPOCH) * DAY_MS + Math.round(milliseconds / 1000) * 1000
  if (!(at > -1e13 && at < 1e13)) return ''
  const iso = new Date(at).toISOString()
  return iso.slice(11, 19) === '00:00:00' ? iso.slice(0, 10) : `${iso.slice(0, 10)} ${iso.slice(11, 19)}`
}
