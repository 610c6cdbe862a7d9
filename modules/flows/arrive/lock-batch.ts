import type { Selectable } from 'kysely'
import { found, Refusal } from '#kit/refusal.ts'
import type { Ctx } from '#platform/ctx.ts'
import type { Tables } from '#platform/db.ts'
import '../tables.ts'

type Batch = Selectable<Tables['flow_batches']>

/** A batch as it is now; its row stays locked until the transaction ends. */
export async function lockBatch<C extends keyof Batch>(
  ctx: Ctx,
  id: string,
  columns: readonly C[],
): Promise<Pick<Batch, C>> {
  const row = await ctx.db
    .selectFrom('flow_batches')
    .where('company_id', '=', ctx.companyId)
    .where('id', '=', id)
    .forUpdate()
    .select(columns)
    .executeTakeFirst()
  return found(row as Pick<Batch, C> | undefined, 'batch')
}

/** Refuses what a batch in another state than these does not allow. */
export function refuseBatchState(batch: { state: string }, ...allowed: readonly string[]): void {
  if (!allowed.includes(batch.state))
    throw new Refusal('flows.wrong-batch-state', { state: batch.state }, { status: 409 })
}
