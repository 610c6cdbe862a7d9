import { Refusal } from '#kit/refusal.ts'
import { recordAudit } from '#platform/audit/public.ts'
import type { Ctx } from '#platform/ctx.ts'
import { publishEvent } from '#platform/events/public.ts'
import { reopenAlikes } from '../clean/reopen-alikes.ts'
import { holdDecisions } from '../clean/settle-names.ts'
import { lockOpenMonth } from '../close/open-month.ts'
import { lockBatch } from './lock-batch.ts'

/**
 * Takes a batch out of an open month: its lines go, its file and raw rows stay for the record, and the same file
 * may be sent again. Lines of other files that waited as doubles of these take their place.
 */
export async function discardBatch(ctx: Ctx, id: string, reason: string): Promise<void> {
  // A batch that is just being written sees that this one went.
  await holdDecisions(ctx)
  const batch = await lockBatch(ctx, id, ['id', 'month', 'distributor_id', 'state', 'line_count', 'job_id'])
  await lockOpenMonth(ctx, batch.month)
  if (batch.state === 'discarded' || (await isRunning(ctx, batch))) {
    throw new Refusal('flows.wrong-batch-state', { state: batch.state }, { status: 409 })
  }
  await reopenAlikes(ctx, batch, 'leaving')
  await ctx.db
    .deleteFrom('flow_lines')
    .where('company_id', '=', ctx.companyId)
    .where('month', '=', batch.month)
    .where('batch_id', '=', id)
    .execute()
  await ctx.db
    .updateTable('flow_batches')
    .set({ state: 'discarded', ended_at: ctx.now })
    .where('company_id', '=', ctx.companyId)
    .where('id', '=', id)
    .execute()
  const subject = ['flows.batch', id] as const
  await recordAudit(ctx, { deed: 'flows.discard-batch', subject, old: { lines: batch.line_count }, reason })
  await publishEvent(ctx, { name: 'flows.discarded', subject })
}

/** Between start and end of its job; a job that was given up or taken back leaves the batch to be discarded. */
async function isRunning(ctx: Ctx, batch: { state: string; job_id: string | null }): Promise<boolean> {
  if (!['reading', 'cleaning'].includes(batch.state)) return false
  const job = await ctx.db
    .selectFrom('jobs')
    .where('company_id', '=', ctx.companyId)
    .where('id', '=', batch.job_id)
    .where('state', 'in', ['queued', 'running'])
    .select('id')
    .executeTakeFirst()
  return job !== undefined
}
