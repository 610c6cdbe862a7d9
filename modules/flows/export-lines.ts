import { PassThrough } from 'node:stream'
import ExcelJS from 'exceljs'
import type { z } from 'zod'
import type { Ctx } from '#platform/ctx.ts'
import type { Download } from '#platform/http.ts'
import { everyLine } from './line-queries.ts'
import type { LineRow, lineQuery } from './shapes.ts'

const MAX_ROWS = 200_000
const COLUMNS: [header: string, width: number, pick: (line: LineRow) => string | number | null][] = [
  ['月份', 10, (line) => line.month],
  ['日期', 12, (line) => line.occurred_on],
  ['经销商', 28, (line) => line.distributor_name],
  ['客户（原文）', 32, (line) => line.customer_raw],
  ['标准机构', 32, (line) => line.institution_name],
  ['产品（原文）', 24, (line) => line.product_raw],
  ['规格（原文）', 18, (line) => line.spec_raw],
  ['标准产品', 28, (line) => line.product_name],
  ['辖区', 16, (line) => line.territory_name],
  ['数量', 10, (line) => number(line.qty)],
  ['单位', 8, (line) => line.unit],
  ['标准数量', 12, (line) => number(line.base_qty)],
  ['标准单位', 10, (line) => line.base_unit],
  ['单价', 12, (line) => number(line.price)],
  ['金额（元）', 14, (line) => (line.amount_fen === null ? null : line.amount_fen / 100)],
  ['批号', 16, (line) => line.lot],
  ['单号', 20, (line) => line.doc_no],
  ['状态', 10, (line) => line.state],
  ['问题', 20, (line) => line.issues.join(', ')],
  ['行号', 40, (line) => line.id],
]

const number = (text: string | null): number | null => (text === null ? null : Number(text))

/** A cell of text that a spreadsheet could take for a formula gets a mark in front; numbers stay numbers. */
export function safeCell(value: string | number | null): string | number | null {
  return typeof value === 'string' && /^[=+\-@\t\r\n＝＋－＠]/.test(value) ? `'${value}` : value
}

/** The lines that the filters leave, as a workbook, at most 200,000. Written row by row: memory stays flat. */
export async function exportLines(ctx: Ctx, query: z.output<typeof lineQuery>): Promise<Download> {
  const stream = new PassThrough()
  const chunks: Buffer[] = []
  stream.on('data', (chunk: Buffer) => chunks.push(chunk))
  const book = new ExcelJS.stream.xlsx.WorkbookWriter({ stream, useStyles: true })
  const sheet = book.addWorksheet('流向', { views: [{ state: 'frozen', ySplit: 1 }] })
  sheet.columns = COLUMNS.map(([header, width]) => ({ header, width }))
  for await (const lines of everyLine(ctx, query, MAX_ROWS)) {
    for (const line of lines) sheet.addRow(COLUMNS.map(([, , pick]) => safeCell(pick(line)))).commit()
  }
  sheet.commit()
  await book.commit()
  return {
    file_name: `流向明细${query.month ? `-${query.month}` : ''}.xlsx`,
    media_type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    body: Buffer.concat(chunks),
  }
}
