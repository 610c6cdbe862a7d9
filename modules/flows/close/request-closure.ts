import { sql } from 'kysely'
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
  const totals = await postedSales(ctx, firstDay(month))
  const approvalId = await requestApproval(ctx, {
    subject: ['flows.month', month],
    title: month,
    summary: {
      month,
      ...totals,
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

/** What would be locked: the posted lines of sales files, and nothing that is excluded or rejected. */
async function postedSales(
  ctx: Ctx,
  month: string,
): Promise<{ files: number; lines: number; amount_fen: number }> {
  const { rows } = await sql<{ files: number; lines: number; amount_fen: number }>`
    select count(distinct l.batch_id)::int as files, count(*)::int as lines,
      coalesce(sum(l.amount_fen), 0)::bigint as amount_fen
    from flow_lines l join flow_batches b on b.company_id = l.company_id and b.id = l.batch_id and b.kind = 'sales'
    where l.company_id = ${ctx.companyId} and l.month = ${month} and l.state = 'posted'`.execute(ctx.db)
  return rows[0] ?? { files: 0, lines: 0, amount_fen: 0 }
}
