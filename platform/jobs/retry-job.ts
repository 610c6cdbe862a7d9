import { sql } from 'kysely'
import { Refusal } from '#kit/refusal.ts'
import { recordAudit } from '../audit/record-audit.ts'
import type { Ctx } from '../ctx.ts'
import { loadJob } from './job-queries.ts'

/** Queues a failed job again, with all its attempts. Refuses jobs.not-failed. */
export async function retryJob(ctx: Ctx, id: string): Promise<void> {
  const job = await ctx.db
    .updateTable('jobs')
    .set({
      state: 'queued',
      attempts: 0,
      stage: null,
      progress_done: 0,
      progress_total: null,
      error_code: null,
      error_detail: null,
      ended_at: null,
    })
    .where('company_id', '=', ctx.companyId)
    .where('id', '=', id)
    .where('state', '=', 'failed')
    .returning('kind')
    .executeTakeFirst()
  if (!job) {
    const { state } = await loadJob(ctx, id)
    throw new Refusal('jobs.not-failed', { state }, { status: 409 })
  }
  await sql`select enqueue_job(${id})`.execute(ctx.db)
  await recordAudit(ctx, {
    deed: 'platform.retry-job',
    subject: ['platform.job', id],
    new: { kind: job.kind },
  })
}
