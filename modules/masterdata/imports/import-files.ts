import { notFound } from '#kit/refusal.ts'
import type { Ctx } from '#platform/ctx.ts'
import { openFile } from '#platform/files/public.ts'
import type { Download } from '#platform/http.ts'
import { localeOf } from '../export-list.ts'
import { lockImport, sheetOf } from './import-states.ts'
import { labelOf } from './sheet.ts'
import { headsOf } from './sheet-cells.ts'
import { errorFileName } from './write-error-workbook.ts'
import { workbookWriter } from './write-table.ts'

const WORKBOOK = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** An empty workbook with the heads of a kind and one row that shows how each is written. */
export async function makeTemplate(ctx: Ctx, kind: string): Promise<Download> {
  const sheet = sheetOf(kind)
  const locale = await localeOf(ctx)
  const name = labelOf(sheet, locale)
  const writer = workbookWriter(name, headsOf(sheet, locale))
  writer.row(sheet.columns.map((column) => column.example || null))
  return {
    file_name: locale === 'en' ? `${name} template.xlsx` : `${name}导入模板.xlsx`,
    media_type: WORKBOOK,
    body: await writer.end(),
  }
}

/** The rows of the file with the red column that the check wrote. */
export async function openErrorWorkbook(ctx: Ctx, id: string): Promise<Download> {
  const row = await lockImport(ctx, id)
  if (row.error_file_id === null) throw notFound('error file')
  const { body } = await openFile(ctx, row.error_file_id)
  const name = errorFileName(row.sheet, await localeOf(ctx))
  return { file_name: `${name}.xlsx`, media_type: WORKBOOK, body }
}
