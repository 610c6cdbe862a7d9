import { sql } from 'kysely'
import { found, Refusal } from '#kit/refusal.ts'
import { retireUnusedInstitution } from '#modules/masterdata/public.ts'
import { recordAudit } from '#platform/audit/public.ts'
import type { Ctx } from '#platform/ctx.ts'
import { publishEvent } from '#platform/events/public.ts'
import { lockOpenMonth } from '../close/open-month.ts'
import type { DecisionBefore } from '../tables.ts'
import { restoreAliases } from './aliases.ts'
import { TAKEN_OUT } from './held.ts'
import { recomputeLines } from './recompute-lines.ts'
import { holdDecisions } from './settle-names.ts'

/**
 * Takes a decision back: names and lines of open months are again as the decision found them. Refused when a later
 * decision stands on it; lines of locked months keep what they were locked with. An institution that was created with
 * the decision is retired, if nothing else uses it.
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
      .selectAll()
      .executeTakeFirst(),
    'decision',
  )
  // Decide.
  if (decision.undone_at) throw new Refusal('flows.already-undone', {}, { status: 409 })
  // Write.
  const { kind, normal_text, before, target_id } = decision
  let lineCount = before.lines
    ? await restoreLines(ctx, decision, before.lines)
    : await restoreNames(ctx, id, before)
  if (kind !== 'issue' && before.aliases && normal_text) {
    const restored = (before.names ?? []).map((name) => name.id)
    const learnt = await restoreAliases(ctx, { id, kind, normal_text, target_id }, before.aliases, restored)
    lineCount += await recomputeLines(ctx, learnt)
  }
  if (decision.created_id) await retireUnused(ctx, decision.created_id)
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
        && ${TAKEN_OUT} then 'excluded' else 'waiting' end,
      base_qty = case when ${issue} = 'unknown-unit' then b.base_qty else l.base_qty end
    from jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) as b(month date, id uuid, base_qty numeric)
    where l.company_id = ${ctx.companyId} and l.month = b.month and l.id = b.id and ${mark} = any (l.issues)
    returning array_remove(array[l.customer_name_id, l.product_name_id], null)::text[] as names`.execute(
    ctx.db,
  )
  await recomputeLines(ctx, [...new Set(rows.flatMap((row) => row.names))])
  return rows.length
}

/**
 * The institution that came into the master with the decision leaves it again, unless something stands on it by now:
 * another text, a closed month, or master data of its own.
 */
async function retireUnused(ctx: Ctx, institutionId: string): Promise<void> {
  const { rows } = await sql<{ used: boolean }>`select
      exists (select 1 from flow_names where company_id = ${ctx.companyId} and target_id = ${institutionId})
      or exists (select 1 from flow_aliases where company_id = ${ctx.companyId} and target_id = ${institutionId})
      or exists (select 1 from flow_totals where company_id = ${ctx.companyId} and institution_id = ${institutionId})
      as used`.execute(ctx.db)
  if (!rows[0]?.used) await retireUnusedInstitution(ctx, institutionId)
}
