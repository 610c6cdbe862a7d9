import { Refusal } from '#kit/refusal.ts'
import { recordAudit } from '../audit/record-audit.ts'
import type { Ctx } from '../ctx.ts'
import { loadJob } from './job-queries.ts'

/**
 * Takes a job back that has not begun: whoever queued it may, and whoever watches over all jobs. The queue still
 * brings it to a worker, which then finds nothing to do. Refuses jobs.begun.
 */
export async function cancelJob(ctx: Ctx, id: string): Promise<void> {
  let query = ctx.db
    .updateTable('jobs')
    .set({ state: 'cancelled', ended_at: ctx.now })
    .where('company_id', '=', ctx.companyId)
    .where('id', '=', id)
    .where('state', '=', 'queued')
  if (!ctx.permissions.has('platform.read-jobs')) query = query.where('person_id', '=', ctx.personId)
  const job = await query.returning('kind').executeTakeFirst()
  if (!job) {
    const { state } = await loadJob(ctx, id)
    if (state === 'queued') throw new Refusal('not-allowed', {}, { status: 403 })
    throw new Refusal('jobs.begun', { state }, { status: 409 })
  }
  await recordAudit(ctx, {
    deed: 'platform.cancel-job',
    subject: ['platform.job', id],
    new: { kind: job.kind },
  })
}
