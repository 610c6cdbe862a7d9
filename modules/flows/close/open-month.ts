import { sql } from 'kysely'
import { firstDay } from '#kit/period.ts'
import { Refusal } from '#kit/refusal.ts'
import { monthDaysOf } from '#modules/masterdata/public.ts'
import { recordAudit } from '#platform/audit/public.ts'
import type { Ctx } from '#platform/ctx.ts'
import { withCompanyEyes } from '#platform/db.ts'

/** Opens a month for collection: its window is the one of the company's calendar unless said otherwise; windows may not overlap. */
export async function openMonth(
  ctx: Ctx,
  input: { month: string; starts_on?: string | undefined; ends_on?: string | undefined },
): Promise<void> {
  const month = firstDay(input.month)
  const days = await monthDaysOf(ctx, input.month)
  const starts_on = input.starts_on ?? days.starts_on
  const ends_on = input.ends_on ?? days.ends_on
  const clash = await ctx.db
    .selectFrom('flow_months')
    .where('company_id', '=', ctx.companyId)
    .where((where) =>
      where.or([
        where('month', '=', month),
        where.and([where('starts_on', '<=', ends_on), where('ends_on', '>=', starts_on)]),
      ]),
    )
    .select('month')
    .executeTakeFirst()
  if (clash) {
    throw new Refusal(
      'flows.month-overlaps',
      { month: input.month, other: clash.month.slice(0, 7) },
      { status: 409 },
    )
  }
  await sql`select ensure_flow_month(${month}::date)`.execute(ctx.db)
  await ctx.db
    .insertInto('flow_months')
    .values({ company_id: ctx.companyId, month, starts_on, ends_on })
    .execute()
  await recordAudit(ctx, {
    deed: 'flows.open-month',
    subject: ['flows.month', input.month],
    new: { starts_on, ends_on },
  })
}

/**
 * Holds the month open until the transaction ends: a close that starts meanwhile waits for it. Refuses when the
 * month is not open. `month` is its first day.
 */
export async function lockOpenMonth(
  ctx: Ctx,
  month: string,
): Promise<{ starts_on: string; ends_on: string }> {
  // Row-level security lets only those lock a row who may change it; the month is everybody's to hold open.
  const row = await withCompanyEyes(ctx, () =>
    ctx.db
      .selectFrom('flow_months')
      .where('company_id', '=', ctx.companyId)
      .where('month', '=', month)
      .forShare()
      .select(['state', 'starts_on', 'ends_on'])
      .executeTakeFirst(),
  )
  if (!row) throw new Refusal('flows.month-not-open', { month: month.slice(0, 7) })
  if (row.state !== 'open') {
    throw new Refusal('flows.month-closed', { month: month.slice(0, 7), state: row.state }, { status: 409 })
  }
  return { starts_on: row.starts_on, ends_on: row.ends_on }
}
