import { Readable } from 'node:stream'
import { recordFile, storeMade } from '#platform/files/public.ts'
import type { JobContext } from '#platform/jobs/public.ts'
import type { ImportIssue } from '../shapes.ts'
import { issueSentence } from './issue-sentences.ts'
import { bodyOf, type FileToPlan } from './plan-import.ts'
import { columnOf, labelOf, type Sheet } from './sheet.ts'
import { workbookWriter } from './write-table.ts'

/** The rows of the file as they came, with a red column on the right that says what is wrong with each. Returns the file's id. */
export async function writeErrorWorkbook(
  job: JobContext,
  sheet: Sheet,
  file: FileToPlan,
  issues: ReadonlyMap<number, ImportIssue[]>,
): Promise<string> {
  const heads = file.columns.map((column) => column.header)
  const writer = workbookWriter(`${sheet.zh}导入`, [...heads, '错误'], heads.length)
  for await (const row of bodyOf(file)) {
    const wrong = issues.get(row.row_no)
    const cells = file.columns.map((column) => row.cells[column.index] || null)
    if (wrong)
      writer.row([...cells, wrong.map((issue) => told(sheet, issue)).join('；')], { red: heads.length })
    else writer.row(cells)
  }
  const bytes = await storeMade(Readable.from([await writer.end()]))
  return job.transaction(async (ctx) => {
    const stored = await recordFile(ctx, bytes, {
      file_name: `${sheet.zh}导入-错误.xlsx`,
      purpose: 'masterdata.import-errors',
    })
    return stored.id
  })
}

function told(sheet: Sheet, issue: ImportIssue): string {
  const column = issue.field === null ? undefined : columnOf(sheet, issue.field)
  const sentence = issueSentence(issue.code, issue.value)
  return `${issue.severity === 'warning' ? '提醒：' : ''}${column ? `${labelOf(column, 'zh-CN')}：` : ''}${sentence}`
}
