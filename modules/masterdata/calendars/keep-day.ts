import { Refusal } from '#kit/refusal.ts'
import type { Ctx } from '#platform/ctx.ts'
import { recordChange } from '../record-change.ts'
import { lockRow } from '../row-rules.ts'
import type { CalendarDayInput } from './shapes.ts'

/** Says that a day is not what its weekday says. */
export async function createDay(ctx: Ctx, input: CalendarDayInput): Promise<{ id: string }> {
  await refuseTaken(ctx, input.day, null)
  const row = await ctx.db
    .insertInto('calendar_days')
    .values({ ...input, company_id: ctx.companyId })
    .returning('id')
    .executeTakeFirstOrThrow()
  await recordChange(ctx, 'calendar-days', row.id, { deed: 'create', new: input })
  return row
}

export async function changeDay(
  ctx: Ctx,
  id: string,
  { version, ...input }: CalendarDayInput & { version: number },
): Promise<undefined> {
  const row = await lockRow(ctx, 'calendar-days', id, version)
  await refuseTaken(ctx, input.day, id)
  await ctx.db
    .updateTable('calendar_days')
    .set({ ...input, version: version + 1 })
    .where('company_id', '=', ctx.companyId)
    .where('id', '=', id)
    .execute()
  await recordChange(ctx, 'calendar-days', id, { deed: 'change', old: row, new: { ...row, ...input } })
}

/** The day is again what its weekday says. */
export async function removeDay(ctx: Ctx, id: string, version: number): Promise<undefined> {
  const row = await lockRow(ctx, 'calendar-days', id, version)
  await ctx.db
    .deleteFrom('calendar_days')
    .where('company_id', '=', ctx.companyId)
    .where('id', '=', id)
    .execute()
  await recordChange(ctx, 'calendar-days', id, { deed: 'remove', old: row })
}

async function refuseTaken(ctx: Ctx, day: string, exceptId: string | null): Promise<void> {
  const taken = await ctx.db
    .selectFrom('calendar_days')
    .where('company_id', '=', ctx.companyId)
    .where('day', '=', day)
    .where('id', 'is distinct from', exceptId)
    .select('id')
    .executeTakeFirst()
  if (taken) throw new Refusal('already-exists', {}, { status: 409, fields: { day: 'masterdata.day-taken' } })
}
