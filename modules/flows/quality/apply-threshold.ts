import { sql } from 'kysely'
import type { z } from 'zod'
import { found, Refusal } from '#kit/refusal.ts'
import { recordAudit } from '#platform/audit/public.ts'
import type { Ctx } from '#platform/ctx.ts'
import { publishEvent } from '#platform/events/public.ts'
import { recomputeLines } from '../clean/recompute-lines.ts'
import type { MovedName } from '../tables.ts'
import { currentThreshold } from './current-threshold.ts'
import type { thresholdBody } from './shapes.ts'
import { movedNames } from './threshold-impact.ts'

interface Moved extends MovedName {
  said_id: string
  said_score: number
}

/**
 * From this score on customers are taken without asking: new texts from the next file on, and texts that nobody has decided
 * on now, with their lines in open months. Can be undone.
 */
export async function applyThreshold(
  ctx: Ctx,
  { auto_from, reason }: z.output<typeof thresholdBody>,
): Promise<{ id: string; name_count: number; line_count: number }> {
  // Look.
  await holdThreshold(ctx)
  const previous = await currentThreshold(ctx)
  // Decide.
  if (previous === auto_from) throw new Refusal('flows.threshold-same', { auto_from }, { status: 409 })
  // Write.
  const { rows } = await sql<Moved>`select * from (${movedNames(ctx, auto_from)}) m order by m.id`.execute(
    ctx.db,
  )
  const ids = rows.map((row) => row.id)
  const before = rows.map(({ id, state, target_id, via, score }) => ({ id, state, target_id, via, score }))
  const { id } = await ctx.db
    .insertInto('flow_match_thresholds')
    .values({
      company_id: ctx.companyId,
      auto_from,
      previous,
      reason,
      before: JSON.stringify(before),
      name_count: ids.length,
      person_id: found(ctx.personId, 'person'),
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await sql`update flow_names set state = case state when 'waiting' then 'auto' else 'waiting' end,
      target_id = case state when 'waiting' then said_id end, via = case state when 'waiting' then 'fuzzy' else 'none' end,
      score = said_score
    where company_id = ${ctx.companyId} and id = any(${ids}::uuid[])`.execute(ctx.db)
  const line_count = await recomputeLines(ctx, ids)
  await ctx.db
    .updateTable('flow_match_thresholds')
    .set({ line_count })
    .where('company_id', '=', ctx.companyId)
    .where('id', '=', id)
    .execute()
  const subject = ['flows.threshold', id] as const
  await recordAudit(ctx, {
    deed: 'flows.apply-threshold',
    subject,
    old: { auto_from: previous },
    new: { auto_from, names: ids.length, lines: line_count },
    reason,
  })
  await publishEvent(ctx, { name: 'flows.threshold-applied', subject, payload: { lines: line_count } })
  return { id, name_count: ids.length, line_count }
}

/** One at a time: who comes second sees what the first one moved. */
export async function holdThreshold(ctx: Ctx): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`flow threshold ${ctx.companyId}`}, 0))`.execute(
    ctx.db,
  )
}
