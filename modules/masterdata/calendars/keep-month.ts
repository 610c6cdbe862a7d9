import { sql } from 'kysely'
import { firstDay } from '#kit/period.ts'
import { Refusal } from '#kit/refusal.ts'
import type { Ctx } from '#platform/ctx.ts'
import { recordChange } from '../record-change.ts'
import { lockRow } from '../row-rules.ts'
import type { CalendarMonthInput } from './shapes.ts'

/** Sets the days of a fiscal month and its deadlines. */
export async function createMonth(ctx: Ctx, input: CalendarMonthInput): Promise<{ id: string }> {
  await refuseWrongDays(ctx, input, null)
  const row = await ctx.db
    .insertInto('calendar_months')
    .values({ ...input, month: firstDay(input.month), company_id: ctx.companyId })
    .returning('id')
    .executeTakeFirstOrThrow()
  await recordChange(ctx, 'calendar-months', row.id, { deed: 'create', new: input })
  return row
}

export async function changeMonth(
  ctx: Ctx,
  id: string,
  { version, ...input }: CalendarMonthInput & { version: number },
): Promise<undefined> {
  const row = await lockRow(ctx, 'calendar-months', id, version)
  await refuseWrongDays(ctx, input, id)
  const next = { ...input, month: firstDay(input.month) }
  await ctx.db
    .updateTable('calendar_months')
    .set({ ...next, version: version + 1 })
    .where('company_id', '=', ctx.companyId)
    .where('id', '=', id)
    .execute()
  await recordChange(ctx, 'calendar-months', id, { deed: 'change', old: row, new: { ...row, ...next } })
}

/** Its days stand in order, a month is set once, and no day belongs to two months. */
async function refuseWrongDays(ctx: Ctx, input: CalendarMonthInput, exceptId: string | null): Promise<void> {
  const { starts_on, ends_on, files_due_on, close_due_on } = input
  const wrong =
    starts_on > ends_on
      ? 'ends_on'
      : ends_on >= files_due_on
        ? 'files_due_on'
        : files_due_on > close_due_on
          ? 'close_due_on'
          : null
  if (wrong)
    throw new Refusal(
      'masterdata.days-out-of-order',
      {},
      { fields: { [wrong]: 'masterdata.days-out-of-order' } },
    )
  const { rows } = await sql<{ month: string }>`
    select to_char(month, 'YYYY-MM') as month from calendar_months
    where company_id = ${ctx.companyId} and id is distinct from ${exceptId}::uuid
      and (month = ${firstDay(input.month)}::date
        or daterange(starts_on, ends_on, '[]') && daterange(${starts_on}::date, ${ends_on}::date, '[]'))
    limit 1`.execute(ctx.db)
  const other = rows[0]?.month
  if (!other) return
  const field = other === input.month ? 'month' : 'starts_on'
  throw new Refusal(
    'masterdata.months-overlap',
    { month: other },
    { status: 409, fields: { [field]: 'masterdata.months-overlap' } },
  )
}
