import { type RawBuilder, sql } from 'kysely'
import type { Ctx } from '#platform/ctx.ts'
import { currentThreshold } from './current-threshold.ts'
import type { ThresholdImpact } from './shapes.ts'

/**
 * Names that another threshold would move: customers nobody has decided on, by what the engine said of them. What may not be
 * taken without asking stays, and so does what a sample found right.
 */
export function movedNames(ctx: Ctx, autoFrom: number): RawBuilder<unknown> {
  return sql`select n.id, n.state, n.target_id, n.via, n.score, n.said_id, n.said_score, n.state = 'waiting' as to_auto
    from flow_names n
    left join flow_match_samples s on s.company_id = n.company_id and s.name_id = n.id
    where n.company_id = ${ctx.companyId} and n.kind = 'customer' and n.decision_id is null and n.said is not null
      and ((n.state = 'waiting' and n.said_score >= ${autoFrom}::real and not n.said_held and exists (select from institutions i
          where i.company_id = n.company_id and i.id = n.said_id and i.state = 'active'))
        or (n.state = 'auto' and n.via in ('exact', 'fuzzy') and n.said_score < ${autoFrom}::real
          and s.verdict is distinct from 'right'))`
}

/** What a threshold would change, before it is applied: lines and money of open months, and errors to expect. */
export async function thresholdImpactOf(ctx: Ctx, autoFrom: number): Promise<ThresholdImpact> {
  const { rows } = await sql<{
    to_auto: boolean
    name_count: number
    line_count: number
    amount_fen: number
    errors: number
  }>`
    with moved as (${movedNames(ctx, autoFrom)}), open_months as (
      select month from flow_months where company_id = ${ctx.companyId} and state = 'open')
    select m.to_auto, count(*)::int as name_count, coalesce(sum(s.line_count), 0)::int as line_count,
      coalesce(sum(s.amount_fen), 0)::bigint as amount_fen,
      coalesce(sum(s.line_count * (1 - m.said_score)), 0)::float8 as errors
    from moved m left join lateral (
      select sum(s.waiting_count + s.posted_count)::int as line_count, sum(s.waiting_fen + s.posted_fen)::bigint as amount_fen
      from flow_name_sums s where s.company_id = ${ctx.companyId} and s.name_id = m.id
        and s.month = any(array(select month from open_months))) s on true
    group by m.to_auto`.execute(ctx.db)
  const side = (toAuto: boolean) => {
    const {
      name_count = 0,
      line_count = 0,
      amount_fen = 0,
    } = rows.find((row) => row.to_auto === toAuto) ?? {}
    return { name_count, line_count, amount_fen }
  }
  const errors = (toAuto: boolean) => rows.find((row) => row.to_auto === toAuto)?.errors ?? 0
  return {
    current: await currentThreshold(ctx),
    to_auto: side(true),
    to_review: side(false),
    errors_added: errors(true),
    errors_avoided: errors(false),
  }
}
