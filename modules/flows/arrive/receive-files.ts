import { firstDay } from '#kit/period.ts'
import { found, Refusal } from '#kit/refusal.ts'
import { recordAudit } from '#platform/audit/public.ts'
import type { Ctx } from '#platform/ctx.ts'
import { publishEvent } from '#platform/events/public.ts'
import type { StoredFile } from '#platform/files/public.ts'
import { enqueueJob } from '#platform/jobs/public.ts'
import { lockOpenMonth } from '../close/open-month.ts'

export interface ReceivedBatch {
  id: string
  file_name: string
  distributor_id: string
  job_id: string
}

/**
 * Files arrive for one distributor and month: each becomes a batch that waits for the line. Twice the same bytes
 * from a distributor are refused with the batch that has them, unless that one was discarded.
 */
export async function receiveFiles(
  ctx: Ctx,
  input: { month: string; distributor_id: string; files: StoredFile[]; channel?: string },
): Promise<ReceivedBatch[]> {
  // Look.
  const distributorId = ctx.scope.kind === 'distributor' ? ctx.scope.distributorId : input.distributor_id
  found(
    await ctx.db
      .selectFrom('distributors')
      .where('company_id', '=', ctx.companyId)
      .where('id', '=', distributorId)
      .select('id')
      .executeTakeFirst(),
    'distributor',
  )
  await lockOpenMonth(ctx, firstDay(input.month))

  // Decide and write, one file after the other: the same bytes twice in one upload are refused too.
  const batches: ReceivedBatch[] = []
  for (const file of input.files) {
    await refuseKnown(ctx, distributorId, file)
    const { id } = await ctx.db
      .insertInto('flow_batches')
      .values({
        company_id: ctx.companyId,
        month: firstDay(input.month),
        distributor_id: distributorId,
        channel: input.channel ?? 'web',
        file_id: file.id,
        file_name: file.file_name,
        sha256: file.sha256,
        state: 'received',
        person_id: ctx.personId,
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    const jobId = await enqueueJob(ctx, {
      kind: 'flows.run-batch',
      subject: ['flows.batch', id],
      distributorId,
    })
    await ctx.db
      .updateTable('flow_batches')
      .set({ job_id: jobId })
      .where('company_id', '=', ctx.companyId)
      .where('id', '=', id)
      .execute()
    const subject = ['flows.batch', id] as const
    await recordAudit(ctx, {
      deed: 'flows.receive-files',
      subject,
      new: { file: file.file_name, sha256: file.sha256 },
    })
    await publishEvent(ctx, { name: 'flows.received', subject, payload: { month: input.month } })
    batches.push({ id, file_name: file.file_name, distributor_id: distributorId, job_id: jobId })
  }
  return batches
}

async function refuseKnown(ctx: Ctx, distributorId: string, file: StoredFile): Promise<void> {
  const known = await ctx.db
    .selectFrom('flow_batches')
    .where('company_id', '=', ctx.companyId)
    .where('distributor_id', '=', distributorId)
    .where('sha256', '=', file.sha256)
    .where('state', '!=', 'discarded')
    .select(['file_name', 'month', 'received_at'])
    .executeTakeFirst()
  if (known) {
    throw new Refusal(
      'flows.file-known',
      {
        file: file.file_name,
        earlier: known.file_name,
        month: known.month.slice(0, 7),
        received: known.received_at.toISOString().slice(0, 10),
      },
      { status: 409 },
    )
  }
}
