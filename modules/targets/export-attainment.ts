import ExcelJS from 'exceljs'
import { safeCell } from '#modules/flows/public.ts'
import type { Ctx } from '#platform/ctx.ts'
import type { Download } from '#platform/http.ts'
import { attainmentOf } from './attainment.ts'
import type { AttainmentQuery } from './shapes.ts'

/** The report as a workbook: the same rows and totals as on the page. */
export async function exportAttainment(ctx: Ctx, query: AttainmentQuery): Promise<Download> {
  const report = await attainmentOf(ctx, query)
  const book = new ExcelJS.Workbook()
  const sheet = book.addWorksheet('达成', { views: [{ state: 'frozen', ySplit: 1 }] })
  sheet.columns = [
    { header: '项目', width: 36 },
    { header: '指标（元）', width: 16, style: { numFmt: '#,##0.00' } },
    { header: '实际（元）', width: 16, style: { numFmt: '#,##0.00' } },
    { header: '达成率', width: 10, style: { numFmt: '0.0%' } },
    { header: '上年同期（元）', width: 16, style: { numFmt: '#,##0.00' } },
    { header: '行数', width: 10 },
  ]
  for (const row of [...report.rows, { name: '合计', ...report.total }]) {
    sheet.addRow([
      safeCell(row.name || '（无归属）'),
      row.target_fen === null ? null : row.target_fen / 100,
      row.amount_fen / 100,
      row.rate === null ? null : Number(row.rate),
      row.last_year_fen === null ? null : row.last_year_fen / 100,
      row.line_count,
    ])
  }
  return {
    file_name: `达成报告-${query.from}至${query.to}.xlsx`,
    media_type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    body: Buffer.from(await book.xlsx.writeBuffer()),
  }
}
