import { recordAudit } from '#platform/audit/public.ts'
import type { Ctx } from '#platform/ctx.ts'
import { enqueueJob } from '#platform/jobs/public.ts'
import { lockOpenMonth } from '../close/open-month.ts'
import { lockBatch, refuseBatchState } from './lock-batch.ts'

/** Reads a file once more from the beginning, after its reading was stopped or ended badly. */
export async function readAgain(ctx: Ctx, id: string): Promise<{ job_id: string }> {
  const batch = await lockBatch(ctx, id, ['state', 'month', 'distributor_id'])
  await lockOpenMonth(ctx, batch.month)
  refuseBatchState(batch, 'failed')
  const subject = ['flows.batch', id] as const
  const jobId = await enqueueJob(ctx, {
    kind: 'flows.run-batch',
    subject,
    distributorId: batch.distributor_id,
  })
  await ctx.db
    .updateTable('flow_batches')
    .set({
      state: 'received',
      job_id: jobId,
      layout: null,
      mapping: null,
      fingerprint: null,
      failure_code: null,
      failure_params: null,
      ended_at: null,
    })
    .where('company_id', '=', ctx.companyId)
    .where('id', '=', id)
    .execute()
  await recordAudit(ctx, { deed: 'flows.read-again', subject })
  return { job_id: jobId }
}
