import { sql } from 'kysely'
import { found, Refusal } from '#kit/refusal.ts'
import { recordAudit } from '#platform/audit/public.ts'
import type { Ctx } from '#platform/ctx.ts'
import { publishEvent } from '#platform/events/public.ts'
import { lockOpenMonth } from '../close/open-month.ts'
import type { DecisionBefore } from '../tables.ts'
import { recomputeLines } from './recompute-lines.ts'
import { holdDecisions } from './settle-names.ts'

/**
 * Takes a decision back: names and lines of open months are again as the decision found them. Refused when a later
 * decision stands on it; lines of locked months keep what they were locked with.
 */
export async function undoDecision(
  ctx: Ctx,
  id: string,
): Promise<{ id: string; name_count: number; line_count: number }> {
  await holdDecisions(ctx)
  // Look.
  const decision = found(
    await ctx.db
      .selectFrom('flow_decisions')
      .where('company_id', '=', ctx.companyId)
      .where('id', '=', id)
      .forUpdate()
      .select(['kind', 'action', 'normal_text', 'alias_scope', 'issue_code', 'before', 'undone_at'])
      .executeTakeFirst(),
    'decision',
  )
  // Decide.
  if (decision.undone_at) throw new Refusal('flows.already-undone', {}, { status: 409 })
  // Write.
  const { kind, normal_text, before } = decision
  let lineCount = before.lines
    ? await restoreLines(ctx, decision, before.lines)
    : await restoreNames(ctx, id, before)
  if (kind !== 'issue' && decision.alias_scope === 'company' && normal_text) {
    lineCount += await restoreAlias(ctx, id, { kind, normal_text }, before.alias ?? null)
  }
  await ctx.db
    .updateTable('flow_decisions')
    .set({ undone_at: ctx.now, undone_by: ctx.personId })
    .where('company_id', '=', ctx.companyId)
    .where('id', '=', id)
    .execute()
  const subject = ['flows.decision', id] as const
  await recordAudit(ctx, { deed: 'flows.undo-decision', subject, new: { lines: lineCount } })
  await publishEvent(ctx, { name: 'flows.decision-undone', subject, payload: { lines: lineCount } })
  return { id, name_count: before.names?.length ?? 0, line_count: lineCount }
}

async function restoreNames(ctx: Ctx, id: string, before: DecisionBefore): Promise<number> {
  const names = before.names ?? []
  const ids = names.map((name) => name.id)
  const now = await ctx.db
    .selectFrom('flow_names')
    .where('company_id', '=', ctx.companyId)
    .where('id', 'in', ids)
    .forUpdate()
    .select(['id', 'decision_id'])
    .execute()
  if (now.some((name) => name.decision_id !== id))
    throw new Refusal('flows.decided-again', {}, { status: 409 })
  for (const name of names) {
    await ctx.db
      .updateTable('flow_names')
      .set({
        state: name.state,
        target_id: name.target_id,
        via: name.via as 'exact',
        score: name.score,
        decision_id: name.decision_id,
        decided_at: name.decided_at ? new Date(name.decided_at) : null,
      })
      .where('company_id', '=', ctx.companyId)
      .where('id', '=', name.id)
      .execute()
  }
  return recomputeLines(ctx, ids)
}

/** The issue holds its lines again, whatever else was decided on them since; then they follow their names. */
async function restoreLines(
  ctx: Ctx,
  decision: { action: string; issue_code: string | null },
  lines: NonNullable<DecisionBefore['lines']>,
): Promise<number> {
  for (const month of new Set(lines.map((line) => line.month))) await lockOpenMonth(ctx, month)
  const issue = decision.issue_code ?? ''
  const mark = `${issue}-${decision.action === 'keep' ? 'kept' : 'excluded'}`
  const { rows } = await sql<{ names: string[] }>`update flow_lines l
    set issues = array_replace(l.issues, ${mark}, ${issue}),
      state = case when array_remove(l.issues, ${mark})
        && array['duplicate-excluded', 'unknown-unit-excluded', 'sign-conflict-excluded'] then 'excluded' else 'waiting' end,
      base_qty = case when ${issue} = 'unknown-unit' then b.base_qty else l.base_qty end
    from jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) as b(month date, id uuid, base_qty numeric)
    where l.company_id = ${ctx.companyId} and l.month = b.month and l.id = b.id and ${mark} = any (l.issues)
    returning array_remove(array[l.customer_name_id, l.product_name_id], null)::text[] as names`.execute(
    ctx.db,
  )
  await recomputeLines(ctx, [...new Set(rows.flatMap((row) => row.names))])
  return rows.length
}

/** The alias is again what the decision found; names that were learnt from it since go with it. */
async function restoreAlias(
  ctx: Ctx,
  id: string,
  key: { kind: 'customer' | 'product'; normal_text: string },
  before: { target_id: string; decision_id: string } | null,
): Promise<number> {
  await ctx.db
    .deleteFrom('flow_aliases')
    .where('company_id', '=', ctx.companyId)
    .where('kind', '=', key.kind)
    .where('normal_text', '=', key.normal_text)
    .where('decision_id', '=', id)
    .execute()
  if (before) {
    await ctx.db
      .insertInto('flow_aliases')
      .values({ company_id: ctx.companyId, ...key, ...before })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  }
  const learnt = await ctx.db
    .updateTable('flow_names')
    .set({
      state: before ? 'auto' : 'waiting',
      target_id: before?.target_id ?? null,
      via: before ? 'alias' : 'none',
      score: before ? 1 : 0,
    })
    .where('company_id', '=', ctx.companyId)
    .where('kind', '=', key.kind)
    .where('normal_text', '=', key.normal_text)
    .where('state', '=', 'auto')
    .where('via', '=', 'alias')
    .where('target_id', 'is distinct from', before?.target_id ?? null)
    .returning('id')
    .execute()
  return recomputeLines(
    ctx,
    learnt.map((name) => name.id),
  )
}
