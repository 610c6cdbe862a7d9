import { firstDay } from '#kit/period.ts'
import { recordAudit } from '#platform/audit/public.ts'
import type { Ctx } from '#platform/ctx.ts'
import type { PublishedEvent } from '#platform/events/public.ts'
import { enqueueJob } from '#platform/jobs/public.ts'
import { moveMonth } from './move-month.ts'

/** Listener of `approvals.decided`: an approved closure goes on to the lock, any other opens the month again. */
export async function hearApproval(ctx: Ctx, event: PublishedEvent): Promise<void> {
  if (event.payload.subject_kind !== 'flows.month') return
  const month = String(event.payload.subject_id)
  const row = await ctx.db
    .selectFrom('flow_months')
    .where('company_id', '=', ctx.companyId)
    .where('month', '=', firstDay(month))
    .forUpdate()
    .select('state')
    .executeTakeFirst()
  // Heard before: the month has moved on.
  if (row?.state !== 'approving') return
  const approved = event.payload.outcome === 'approved'
  await moveMonth(ctx, month, approved ? 'locking' : 'open')
  await recordAudit(ctx, {
    deed: approved ? 'flows.closure-approved' : 'flows.closure-refused',
    subject: ['flows.month', month],
    new: { approval_id: event.payload.approval_id },
  })
  if (!approved) return
  await enqueueJob(ctx, {
    kind: 'flows.lock-month',
    subject: ['flows.month', month],
    payload: { approval_id: event.payload.approval_id },
  })
}
