import type { Ctx } from '#platform/ctx.ts'
import type { PublishedEvent } from '#platform/events/public.ts'
import { enqueueJob } from '#platform/jobs/public.ts'
import { notify } from '#platform/notifications/public.ts'
import { applyProposal } from './apply-proposal.ts'

/**
 * Listener of `approvals.decided`: an approved change of identity is applied, an approved import runs; what was not
 * approved is left as it was. Whoever asked is told of it by the approval itself, and here when it could not be applied.
 */
export async function hearApproval(ctx: Ctx, event: PublishedEvent): Promise<void> {
  const kind = String(event.payload.subject_kind)
  const approvalId = String(event.payload.approval_id)
  const outcome = String(event.payload.outcome)
  if (kind === 'masterdata.imports') await settleImport(ctx, approvalId, outcome === 'approved')
  else if (kind.startsWith('masterdata.')) await settleProposal(ctx, approvalId, outcome)
}

async function settleProposal(ctx: Ctx, approvalId: string, outcome: string): Promise<void> {
  const proposal = await ctx.db
    .selectFrom('master_proposals')
    .where('company_id', '=', ctx.companyId)
    .where('approval_id', '=', approvalId)
    .where('state', '=', 'waiting')
    .forUpdate()
    .selectAll()
    .executeTakeFirst()
  // Heard before.
  if (!proposal) return
  const failure_code = outcome === 'approved' ? await applyProposal(ctx, proposal) : null
  const state =
    failure_code !== null
      ? 'failed'
      : outcome === 'approved'
        ? 'applied'
        : (outcome as 'rejected' | 'withdrawn')
  await ctx.db
    .updateTable('master_proposals')
    .set({ state, failure_code, ended_at: ctx.now })
    .where('company_id', '=', ctx.companyId)
    .where('id', '=', proposal.id)
    .execute()
  if (failure_code === null) return
  await notify(ctx, {
    to: [proposal.person_id],
    kind: 'masterdata.change-not-applied',
    params: { why: failure_code },
    href: `/${proposal.kind}/${proposal.target_id}`,
  })
}

async function settleImport(ctx: Ctx, approvalId: string, approved: boolean): Promise<void> {
  const row = await ctx.db
    .selectFrom('master_imports')
    .where('company_id', '=', ctx.companyId)
    .where('approval_id', '=', approvalId)
    .where('state', '=', 'approving')
    .forUpdate()
    .select('id')
    .executeTakeFirst()
  if (!row) return
  const job_id = approved
    ? await enqueueJob(ctx, { kind: 'masterdata.run-import', subject: ['masterdata.imports', row.id] })
    : null
  await ctx.db
    .updateTable('master_imports')
    .set(approved ? { state: 'running', job_id } : { state: 'checked' })
    .where('company_id', '=', ctx.companyId)
    .where('id', '=', row.id)
    .execute()
}
