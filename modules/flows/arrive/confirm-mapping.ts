import type { TableLayout } from '#engines/reading/public.ts'
import { Refusal } from '#kit/refusal.ts'
import { recordAudit } from '#platform/audit/public.ts'
import type { Ctx } from '#platform/ctx.ts'
import { enqueueJob } from '#platform/jobs/public.ts'
import { lockOpenMonth } from '../close/open-month.ts'
import type { Mapping } from '../tables.ts'
import { lockBatch } from './lock-batch.ts'
import { cleanMapping, missingFields } from './mapping.ts'

/**
 * A person confirms what the columns of a batch are. It is remembered for this distributor and layout, so that
 * the next file of the kind needs no click, and the batch goes on, or runs again from `map` if it was done.
 */
export async function confirmMapping(
  ctx: Ctx,
  id: string,
  input: { kind: 'sales' | 'purchase' | 'stock'; mapping: Record<string, string | null> },
): Promise<{ job_id: string }> {
  // Look.
  const batch = await lockBatch(ctx, id, [
    'id',
    'month',
    'state',
    'layout',
    'mapping',
    'kind',
    'distributor_id',
    'fingerprint',
  ])
  // Decide.
  await lockOpenMonth(ctx, batch.month)
  if (!batch.layout || !batch.fingerprint || !['mapping', 'done'].includes(batch.state)) {
    throw new Refusal('flows.wrong-batch-state', { state: batch.state }, { status: 409 })
  }
  const mapping = cleanMapping(input.mapping)
  const missing = missingFields(input.kind, mapping, batch.layout)
  if (missing.length > 0) {
    throw new Refusal(
      'flows.mapping-incomplete',
      { fields: missing.join(', ') },
      { fields: Object.fromEntries(missing.map((field) => [`mapping.${field}`, 'required'])) },
    )
  }
  const used = Object.values(mapping).filter((field) => field !== null)
  const twice = used.find((field, index) => used.indexOf(field) !== index)
  if (twice) throw new Refusal('flows.mapping-twice', { field: twice })

  // Write.
  await rememberLayout(
    ctx,
    { ...batch, layout: batch.layout, fingerprint: batch.fingerprint },
    input.kind,
    mapping,
  )
  const jobId = await enqueueJob(ctx, {
    kind: 'flows.run-batch',
    subject: ['flows.batch', id],
    distributorId: batch.distributor_id,
  })
  await ctx.db
    .updateTable('flow_batches')
    .set({ state: 'cleaning', kind: input.kind, mapping: JSON.stringify(mapping), job_id: jobId })
    .where('company_id', '=', ctx.companyId)
    .where('id', '=', id)
    .execute()
  await recordAudit(ctx, {
    deed: 'flows.confirm-mapping',
    subject: ['flows.batch', id],
    old: { kind: batch.kind, mapping: batch.mapping },
    new: { kind: input.kind, mapping },
  })
  return { job_id: jobId }
}

async function rememberLayout(
  ctx: Ctx,
  batch: { distributor_id: string; fingerprint: string; layout: TableLayout },
  kind: TableLayout['kind'],
  mapping: Mapping,
): Promise<void> {
  const layout = {
    kind,
    mapping: JSON.stringify(mapping),
    headers: batch.layout.columns.map((column) => column.header),
    confirmed_by: ctx.personId,
    confirmed_at: ctx.now,
  }
  await ctx.db
    .insertInto('flow_layouts')
    .values({
      company_id: ctx.companyId,
      distributor_id: batch.distributor_id,
      fingerprint: batch.fingerprint,
      ...layout,
    })
    .onConflict((conflict) =>
      conflict.columns(['company_id', 'distributor_id', 'fingerprint']).doUpdateSet(layout),
    )
    .execute()
}
