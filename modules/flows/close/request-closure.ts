import { firstDay } from '#kit/period.ts'
import { Refusal } from '#kit/refusal.ts'
import { requestApproval } from '#platform/approvals/public.ts'
import { recordAudit } from '#platform/audit/public.ts'
import type { Ctx } from '#platform/ctx.ts'
import { blockersOf } from './month-queries.ts'
import { moveMonth } from './move-month.ts'

/**
 * A steward asks for the month to be closed. Refused while anything still runs or waits; from here until the
 * approval is decided nothing in the month can change.
 */
export async function requestClosure(ctx: Ctx, month: string): Promise<{ approval_id: string }> {
  // Decide. The move would wait for a batch that is being written: that one is refused before. The rest is looked at
  // behind the move, which holds the month, so that nothing slips in between.
  await refuseBlocked(ctx, month, ['jobs-running'])
  await moveMonth(ctx, month, 'approving', 'open')
  await refuseBlocked(ctx, month)
  // Write.
  const totals = await ctx.db
    .selectFrom('flow_batches')
    .where('company_id', '=', ctx.companyId)
    .where('month', '=', firstDay(month))
    .where('state', '=', 'done')
    .where('kind', '=', 'sales')
    .select(({ fn }) => [
      fn.countAll<number>().as('files'),
      fn.sum<number>('line_count').as('lines'),
      fn.sum<number>('amount_fen').as('amount_fen'),
    ])
    .executeTakeFirstOrThrow()
  const approvalId = await requestApproval(ctx, {
    subject: ['flows.month', month],
    title: month,
    summary: {
      month,
      files: Number(totals.files),
      lines: Number(totals.lines ?? 0),
      amount_fen: Number(totals.amount_fen ?? 0),
    },
  })
  await recordAudit(ctx, {
    deed: 'flows.request-closure',
    subject: ['flows.month', month],
    new: { approval_id: approvalId },
  })
  return { approval_id: approvalId }
}

async function refuseBlocked(ctx: Ctx, month: string, only?: readonly string[]): Promise<void> {
  const [first] = await blockersOf(ctx, firstDay(month))
  if (first && (!only || only.includes(first.code)))
    throw new Refusal(`flows.close-blocked-${first.code}`, { month, count: first.count }, { status: 409 })
}
