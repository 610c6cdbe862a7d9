import { PassThrough } from 'node:stream'
import ExcelJS from 'exceljs'
import Papa from 'papaparse'
import { guarded } from './sheet-cells.ts'

export type Cell = string | number | null
export interface TableWriter {
  row(cells: readonly Cell[], options?: { red?: number }): void
  end(): Promise<Buffer>
}

const HEAD = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFE8EEF2' } } as const
const RED = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFFBE3E1' } } as const

/**
 * Writes a table row by row as a workbook with a frozen, filterable head. Rows go into the archive as they come; only
 * the packed bytes are kept. `redHead` is the place of a column whose cells are marked red.
 */
export function workbookWriter(name: string, heads: readonly string[], redHead?: number): TableWriter {
  const out = new PassThrough()
  const chunks: Buffer[] = []
  out.on('data', (chunk: Buffer) => chunks.push(chunk))
  const book = new ExcelJS.stream.xlsx.WorkbookWriter({
    stream: out,
    useStyles: true,
    useSharedStrings: false,
  })
  const sheet = book.addWorksheet(name.replace(/[\\/?*[\]:]/g, ' ').slice(0, 31), {
    views: [{ state: 'frozen', xSplit: 0, ySplit: 1 }],
  })
  sheet.columns = heads.map((head) => ({
    width: Math.min(40, Math.max(12, [...head].length * 2 + 4)),
    style: { numFmt: '@' },
  }))
  if (heads.length > 0)
    sheet.autoFilter = { from: { row: 1, column: 1 }, to: { row: 1, column: heads.length } }
  const head = sheet.addRow([...heads])
  head.font = { bold: true }
  head.eachCell((cell, place) => {
    cell.fill = place - 1 === redHead ? RED : HEAD
  })
  head.commit()
  return {
    row(cells, options) {
      const row = sheet.addRow([...cells])
      cells.forEach((cell, place) => {
        if (typeof cell === 'number') row.getCell(place + 1).numFmt = 'General'
      })
      if (options?.red !== undefined) {
        const cell = row.getCell(options.red + 1)
        cell.fill = RED
        cell.font = { color: { argb: 'FFC5322B' } }
      }
      row.commit()
    },
    async end() {
      sheet.commit()
      await book.commit()
      return Buffer.concat(chunks)
    },
  }
}

/** Writes a table row by row as CSV that Excel opens as UTF-8; text that looks like a formula is marked. */
export function csvWriter(heads: readonly string[]): TableWriter {
  const parts: string[] = ['\uFEFF']
  const write = (cells: readonly Cell[]) => {
    const safe = cells.map((cell) => (typeof cell === 'string' ? guarded(cell) : cell))
    parts.push(`${Papa.unparse([safe])}\r\n`)
  }
  write(heads)
  return { row: write, end: async () => Buffer.from(parts.join('')) }
}
