import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { utils, type WorkSheet, write } from '@e965/xlsx'
import { inspectFile } from './inspect-file.ts'
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
export function sampleWorkbook(sheets: Record<string, Cell[][]>, name = 'sample.xlsx'): string {
  const book = utils.book_new()
  for (const [sheet, rows] of Object.entries(sheets)) utils.book_append_sheet(book, sheetOf(rows), sheet)
  return sampleFile(write(book, { type: 'buffer', bookType: 'xlsx', bookSST: true, compression: true }), name)
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
  const read: ReadTable[] = []
  for (const layout of tables) {
    const counts = newCounts()
    const lines: ReadLine[] = []
    for await (const chunk of readLines(path, name, layout, mapping, undefined, counts)) lines.push(...chunk)
    read.push({ layout, lines, counts })
  }
  return read
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
