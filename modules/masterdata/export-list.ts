import { type Expression, sql } from 'kysely'
import { Refusal } from '#kit/refusal.ts'
import { recordAudit } from '#platform/audit/public.ts'
import type { Ctx } from '#platform/ctx.ts'
import type { Download } from '#platform/http.ts'
import { maskPersonal } from '#platform/personal-columns.ts'
import { labelOf, type Sheet } from './imports/sheet.ts'
import { cellValue, headsOf } from './imports/sheet-cells.ts'
import { csvWriter, workbookWriter } from './imports/write-table.ts'

const ROWS_AT_ONCE = 2000
const READ_PERSONAL = 'masterdata.read-personal'

type Row = Record<string, unknown>

/**
 * The filtered list as a file in the form that imports read back. Rows come by a cursor and go out packed, so a long
 * list does not fill the memory. The export is audited with what was asked for.
 */
export async function exportList(
  ctx: Ctx,
  sheet: Sheet,
  query: Expression<unknown>,
  asked: { format: 'xlsx' | 'csv'; personal_reason?: string | undefined } & Record<string, unknown>,
): Promise<Download> {
  const { personal_reason: reason } = asked
  if (reason !== undefined && !ctx.permissions.has(READ_PERSONAL)) {
    throw new Refusal('not-allowed', { permission: READ_PERSONAL }, { status: 403 })
  }
  const shown = (row: Row) => (reason === undefined ? (maskPersonal(row) as Row) : row)
  const locale = await localeOf(ctx)
  const name = labelOf(sheet, locale)
  const heads = headsOf(sheet, locale)
  const writer = asked.format === 'csv' ? csvWriter(heads) : workbookWriter(name, heads)
  let count = 0
  await sql`declare export_rows no scroll cursor for ${query}`.execute(ctx.db)
  for (;;) {
    const { rows } = await sql<Row>`fetch ${sql.lit(ROWS_AT_ONCE)} from export_rows`.execute(ctx.db)
    for (const row of rows.map(shown))
      writer.row(sheet.columns.map((column) => cellValue(column, row[column.field], locale)))
    count += rows.length
    if (rows.length < ROWS_AT_ONCE) break
  }
  await sql`close export_rows`.execute(ctx.db)
  const body = await writer.end()
  await recordAudit(ctx, {
    deed: 'masterdata.export',
    subject: ['masterdata.exports', sheet.kind],
    new: { ...asked, row_count: count },
    reason,
  })
  return {
    file_name: `${name}-${ctx.now.toISOString().slice(0, 10)}.${asked.format}`,
    media_type:
      asked.format === 'csv'
        ? 'text/csv; charset=utf-8'
        : 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    body,
  }
}

/** The language of the person who asks; files have no other way to know it. */
export async function localeOf(ctx: Ctx): Promise<string> {
  if (ctx.personId === null) return 'zh-CN'
  const person = await ctx.db
    .selectFrom('people')
    .where('id', '=', ctx.personId)
    .select('locale')
    .executeTakeFirst()
  return person?.locale ?? 'zh-CN'
}
