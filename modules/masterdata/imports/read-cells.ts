import { createReadStream } from 'node:fs'
import { open, readFile } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { streamXlsxRows } from 'hucre/xlsx'
import Papa from 'papaparse'
import { Refusal } from '#kit/refusal.ts'
import { unguarded } from './sheet-cells.ts'

export const MAX_ROWS = 200_000
const MAX_COLUMNS = 100
const MAX_CELL = 2000
const MAX_CSV_BYTES = 200 * 1024 * 1024
// Real workbooks unpack to six or seven times their size.
const MAX_UNPACKED_BYTES = 600 * 1024 * 1024

/** One row of the file: its number as a person sees it, and its cells as text. */
export interface CellRow {
  row_no: number
  cells: string[]
}

/**
 * The rows of the first sheet of a workbook, or of a CSV file in UTF-8 or GB18030, without the empty ones. Refuses a
 * file that cannot be read, that is too wide or longer than `MAX_ROWS`.
 */
export async function* readCells(path: string, mediaKind: string): AsyncGenerator<CellRow> {
  const rows = mediaKind === 'csv' ? csvRows(await textOf(path)) : workbookRows(path)
  let count = 0
  for await (const row of rows) {
    if (row.cells.every((cell) => cell === '')) continue
    if (row.cells.length > MAX_COLUMNS) {
      throw new Refusal('masterdata.import-file-too-wide', { max: MAX_COLUMNS, row: row.row_no })
    }
    count += 1
    // The heads are a row of their own, and a title may stand above them.
    if (count > MAX_ROWS + 10) throw new Refusal('masterdata.import-file-too-long', { max: MAX_ROWS })
    yield row
  }
  if (count === 0) throw new Refusal('masterdata.import-file-empty')
}

async function* workbookRows(path: string): AsyncGenerator<CellRow> {
  await refuseBomb(path)
  const bytes = Readable.toWeb(createReadStream(path)) as ReadableStream<Uint8Array>
  try {
    for await (const row of streamXlsxRows(bytes, { sheet: 0 })) {
      yield { row_no: row.index + 1, cells: trimmed(row.values.map(cellText)) }
    }
  } catch (error) {
    if (error instanceof Refusal) throw error
    throw new Refusal('masterdata.import-file-unreadable', { reason: reasonOf(error) })
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message.slice(0, 120) : 'unknown'
}

function cellText(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (value instanceof Date) {
    const iso = value.toISOString()
    return iso.endsWith('T00:00:00.000Z') ? iso.slice(0, 10) : iso
  }
  if (typeof value === 'object') {
    const rich = value as { text?: unknown; result?: unknown }
    return cellText(rich.text ?? rich.result ?? '')
  }
  return clean(String(value))
}

function clean(text: string): string {
  return unguarded(text.replace(/[\u200B-\u200F\uFEFF\u202A-\u202E]/g, '').trim()).slice(0, MAX_CELL)
}

/** Empty cells at the end of a row are no columns. */
function trimmed(cells: string[]): string[] {
  let end = cells.length
  while (end > 0 && cells[end - 1] === '') end -= 1
  return cells.slice(0, end)
}

function* csvRows(text: string): Generator<CellRow> {
  const head = text.slice(0, 20_000)
  const count = (mark: string) => head.split(mark).length
  const delimiter = [',', '\t', ';', '|'].reduce((best, mark) => (count(mark) > count(best) ? mark : best))
  const parsed = Papa.parse<string[]>(text, { delimiter, skipEmptyLines: false })
  for (const [index, cells] of parsed.data.entries())
    yield { row_no: index + 1, cells: trimmed(cells.map(clean)) }
}

/** Encoding: byte order mark, else strict UTF-8, else GB18030, which reads GBK and GB2312 too. */
async function textOf(path: string): Promise<string> {
  const bytes = await readFile(path)
  if (bytes.length > MAX_CSV_BYTES) throw new Refusal('masterdata.import-file-too-long', { max: MAX_ROWS })
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  if (bytes.includes(0)) throw new Refusal('masterdata.import-file-unreadable', { reason: 'binary' })
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('gb18030').decode(bytes)
  }
}

/** Reads the archive's own table of contents: what it says it unpacks to, before anything is unpacked. */
async function refuseBomb(path: string): Promise<void> {
  const file = await open(path, 'r')
  try {
    const { size } = await file.stat()
    const tail = Buffer.alloc(Math.min(size, 66_000))
    await file.read(tail, 0, tail.length, size - tail.length)
    const end = tail.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'))
    if (end === -1) throw new Refusal('masterdata.import-file-unreadable', { reason: 'not a workbook' })
    const length = tail.readUInt32LE(end + 12)
    const directory = Buffer.alloc(Math.min(length, 4 * 1024 * 1024))
    await file.read(directory, 0, directory.length, tail.readUInt32LE(end + 16))
    let unpacked = 0
    for (let at = 0; at + 46 <= directory.length && directory.readUInt32LE(at) === 0x02014b50; ) {
      unpacked += directory.readUInt32LE(at + 24)
      at +=
        46 +
        directory.readUInt16LE(at + 28) +
        directory.readUInt16LE(at + 30) +
        directory.readUInt16LE(at + 32)
    }
    if (unpacked > MAX_UNPACKED_BYTES) throw new Refusal('masterdata.import-file-too-long', { max: MAX_ROWS })
  } finally {
    await file.close()
  }
}
