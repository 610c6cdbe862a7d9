import { sql } from 'kysely'
import { found, Refusal } from '#kit/refusal.ts'
import { recordAudit } from '#platform/audit/public.ts'
import type { Ctx } from '#platform/ctx.ts'
import { publishEvent } from '#platform/events/public.ts'
import { recomputeLines } from '../clean/recompute-lines.ts'
import { holdThreshold } from './apply-threshold.ts'

/**
 * Takes the newest threshold back: the one before holds again, and the names it moved are what they were, but for those a
 * person has decided on since.
 */
export async function undoThreshold(
  ctx: Ctx,
  id: string,
): Promise<{ id: string; name_count: number; line_count: number }> {
  // Look.
  await holdThreshold(ctx)
  const threshold = found(
    await ctx.db
      .selectFrom('flow_match_thresholds')
      .where('company_id', '=', ctx.companyId)
      .where('id', '=', id)
      .forUpdate()
      .select(['id', 'auto_from', 'previous', 'before', 'undone_at'])
      .executeTakeFirst(),
    'threshold',
  )
  const newest = await ctx.db
    .selectFrom('flow_match_thresholds')
    .where('company_id', '=', ctx.companyId)
    .where('undone_at', 'is', null)
    .orderBy('id', 'desc')
    .select('id')
    .executeTakeFirst()
  // Decide.
  if (threshold.undone_at || newest?.id !== id)
    throw new Refusal('flows.threshold-not-newest', {}, { status: 409 })
  // Write.
  const { rows } = await sql<{
    id: string
  }>`update flow_names n set state = b.state, target_id = b.target_id, via = b.via,
      score = b.score
    from jsonb_to_recordset(${JSON.stringify(threshold.before)}::jsonb) b(id uuid, state text, target_id uuid, via text, score real)
    where n.company_id = ${ctx.companyId} and n.id = b.id and n.decision_id is null and n.via in ('fuzzy', 'none')
      and n.state = case b.state when 'waiting' then 'auto' else 'waiting' end
    returning n.id`.execute(ctx.db)
  const line_count = await recomputeLines(
    ctx,
    rows.map((row) => row.id),
  )
  await ctx.db
    .updateTable('flow_match_thresholds')
    .set({ undone_at: ctx.now, undone_by: ctx.personId })
    .where('company_id', '=', ctx.companyId)
    .where('id', '=', id)
    .execute()
  const subject = ['flows.threshold', id] as const
  await recordAudit(ctx, {
    deed: 'flows.undo-threshold',
    subject,
    old: { auto_from: threshold.auto_from },
    new: { auto_from: threshold.previous, lines: line_count },
  })
  await publishEvent(ctx, { name: 'flows.threshold-undone', subject, payload: { lines: line_count } })
  return { id, name_count: rows.length, line_count }
}
