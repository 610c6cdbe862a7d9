import { sql } from 'kysely'
import type { z } from 'zod'
import { found, Refusal } from '#kit/refusal.ts'
import { recordAudit } from '#platform/audit/public.ts'
import type { Ctx } from '#platform/ctx.ts'
import { publishEvent } from '#platform/events/public.ts'
import type { decisionBody, impactAnswer, NameKind } from '../shapes.ts'
import type { DecisionBefore } from '../tables.ts'
import { follows, recomputeLines } from './recompute-lines.ts'
import { holdDecisions } from './settle-names.ts'

type Decision = z.output<typeof decisionBody>

/**
 * One decision settles all alike: every name with this text (of one distributor, or of all) gets the target, or is
 * ignored; its lines in open months follow. For all distributors the text is learnt as an alias of the company.
 */
export async function decideNames(
  ctx: Ctx,
  decision: Decision,
): Promise<{ id: string; name_count: number; line_count: number }> {
  await holdDecisions(ctx)
  // Look.
  const names = await alikeNames(ctx, decision).forUpdate().execute()
  if (names.length === 0) throw new Refusal('not-found', { subject: 'name' }, { status: 404 })
  // Decide.
  if (decision.action === 'choose') await refuseUnknownTarget(ctx, decision.kind, decision.target_id)
  else if (decision.target_id) throw new Refusal('invalid-request', {}, { status: 400 })
  const target = decision.action === 'choose' ? (decision.target_id ?? null) : null
  const scope = decision.distributor_id ? 'distributor' : 'company'

  // Write.
  const before: DecisionBefore = {
    names: names.map(({ distributor_id: _of, decided_at, ...name }) => ({
      ...name,
      decided_at: decided_at?.toISOString() ?? null,
    })),
  }
  if (scope === 'company') before.alias = (await aliasOf(ctx, decision)) ?? null
  const { id } = await ctx.db
    .insertInto('flow_decisions')
    .values({
      company_id: ctx.companyId,
      kind: decision.kind,
      action: decision.action,
      normal_text: decision.normal_text,
      alias_scope: scope,
      target_id: target,
      name_count: names.length,
      before: JSON.stringify(before),
      person_id: found(ctx.personId, 'person'),
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await ctx.db
    .updateTable('flow_names')
    .set({
      state: target ? 'confirmed' : 'ignored',
      target_id: target,
      via: 'person',
      score: 1,
      decision_id: id,
      decided_at: ctx.now,
    })
    .where('company_id', '=', ctx.companyId)
    .where(
      'id',
      'in',
      names.map((name) => name.id),
    )
    .execute()
  if (scope === 'company') await learnAlias(ctx, decision, target, id)
  const lineCount = await recomputeLines(
    ctx,
    names.map((name) => name.id),
  )
  await ctx.db
    .updateTable('flow_decisions')
    .set({ line_count: lineCount })
    .where('company_id', '=', ctx.companyId)
    .where('id', '=', id)
    .execute()
  const subject = ['flows.decision', id] as const
  await recordAudit(ctx, { deed: 'flows.decide-names', subject, new: { ...decision, lines: lineCount } })
  await publishEvent(ctx, { name: 'flows.decided', subject, payload: { lines: lineCount } })
  return { id, name_count: names.length, line_count: lineCount }
}

/** What a decision would change, before it is taken. */
export async function impactOf(
  ctx: Ctx,
  decision: Pick<Decision, 'kind' | 'normal_text' | 'distributor_id'>,
): Promise<z.input<typeof impactAnswer>> {
  const names = await alikeNames(ctx, decision).execute()
  const ids = names.map((name) => name.id)
  const { rows } = await sql<{ line_count: number; amount_fen: number }>`
    select count(*)::int as line_count, coalesce(sum(l.amount_fen), 0)::bigint as amount_fen
    from flow_lines l join flow_months m on m.company_id = l.company_id and m.month = l.month and m.state = 'open'
    where l.company_id = ${ctx.companyId} and ${follows(ids)}`.execute(ctx.db)
  return {
    name_count: names.length,
    distributor_count: new Set(names.map((name) => name.distributor_id)).size,
    line_count: rows[0]?.line_count ?? 0,
    amount_fen: rows[0]?.amount_fen ?? 0,
    confirmed_count: names.filter((name) => name.state === 'confirmed').length,
  }
}

function alikeNames(ctx: Ctx, decision: Pick<Decision, 'kind' | 'normal_text' | 'distributor_id'>) {
  let query = ctx.db
    .selectFrom('flow_names')
    .where('company_id', '=', ctx.companyId)
    .where('kind', '=', decision.kind)
    .where('normal_text', '=', decision.normal_text)
    .orderBy('id')
    .select(['id', 'distributor_id', 'state', 'target_id', 'via', 'score', 'decision_id', 'decided_at'])
  if (decision.distributor_id) query = query.where('distributor_id', '=', decision.distributor_id)
  return query
}

async function refuseUnknownTarget(ctx: Ctx, kind: NameKind, target: string | undefined): Promise<void> {
  if (!target)
    throw new Refusal('flows.target-missing', {}, { status: 400, fields: { target_id: 'required' } })
  const row = await ctx.db
    .selectFrom(kind === 'customer' ? 'institutions' : 'products')
    .where('company_id', '=', ctx.companyId)
    .where('id', '=', target)
    .where('state', '=', 'active')
    .select('id')
    .executeTakeFirst()
  if (!row) throw new Refusal('flows.target-unknown', {}, { fields: { target_id: 'unknown' } })
}

function aliasOf(ctx: Ctx, decision: Decision) {
  return ctx.db
    .selectFrom('flow_aliases')
    .where('company_id', '=', ctx.companyId)
    .where('kind', '=', decision.kind)
    .where('normal_text', '=', decision.normal_text)
    .select(['target_id', 'decision_id'])
    .executeTakeFirst()
}

/** What the text means from now on wherever it comes from; ignored everywhere, it means nothing any more. */
async function learnAlias(
  ctx: Ctx,
  decision: Decision,
  target: string | null,
  decisionId: string,
): Promise<void> {
  if (!target) {
    await ctx.db
      .deleteFrom('flow_aliases')
      .where('company_id', '=', ctx.companyId)
      .where('kind', '=', decision.kind)
      .where('normal_text', '=', decision.normal_text)
      .execute()
    return
  }
  await ctx.db
    .insertInto('flow_aliases')
    .values({
      company_id: ctx.companyId,
      kind: decision.kind,
      normal_text: decision.normal_text,
      target_id: target,
      decision_id: decisionId,
    })
    .onConflict((conflict) =>
      conflict
        .columns(['company_id', 'kind', 'normal_text'])
        .doUpdateSet({ target_id: target, decision_id: decisionId }),
    )
    .execute()
}
