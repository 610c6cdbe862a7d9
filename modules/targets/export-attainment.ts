import ExcelJS from 'exceljs'
import { safeCell } from '#modules/flows/public.ts'
import { localeOf } from '#modules/masterdata/public.ts'
import type { Ctx } from '#platform/ctx.ts'
import type { Download } from '#platform/http.ts'
import { wholeAttainment } from './attainment.ts'
import type { AttainmentQuery } from './shapes.ts'

const WORDS = {
  'zh-CN': {
    name: '达成报告',
    heads: ['项目', '目标（元）', '实际（元）', '达成率', '上年同期（元）', '行数'],
    total: '合计',
    nobody: '（无归属）',
  },
  en: {
    name: 'Attainment',
    heads: ['Of', 'Target (yuan)', 'Actual (yuan)', 'Attainment', 'Last year (yuan)', 'Lines'],
    total: 'Total',
    nobody: '(none)',
  },
}
const FORMATS = [undefined, '#,##0.00', '#,##0.00', '0.0%', '#,##0.00', undefined]
const WIDTHS = [36, 16, 16, 12, 16, 10]

/** The report as a workbook: all rows that the filters find, and their sums, in the reader's language. */
export async function exportAttainment(ctx: Ctx, query: AttainmentQuery): Promise<Download> {
  const words = WORDS[(await localeOf(ctx)) === 'en' ? 'en' : 'zh-CN']
  const report = await wholeAttainment(ctx, query)
  const book = new ExcelJS.Workbook()
  const sheet = book.addWorksheet(words.name, { views: [{ state: 'frozen', ySplit: 1 }] })
  sheet.columns = words.heads.map((header, place) => {
    const numFmt = FORMATS[place]
    return { header, width: WIDTHS[place] ?? 12, ...(numFmt && { style: { numFmt } }) }
  })
  for (const row of [...report.rows, { name: words.total, ...report.sums }]) {
    sheet.addRow([
      safeCell(row.name || words.nobody),
      row.target_fen === null ? null : row.target_fen / 100,
      row.amount_fen / 100,
      row.rate === null ? null : Number(row.rate),
      row.last_year_fen === null ? null : row.last_year_fen / 100,
      row.line_count,
    ])
  }
  return {
    file_name: `${words.name}-${query.from}-${query.to}.xlsx`,
    media_type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    body: Buffer.from(await book.xlsx.writeBuffer()),
  }
}
