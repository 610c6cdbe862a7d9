import { assert } from '#kit/assert.ts'
import { recordAudit } from '#platform/audit/public.ts'
import type { Ctx } from '#platform/ctx.ts'
import { publishEvent } from '#platform/events/public.ts'

/**
 * The row under which a change of many rows is listed, told in each row's history and undone as a whole, with its one
 * audit row and event. What was changed is written beside it by the caller. Returns its id.
 */
export async function openBatch(
  ctx: Ctx,
  batch: { kind: string; what: Record<string, unknown>; matched: number; inserts: number; updates: number },
): Promise<string> {
  const { kind, what, matched, inserts, updates } = batch
  assert(ctx.personId, 'a batch is asked for by a person')
  const { id } = await ctx.db
    .insertInto('master_imports')
    .values({
      company_id: ctx.companyId,
      kind,
      batch: JSON.stringify(what),
      state: 'done',
      row_count: matched,
      insert_count: inserts,
      update_count: updates,
      same_count: Math.max(0, matched - inserts - updates),
      person_id: ctx.personId,
      ended_at: ctx.now,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  const subject = ['masterdata.imports', id] as const
  await recordAudit(ctx, {
    deed: 'masterdata.change-many',
    subject,
    new: { kind, ...what, matched, inserts, updates },
  })
  await publishEvent(ctx, { name: 'masterdata.changed', subject, payload: { kind, id, deed: 'import' } })
  return id
}
