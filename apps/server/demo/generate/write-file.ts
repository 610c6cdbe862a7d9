import { writeFile } from 'node:fs/promises'
import ExcelJS from 'exceljs'
import { encodeGbk } from './gbk.ts'
import type { Cell, DemoFile, SheetRows } from './shapes.ts'

// Workbooks carry this instead of the time of writing, so that the same file has the same bytes inside.
const WRITTEN_AT = new Date('2025-11-01T00:00:00Z')

function csvCell(cell: Cell): string {
  if (cell === null) return ''
  const text = cell instanceof Date ? cell.toISOString().slice(0, 10) : String(cell)
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

function csvBytes(file: DemoFile): Buffer {
  const text = file.sheets
    .flatMap((sheet) => sheet.rows)
    .map((row) => `${row.map(csvCell).join(',')}\r\n`)
    .join('')
  if (file.encoding === 'gbk') return encodeGbk(text)
  return Buffer.from(file.encoding === 'utf-8-bom' ? `\ufeff${text}` : text, 'utf8')
}

function addSheet(book: ExcelJS.Workbook, { name, rows, merges }: SheetRows) {
  const sheet = book.addWorksheet(name)
  for (const row of rows) {
    const added = sheet.addRow(row)
    row.forEach((cell, i) => {
      if (cell instanceof Date) {
        added.getCell(i + 1).numFmt = cell.getUTCHours() > 0 ? 'yyyy-mm-dd hh:mm:ss' : 'yyyy-mm-dd'
      }
    })
  }
  for (const range of merges ?? []) sheet.mergeCells(range)
  const width = Math.max(1, ...rows.map((row) => row.length))
  for (let i = 1; i <= width; i++) sheet.getColumn(i).width = 16
}

/** The bytes of a file as its distributor would have sent it. */
export async function fileBytes(file: DemoFile): Promise<Buffer> {
  if (file.format === 'csv') return csvBytes(file)
  const book = new ExcelJS.Workbook()
  book.created = WRITTEN_AT
  book.modified = WRITTEN_AT
  for (const sheet of file.sheets) addSheet(book, sheet)
  return Buffer.from(await book.xlsx.writeBuffer())
}

/** Writes a file to `path`, whose folder must exist. */
export async function writeMonthFile(file: DemoFile, path: string): Promise<void> {
  await writeFile(path, await fileBytes(file))
}
