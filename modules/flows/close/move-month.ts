import { firstDay } from '#kit/period.ts'
import { found, Refusal } from '#kit/refusal.ts'
import type { Ctx } from '#platform/ctx.ts'
import { type MonthState, monthMoves } from '../shapes.ts'

/**
 * Moves a month to another state by the table of `monthMoves`; refuses what the table does not hold. The row stays
 * locked until the transaction ends. `month` is 'YYYY-MM'.
 */
export async function moveMonth(ctx: Ctx, month: string, to: MonthState, from?: MonthState): Promise<void> {
  const row = found(
    await ctx.db
      .selectFrom('flow_months')
      .where('company_id', '=', ctx.companyId)
      .where('month', '=', firstDay(month))
      .forUpdate()
      .select('state')
      .executeTakeFirst(),
    'month',
  )
  if ((from && row.state !== from) || !monthMoves[row.state].includes(to)) {
    throw new Refusal('flows.wrong-month-state', { month, state: row.state, wanted: to }, { status: 409 })
  }
  await ctx.db
    .updateTable('flow_months')
    .set({
      state: to,
      ...(to === 'locked' && { locked_at: ctx.now }),
      ...(to === 'released' && { released_at: ctx.now }),
    })
    .where('company_id', '=', ctx.companyId)
    .where('month', '=', firstDay(month))
    .execute()
}
