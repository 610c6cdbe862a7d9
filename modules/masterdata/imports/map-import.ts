import { Refusal } from '#kit/refusal.ts'
import type { Ctx } from '#platform/ctx.ts'
import { enqueueJob } from '#platform/jobs/public.ts'
import { localeOf } from '../export-list.ts'
import { lockImport, refuseImportState, refuseKind } from './import-states.ts'
import { labelOf, type Sheet } from './sheet.ts'

/** Says which column of the file is which field, and has the file checked under it. */
export async function mapImport(ctx: Ctx, id: string, mapping: Record<string, string>): Promise<undefined> {
  const row = await lockImport(ctx, id)
  refuseKind(ctx, row.kind)
  refuseImportState(row.state, 'map')
  const given = Object.fromEntries(Object.entries(mapping).filter(([, field]) => field !== ''))
  for (const [index, field] of Object.entries(given)) {
    const known = row.columns.some((column) => String(column.index) === index)
    if (!known || !row.sheet.columns.some((column) => column.field === field))
      throw new Refusal('invalid-request', {}, { status: 400, fields: { mapping: 'unknown' } })
  }
  const fields = Object.values(given)
  const twice = fields.find((field, place) => fields.indexOf(field) !== place)
  if (twice) throw new Refusal('masterdata.import-column-twice', { field: twice })
  const locale = await localeOf(ctx)
  const missing = missingColumns(row.sheet, fields, locale)
  if (missing.length > 0) {
    const between = locale === 'en' ? ', ' : '、'
    throw new Refusal('masterdata.import-column-missing', { fields: missing.join(between) })
  }
  const job_id = await enqueueJob(ctx, {
    kind: 'masterdata.check-import',
    subject: ['masterdata.imports', id],
  })
  await ctx.db
    .updateTable('master_imports')
    .set({ mapping: JSON.stringify(given), state: 'checking', job_id })
    .where('company_id', '=', ctx.companyId)
    .where('id', '=', id)
    .execute()
}

/** Fields without which no row can be written. */
export function missingColumns(sheet: Sheet, fields: readonly string[], locale = 'zh-CN'): string[] {
  return sheet.columns
    .filter((column) => column.required && !fields.includes(column.field))
    .map((column) => labelOf(column, locale))
}
