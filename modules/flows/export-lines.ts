import { PassThrough } from 'node:stream'
import ExcelJS from 'exceljs'
import type { z } from 'zod'
import { localeOf } from '#modules/masterdata/public.ts'
import type { Ctx } from '#platform/ctx.ts'
import type { Download } from '#platform/http.ts'
import { issueWord, lineStateWords, type Word } from './export-words.ts'
import { everyLine } from './line-queries.ts'
import type { LineRow, lineQuery } from './shapes.ts'

const MAX_ROWS = 200_000
type Pick = (line: LineRow, language: keyof Word) => string | number | null
const COLUMNS: [header: Word, width: number, pick: Pick][] = [
  [{ zh: '月份', en: 'Month' }, 10, (line) => line.month],
  [{ zh: '日期', en: 'Date' }, 12, (line) => line.occurred_on],
  [{ zh: '经销商', en: 'Distributor' }, 28, (line) => line.distributor_name],
  [{ zh: '客户（原文）', en: 'Customer as written' }, 32, (line) => line.customer_raw],
  [{ zh: '标准机构', en: 'Institution' }, 32, (line) => line.institution_name],
  [{ zh: '产品（原文）', en: 'Product as written' }, 24, (line) => line.product_raw],
  [{ zh: '规格（原文）', en: 'Specification as written' }, 18, (line) => line.spec_raw],
  [{ zh: '标准产品', en: 'Product' }, 28, (line) => line.product_name],
  [{ zh: '辖区', en: 'Territory' }, 16, (line) => line.territory_name],
  [{ zh: '数量', en: 'Quantity' }, 10, (line) => number(line.qty)],
  [{ zh: '单位', en: 'Unit' }, 8, (line) => line.unit],
  [{ zh: '标准数量', en: 'Base quantity' }, 12, (line) => number(line.base_qty)],
  [{ zh: '标准单位', en: 'Base unit' }, 10, (line) => line.base_unit],
  [{ zh: '单价', en: 'Unit price' }, 12, (line) => number(line.price)],
  [
    { zh: '金额（元）', en: 'Amount (CNY)' },
    14,
    (line) => (line.amount_fen === null ? null : line.amount_fen / 100),
  ],
  [{ zh: '批号', en: 'Lot' }, 16, (line) => line.lot],
  [{ zh: '单号', en: 'Document no.' }, 20, (line) => line.doc_no],
  [{ zh: '状态', en: 'State' }, 10, (line, language) => lineStateWords[line.state][language]],
  [
    { zh: '问题', en: 'Issues' },
    20,
    (line, language) => line.issues.map((issue) => issueWord(issue, language)).join('; '),
  ],
  [{ zh: '行号', en: 'Line id' }, 40, (line) => line.id],
]

const number = (text: string | null): number | null => (text === null ? null : Number(text))

/** A cell of text that a spreadsheet could take for a formula gets a mark in front; numbers stay numbers. */
export function safeCell(value: string | number | null): string | number | null {
  return typeof value === 'string' && /^[=+\-@\t\r\n＝＋－＠]/.test(value) ? `'${value}` : value
}

/** The lines that the filters leave, as a workbook in the reader's language, at most 200,000. Written row by row: memory stays flat. */
export async function exportLines(ctx: Ctx, query: z.output<typeof lineQuery>): Promise<Download> {
  const language = (await localeOf(ctx)) === 'en' ? 'en' : 'zh'
  const stream = new PassThrough()
  const chunks: Buffer[] = []
  stream.on('data', (chunk: Buffer) => chunks.push(chunk))
  const book = new ExcelJS.stream.xlsx.WorkbookWriter({ stream, useStyles: true })
  const sheet = book.addWorksheet(language === 'en' ? 'Flow' : '流向', {
    views: [{ state: 'frozen', ySplit: 1 }],
  })
  sheet.columns = COLUMNS.map(([header, width]) => ({ header: header[language], width }))
  for await (const lines of everyLine(ctx, query, MAX_ROWS)) {
    for (const line of lines)
      sheet.addRow(COLUMNS.map(([, , pick]) => safeCell(pick(line, language)))).commit()
  }
  sheet.commit()
  await book.commit()
  return {
    file_name: `${language === 'en' ? 'flow-lines' : '流向明细'}${query.month ? `-${query.month}` : ''}.xlsx`,
    media_type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    body: Buffer.concat(chunks),
  }
}
