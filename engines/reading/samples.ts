import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { crc32, deflateRawSync } from 'node:zlib'
import { type BookType, read, utils, type WorkSheet, write } from '@e965/xlsx'
import { inspectFile } from './inspect-file.ts'
import { defaultLimits } from './limits.ts'
import { openFile } from './open/open-file.ts'
import { newCounts, readLines } from './read-lines.ts'
import type { Field, ReadingCounts, ReadLine, TableLayout } from './shapes.ts'

// Small files for the tests, made on the spot; all names are invented.

const folder = mkdtempSync(join(tmpdir(), 'reading-'))
let made = 0

/** Writes bytes to a file of their own and returns its path. */
export function sampleFile(bytes: string | Uint8Array, name = 'sample.csv'): string {
  const path = join(folder, `${made++}-${name}`)
  writeFileSync(path, bytes)
  return path
}

export type Cell = string | number | boolean | Date | null | { v: number; z: string }

/** An xlsx of rows of cells; {v, z} is a number under a number format. */
export function sampleWorkbook(
  sheets: Record<string, Cell[][]>,
  name = 'sample.xlsx',
  bookType: BookType = 'xlsx',
): string {
  const book = utils.book_new()
  for (const [sheet, rows] of Object.entries(sheets)) utils.book_append_sheet(book, sheetOf(rows), sheet)
  return sampleFile(write(book, { type: 'buffer', bookType, bookSST: true, compression: true }), name)
}

function sheetOf(rows: Cell[][]): WorkSheet {
  const plain = rows.map((row) => row.map((cell) => (isFormatted(cell) ? cell.v : cell)))
  const sheet = utils.aoa_to_sheet(plain, { cellDates: false })
  rows.forEach((row, r) => {
    row.forEach((cell, c) => {
      if (isFormatted(cell)) sheet[utils.encode_cell({ r, c })].z = cell.z
    })
  })
  return sheet
}

function isFormatted(cell: Cell): cell is { v: number; z: string } {
  return typeof cell === 'object' && cell !== null && 'z' in cell
}

export interface ReadTable {
  layout: TableLayout
  lines: ReadLine[]
  counts: ReadingCounts
}

/** Everything the engine makes of a file. */
export async function readAll(
  path: string,
  name = 'sample',
  mapping?: Record<number, Field | null>,
): Promise<ReadTable[]> {
  const { tables } = await inspectFile(path, name)
  const all: ReadTable[] = []
  for (const layout of tables) {
    const counts = newCounts()
    const lines: ReadLine[] = []
    for await (const chunk of readLines(path, name, layout, mapping, undefined, counts)) lines.push(...chunk)
    all.push({ layout, lines, counts })
  }
  return all
}

/** The only table of a file. */
export async function readOne(
  path: string,
  name?: string,
  mapping?: Record<number, Field | null>,
): Promise<ReadTable> {
  const tables = await readAll(path, name, mapping)
  if (tables.length !== 1) throw new Error(`${tables.length} tables`)
  return tables[0] as ReadTable
}

let gbkCodes: Map<string, number> | null = null

/** Text in GBK, which the runtime decodes but does not encode. */
export function gbk(text: string, encoding = 'gbk'): Buffer {
  if (encoding !== 'gbk') return encoded(text, codesOf(encoding))
  gbkCodes ??= codesOf('gbk')
  return encoded(text, gbkCodes)
}

function codesOf(encoding: string): Map<string, number> {
  const codes = new Map<string, number>()
  const decoder = new TextDecoder(encoding)
  for (let lead = 0x81; lead <= 0xfe; lead++) {
    for (let tail = 0x40; tail <= 0xfe; tail++) {
      const character = decoder.decode(Uint8Array.of(lead, tail))
      if (character.length === 1 && character !== '\ufffd') codes.set(character, lead * 256 + tail)
    }
  }
  return codes
}

function encoded(text: string, codes: Map<string, number>): Buffer {
  const bytes: number[] = []
  for (const character of text) {
    const code = codes.get(character)
    if (code === undefined) bytes.push(character.charCodeAt(0) & 0x7f)
    else bytes.push(code >> 8, code & 255)
  }
  return Buffer.from(bytes)
}

/** A zip of members, their names in GBK without any mark, as Chinese Windows packs. */
export function zipOf(members: Record<string, Buffer>): Buffer {
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const [name, bytes] of Object.entries(members)) {
    const packed = deflateRawSync(bytes)
    const raw = gbk(name)
    const local = Buffer.alloc(30)
    local.writeUInt32LE(0x04034b50, 0)
    local.writeUInt16LE(20, 4)
    local.writeUInt16LE(8, 8)
    local.writeUInt32LE(crc32(bytes), 14)
    local.writeUInt32LE(packed.length, 18)
    local.writeUInt32LE(bytes.length, 22)
    local.writeUInt16LE(raw.length, 26)
    const central = Buffer.alloc(46)
    central.writeUInt32LE(0x02014b50, 0)
    local.copy(central, 6, 4, 30)
    central.writeUInt32LE(offset, 42)
    parts.push(local, raw, packed)
    directory.push(central, raw)
    offset += local.length + raw.length + packed.length
  }
  const index = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(directory.length / 2, 8)
  end.writeUInt16LE(directory.length / 2, 10)
  end.writeUInt32LE(index.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...parts, index, end])
}

/** Rows of all that a cell of a flow file may be. */
export function oddRows(count = 400): Cell[][] {
  return Array.from({ length: count }, (_, index): Cell[] => [
    `甲${index} & <乙> "丙"`,
    index * 1.37,
    null,
    index % 3 === 0 ? '' : `行\n${index}`,
    { v: index, z: '0000000' },
    { v: 45_000 + index, z: 'yyyy-mm-dd' },
    index % 2 === 0,
    202_407_310_000 + index,
    -index / 100,
    index % 7 === 0 ? 'abc'.repeat(60) : 'ascii',
  ])
}

/** The cells of each visible sheet by our reader and by a second one: shown text for dates and padded numbers, else the value. */
export async function cellsOfBoth(
  path: string,
): Promise<{ sheet: string; ours: unknown; theirs: unknown }[]> {
  const other = read(readFileSync(path), { cellNF: true, cellDates: false })
  const book = await openFile(path, 'x', defaultLimits)
  const pairs = []
  for (const [index, sheet] of book.sheets.entries()) {
    const seen = new Map<string, string>()
    for await (const rows of sheet.rows()) {
      for (const { row, cells } of rows) {
        cells.forEach((text, c) => {
          if (text !== '') seen.set(utils.encode_cell({ r: row - 1, c }), text)
        })
      }
    }
    const name = other.SheetNames[index] ?? ''
    const theirs = cellsOf(other.Sheets[name] as WorkSheet)
    pairs.push({
      sheet: name,
      ours: { name: sheet.name, ...Object.fromEntries(seen) },
      theirs: { name, ...theirs },
    })
  }
  book.close()
  return pairs
}

function cellsOf(sheet: WorkSheet): Record<string, string> {
  const cells: Record<string, string> = {}
  for (const [at, cell] of Object.entries(sheet)) {
    if (at.startsWith('!') || cell.v === undefined || cell.v === '') continue
    const shown = cell.t === 'n' && cell.z && cell.z !== 'General'
    if (cell.t === 'b') cells[at] = cell.v ? 'TRUE' : 'FALSE'
    else
      cells[at] = shown
        ? String(cell.w)
        : String(typeof cell.v === 'number' ? Number(cell.v.toFixed(6)) : cell.v)
  }
  return cells
}
