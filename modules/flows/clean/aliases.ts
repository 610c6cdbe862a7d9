import { sql } from 'kysely'
import type { Ctx } from '#platform/ctx.ts'
import type { NameKind } from '../shapes.ts'
import type { DecisionBefore } from '../tables.ts'

type Aliases = NonNullable<DecisionBefore['aliases']>
type Text = { kind: NameKind; normal_text: string }

/**
 * What the text means from now on for distributors that have not sent it yet: those of a province, or all when it is ''.
 * Said for all, it ends what single provinces learnt; ignored (no target), it means nothing any more. Returns the aliases
 * that stood there.
 */
export async function learnAlias(
  ctx: Ctx,
  text: Text & { province: string },
  target: string | null,
  decisionId: string,
): Promise<Aliases> {
  let replaced = ctx.db
    .deleteFrom('flow_aliases')
    .where('company_id', '=', ctx.companyId)
    .where('kind', '=', text.kind)
    .where('normal_text', '=', text.normal_text)
  if (text.province !== '') replaced = replaced.where('province', '=', text.province)
  const aliases = await replaced.returning(['province', 'target_id', 'decision_id']).execute()
  if (target) {
    const { kind, normal_text, province } = text
    const alias = { kind, normal_text, province, target_id: target, decision_id: decisionId }
    await ctx.db
      .insertInto('flow_aliases')
      .values({ company_id: ctx.companyId, ...alias })
      .execute()
  }
  return aliases
}

/**
 * The aliases of the text are again what the decision found. Names that were learnt from it since (all but `restored`)
 * mean what is learnt now, or wait again with the candidates that a person
 * saw. Returns the ids of those names.
 */
export async function restoreAliases(
  ctx: Ctx,
  decision: Text & { id: string; target_id: string | null },
  before: Aliases,
  restored: readonly string[],
): Promise<string[]> {
  const { kind, normal_text } = decision
  await ctx.db
    .deleteFrom('flow_aliases')
    .where('company_id', '=', ctx.companyId)
    .where('kind', '=', kind)
    .where('normal_text', '=', normal_text)
    .where('decision_id', '=', decision.id)
    .execute()
  if (before.length > 0) {
    await ctx.db
      .insertInto('flow_aliases')
      .values(before.map((alias) => ({ company_id: ctx.companyId, kind, normal_text, ...alias })))
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  }
  const { rows } = await sql<{ id: string }>`
    update flow_names n set state = case when a.target_id is null then 'waiting' else 'auto' end, target_id = a.target_id,
      via = case when a.target_id is null then 'none' else 'alias' end, score = case when a.target_id is null then 0 else 1 end,
      candidates = case when a.target_id is null then coalesce((select o.candidates from flow_names o
        where o.company_id = n.company_id and o.id = any(${restored as string[]}::uuid[])
        order by jsonb_array_length(o.candidates) desc limit 1), n.candidates) else n.candidates end
    from (
      select f.id, (select l.target_id from flow_aliases l where l.company_id = f.company_id and l.kind = f.kind
        and l.normal_text = f.normal_text and l.province in ('', d.province) order by l.province desc limit 1) as target_id
      from flow_names f join distributors d on d.company_id = f.company_id and d.id = f.distributor_id
      where f.company_id = ${ctx.companyId} and f.kind = ${kind} and f.normal_text = ${normal_text}
        and f.state = 'auto' and f.via = 'alias' and f.target_id = ${decision.target_id}
        and f.id <> all(${restored as string[]}::uuid[])
    ) a
    where n.company_id = ${ctx.companyId} and n.id = a.id and n.target_id is distinct from a.target_id
    returning n.id`.execute(ctx.db)
  return rows.map((row) => row.id)
}
