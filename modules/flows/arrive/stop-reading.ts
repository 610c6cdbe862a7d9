import { recordAudit } from '#platform/audit/public.ts'
import type { Ctx } from '#platform/ctx.ts'
import { publishEvent } from '#platform/events/public.ts'
import { lockBatch, refuseBatchState } from './lock-batch.ts'

/**
 * Stops the reading of a file that takes too long, before any of its lines is written. The worker sees it within a second and
 * ends the process that reads; the file stays and can be read again.
 */
export async function stopReading(ctx: Ctx, id: string): Promise<void> {
  const batch = await lockBatch(ctx, id, ['state'])
  refuseBatchState(batch, 'received', 'reading')
  await ctx.db
    .updateTable('flow_batches')
    .set({ state: 'failed', failure_code: 'flows.reading-stopped', failure_params: '{}', ended_at: ctx.now })
    .where('company_id', '=', ctx.companyId)
    .where('id', '=', id)
    .execute()
  const subject = ['flows.batch', id] as const
  await recordAudit(ctx, { deed: 'flows.stop-reading', subject })
  await publishEvent(ctx, { name: 'flows.batch-failed', subject, payload: { code: 'flows.reading-stopped' } })
}
