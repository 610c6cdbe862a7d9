import { Readable } from 'node:stream'
import { recordFile, storeMade } from '#platform/files/public.ts'
import type { JobContext } from '#platform/jobs/public.ts'
import { localeOf } from '../export-list.ts'
import { issueSentence } from './issue-sentences.ts'
import { bodyOf, type FileToPlan } from './plan-import.ts'
import type { ImportIssue } from './shapes.ts'
import { columnOf, labelOf, type Sheet } from './sheet.ts'
import { workbookWriter } from './write-table.ts'

/** The rows of the file as they came, with a red column on the right that says what is wrong with each. Returns the file's id. */
export async function writeErrorWorkbook(
  job: JobContext,
  sheet: Sheet,
  file: FileToPlan,
  issues: ReadonlyMap<number, ImportIssue[]>,
): Promise<string> {
  const locale = await job.transaction((ctx) => localeOf(ctx))
  const heads = file.columns.map((column) => column.header)
  const name = errorFileName(sheet, locale)
  const writer = workbookWriter(name, [...heads, locale === 'en' ? 'Problems' : '错误'], heads.length)
  for await (const row of bodyOf(file)) {
    const wrong = issues.get(row.row_no)
    const cells = file.columns.map((column) => row.cells[column.index] || null)
    if (wrong)
      writer.row(
        [...cells, wrong.map((issue) => told(sheet, issue, locale)).join(locale === 'en' ? '; ' : '；')],
        { red: heads.length },
      )
    else writer.row(cells)
  }
  const bytes = await storeMade(Readable.from([await writer.end()]))
  return job.transaction(async (ctx) => {
    const stored = await recordFile(ctx, bytes, {
      file_name: `${name}.xlsx`,
      purpose: 'masterdata.import-errors',
    })
    return stored.id
  })
}

export function errorFileName(sheet: Sheet, locale: string): string {
  return locale === 'en' ? `${sheet.en} import - problems` : `${sheet.zh}导入-错误`
}

function told(sheet: Sheet, issue: ImportIssue, locale: string): string {
  const english = locale === 'en'
  const column = issue.field === null ? undefined : columnOf(sheet, issue.field)
  const warning = issue.severity === 'warning' ? (english ? 'Note: ' : '提醒：') : ''
  const field = column ? `${labelOf(column, locale)}${english ? ': ' : '：'}` : ''
  return `${warning}${field}${issueSentence(issue.code, issue.value, locale)}`
}
