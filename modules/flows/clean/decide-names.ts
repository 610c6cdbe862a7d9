import { sql } from 'kysely'
import type { z } from 'zod'
import { found, Refusal } from '#kit/refusal.ts'
import { recordAudit } from '#platform/audit/public.ts'
import type { Ctx } from '#platform/ctx.ts'
import { publishEvent } from '#platform/events/public.ts'
import type { DecisionScope, decisionBody, NameKind, TextQuery } from '../shapes.ts'
import type { DecisionBefore } from '../tables.ts'
import { learnAlias } from './aliases.ts'
import { recomputeLines } from './recompute-lines.ts'
import { holdDecisions } from './settle-names.ts'

type Decision = z.output<typeof decisionBody>

/**
 * One decision settles all alike: every name with this text (of one distributor, of a province's, or of all) gets the
 * target, or is ignored; its lines in open months follow. For a province or for all the text is learnt as an alias.
 * `createdId` is the target when it was created with this decision.
 */
export async function decideNames(
  ctx: Ctx,
  decision: Decision,
  createdId: string | null = null,
): Promise<{ id: string; name_count: number; line_count: number }> {
  await holdDecisions(ctx)
  // Look.
  const names = await alikeNames(ctx, decision).select(SAID).forUpdate().execute()
  if (names.length === 0) throw new Refusal('not-found', { subject: 'name' }, { status: 404 })
  // Decide.
  if (decision.distributor_id && decision.province)
    throw new Refusal('invalid-request', {}, { status: 400, fields: { province: 'unexpected' } })
  if (decision.action === 'choose') await refuseUnknownTarget(ctx, decision.kind, decision.target_id)
  else if (decision.target_id) throw new Refusal('invalid-request', {}, { status: 400 })
  const target = decision.action === 'choose' ? (decision.target_id ?? null) : null
  const scope = scopeOf(decision)

  // Write.
  const before: DecisionBefore = {
    names: names.map(({ distributor_id: _of, decided_at, ...name }) => ({
      ...name,
      decided_at: decided_at?.toISOString() ?? null,
    })),
  }
  const ids = names.map((name) => name.id)
  const id = await keepDecision(ctx, decision, {
    target_id: target,
    created_id: createdId,
    name_count: ids.length,
    before,
  })
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
    .where('id', 'in', ids)
    .execute()
  if (scope !== 'distributor') {
    const text = { ...decision, province: decision.province ?? '' }
    before.aliases = await learnAlias(ctx, text, target, id)
  }
  const lineCount = await recomputeLines(ctx, ids)
  await ctx.db
    .updateTable('flow_decisions')
    .set({ line_count: lineCount, before: JSON.stringify(before) })
    .where('company_id', '=', ctx.companyId)
    .where('id', '=', id)
    .execute()
  const subject = ['flows.decision', id] as const
  await recordAudit(ctx, { deed: 'flows.decide-names', subject, new: { ...decision, lines: lineCount } })
  await publishEvent(ctx, { name: 'flows.decided', subject, payload: { lines: lineCount } })
  return { id, name_count: names.length, line_count: lineCount }
}

/** What the engine said, and what a person chose from: kept with the decision, so that the engine can learn from both. */
const SAID = [
  'said',
  'said_id',
  'said_score',
  'said_lead',
  'engine',
  'features',
  sql<string[]>`array(select c ->> 'id' from jsonb_array_elements(candidates) c)`.as('candidate_ids'),
] as const

/** The decision as it is kept; what it found before goes with it. */
async function keepDecision(
  ctx: Ctx,
  decision: Decision,
  made: { target_id: string | null; created_id: string | null; name_count: number; before: DecisionBefore },
): Promise<string> {
  const { kind, action, normal_text, distributor_id = null, province = null } = decision
  const { id } = await ctx.db
    .insertInto('flow_decisions')
    .values({
      ...made,
      company_id: ctx.companyId,
      kind,
      action,
      normal_text,
      alias_scope: scopeOf(decision),
      distributor_id,
      province,
      before: JSON.stringify(made.before),
      person_id: found(ctx.personId, 'person'),
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** The names that a text stands in: one distributor's, those of a province's distributors, or all. */
export function alikeNames(ctx: Ctx, text: TextQuery) {
  let query = ctx.db
    .selectFrom('flow_names')
    .where('company_id', '=', ctx.companyId)
    .where('kind', '=', text.kind)
    .where('normal_text', '=', text.normal_text)
    .orderBy('id')
    .select(['id', 'distributor_id', 'state', 'target_id', 'via', 'score', 'decision_id', 'decided_at'])
  if (text.distributor_id) query = query.where('distributor_id', '=', text.distributor_id)
  if (text.province) {
    const { province } = text
    query = query.where('distributor_id', 'in', (of) =>
      of
        .selectFrom('distributors as d')
        .where('d.company_id', '=', ctx.companyId)
        .where('d.province', '=', province)
        .select('d.id'),
    )
  }
  return query
}

function scopeOf(text: TextQuery): DecisionScope {
  if (text.distributor_id) return 'distributor'
  return text.province ? 'province' : 'company'
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
