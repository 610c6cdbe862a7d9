import { found, Refusal } from '#kit/refusal.ts'
import { recordAudit } from '#platform/audit/public.ts'
import type { Ctx } from '#platform/ctx.ts'
import { publishEvent } from '#platform/events/public.ts'

/**
 * Stops the reading of a file that takes too long, before any of its lines is written. The worker sees it within a second and
 * ends the process that reads; the file stays and can be read again.
 */
export async function stopReading(ctx: Ctx, id: string): Promise<void> {
  const batch = found(
    await ctx.db
      .selectFrom('flow_batches')
      .where('company_id', '=', ctx.companyId)
      .where('id', '=', id)
      .forUpdate()
      .select('state')
      .executeTakeFirst(),
    'batch',
  )
  if (!['received', 'reading'].includes(batch.state)) {
    throw new Refusal('flows.wrong-batch-state', { state: batch.state }, { status: 409 })
  }
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
