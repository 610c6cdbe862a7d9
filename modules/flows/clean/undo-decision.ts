import { sql } from 'kysely'
import { found, Refusal } from '#kit/refusal.ts'
import { recordAudit } from '#platform/audit/public.ts'
import type { Ctx } from '#platform/ctx.ts'
import { publishEvent } from '#platform/events/public.ts'
import { lockOpenMonth } from '../close/open-month.ts'
import type { DecisionBefore } from '../tables.ts'
import { recomputeLines } from './recompute-lines.ts'

/**
 * Takes a decision back: names and lines of open months are again as the decision found them. Refused when a later
 * decision stands on it; lines of locked months keep what they were locked with.
 */
export async function undoDecision(
  ctx: Ctx,
  id: string,
): Promise<{ id: string; name_count: number; line_count: number }> {
  // Look.
  const decision = found(
    await ctx.db
      .selectFrom('flow_decisions')
      .where('company_id', '=', ctx.companyId)
      .where('id', '=', id)
      .forUpdate()
      .select(['kind', 'normal_text', 'alias_scope', 'before', 'undone_at'])
      .executeTakeFirst(),
    'decision',
  )
  // Decide.
  if (decision.undone_at) throw new Refusal('flows.already-undone', {}, { status: 409 })
  // Write.
  const lineCount = decision.before.lines
    ? await restoreLines(ctx, decision.before.lines)
    : await restoreNames(ctx, id, decision.before)
  if (decision.kind !== 'issue' && decision.alias_scope === 'company' && decision.normal_text) {
    await restoreAlias(ctx, id, decision.kind, decision.normal_text, decision.before.alias ?? null)
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
  return { id, name_count: decision.before.names?.length ?? 0, line_count: lineCount }
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

async function restoreLines(ctx: Ctx, lines: NonNullable<DecisionBefore['lines']>): Promise<number> {
  for (const month of new Set(lines.map((line) => line.month))) await lockOpenMonth(ctx, month)
  const result = await sql`update flow_lines l set state = b.state, issues = b.issues, base_qty = b.base_qty
    from jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) as b(month date, id uuid, state text, issues text[],
      base_qty numeric)
    where l.company_id = ${ctx.companyId} and l.month = b.month and l.id = b.id`.execute(ctx.db)
  return Number(result.numAffectedRows ?? 0)
}

async function restoreAlias(
  ctx: Ctx,
  id: string,
  kind: 'customer' | 'product',
  text: string,
  before: { target_id: string; decision_id: string } | null,
): Promise<void> {
  const alias = ctx.db
    .selectFrom('flow_aliases')
    .where('company_id', '=', ctx.companyId)
    .where('kind', '=', kind)
    .where('normal_text', '=', text)
    .where('decision_id', '=', id)
  if (!(await alias.select('target_id').executeTakeFirst())) return
  const key = { company_id: ctx.companyId, kind, normal_text: text }
  if (before) {
    await ctx.db
      .updateTable('flow_aliases')
      .set(before)
      .where('company_id', '=', ctx.companyId)
      .where('kind', '=', kind)
      .where('normal_text', '=', text)
      .execute()
  } else {
    await ctx.db
      .deleteFrom('flow_aliases')
      .where('company_id', '=', key.company_id)
      .where('kind', '=', kind)
      .where('normal_text', '=', text)
      .execute()
  }
}
