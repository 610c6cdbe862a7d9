import { sql } from 'kysely'
import type { z } from 'zod'
import type { Candidate } from '#engines/matching/public.ts'
import { firstDay } from '#kit/period.ts'
import { found } from '#kit/refusal.ts'
import type { Ctx } from '#platform/ctx.ts'
import { containing } from '#platform/lists.ts'
import type { DecisionRow, KnownTarget, NameKind, ReviewGroup, reviewQuery } from '../shapes.ts'

type ReviewQuery = z.output<typeof reviewQuery>
type Group = Omit<ReviewGroup, 'candidates'> & { candidates: Candidate[] }

/** Below this a candidate is noise that only invites a wrong key. */
const WORTH_SHOWING = 0.02

/** Groups of alike texts that wait, those first that settle the most money (or lines); one page of them. */
export async function listReviewGroups(
  ctx: Ctx,
  query: ReviewQuery,
): Promise<{ rows: ReviewGroup[]; total: number; total_capped: boolean }> {
  // A line whose name waits cannot be posted; a name that has a target is judged by all its lines.
  const [lines, money] =
    query.state === 'waiting'
      ? [sql`s.waiting_count`, sql`s.waiting_fen`]
      : [sql`s.waiting_count + s.posted_count`, sql`s.waiting_fen + s.posted_fen`]
  const order =
    query.sort === '-line_count'
      ? sql`line_count desc, amount_fen desc`
      : sql`amount_fen desc, line_count desc`
  const like = query.q ? containing(query.q) : null
  const month = query.month ? firstDay(query.month) : null
  const names = sql`from flow_names n join flow_name_sums s on s.company_id = n.company_id and s.name_id = n.id
      where n.company_id = ${ctx.companyId} and n.kind = ${query.kind} and n.state = ${query.state}
        and s.month = any(array(select m.month from flow_months m
          where m.company_id = ${ctx.companyId} and m.state = 'open' and (${month}::date is null or m.month = ${month}::date)))
        and (${query.distributor_id ?? null}::uuid is null or n.distributor_id = ${query.distributor_id ?? null}::uuid)
        and (${like}::text is null or lower(n.raw_text) like ${like}) and ${lines} > 0`
  // Whose names they are is asked of the page's groups alone.
  const { rows } = await sql<Group & { total: number }>`
    with groups as (
      select n.normal_text, sum(${lines})::int as line_count, sum(${money})::bigint as amount_fen,
        count(*) over ()::int as total
      ${names}
      group by n.normal_text
      order by ${order}, n.normal_text
      limit ${query.size} offset ${(query.page - 1) * query.size}
    )
    select ${query.kind}::text as kind, g.normal_text, n.raw_text, n.raw_spec, n.name_count, n.distributor_count,
      n.distributor_names, g.line_count, g.amount_fen, b.candidates, g.total, n.target_id, i.name as target_name
    from groups g cross join lateral (
      select min(n.raw_text) as raw_text, min(n.raw_spec) as raw_spec, count(*)::int as name_count,
        count(distinct n.distributor_id)::int as distributor_count, (array_agg(distinct d.name))[1:3] as distributor_names,
        (array_agg(n.id order by n.score desc))[1] as best_id,
        case when count(distinct n.target_id) = 1 then min(n.target_id::text)::uuid end as target_id
      from (select distinct n.id, n.raw_text, n.raw_spec, n.distributor_id, n.score, n.target_id ${names}
        and n.normal_text = g.normal_text) n
      left join distributors d on d.company_id = ${ctx.companyId} and d.id = n.distributor_id
    ) n join flow_names b on b.company_id = ${ctx.companyId} and b.id = n.best_id
    left join lateral (select name from institutions i where i.company_id = ${ctx.companyId} and i.id = n.target_id
      union all select name from products p where p.company_id = ${ctx.companyId} and p.id = n.target_id) i on true
    order by ${order}, g.normal_text`.execute(ctx.db)
  const known = await describeTargets(
    ctx,
    query.kind,
    rows.flatMap((row) => row.candidates.map((one) => one.id)),
  )
  return {
    rows: rows.map(({ total: _total, ...row }) => ({
      ...row,
      candidates: row.candidates.flatMap((candidate) => {
        const target = known.get(candidate.id)
        return target && candidate.score >= WORTH_SHOWING ? [{ ...candidate, ...target }] : []
      }),
    })),
    total: rows[0]?.total ?? 0,
    total_capped: false,
  }
}

/** What a person needs to know of candidates to tell them apart: name, where or what it is. */
async function describeTargets(ctx: Ctx, kind: ReviewQuery['kind'], ids: string[]) {
  const distinct = [...new Set(ids)]
  if (distinct.length === 0) return new Map<string, { name: string; detail: string }>()
  const master =
    kind === 'customer'
      ? sql`select i.id, i.name, concat_ws(' · ', nullif(concat(i.province, nullif(i.city, i.province), i.county), ''), i.level, i.code) as detail
          from institutions i where i.company_id = ${ctx.companyId} and i.state = 'active'`
      : sql`select p.id, p.name, concat_ws(' · ', p.spec, p.manufacturer, p.code) as detail
          from products p where p.company_id = ${ctx.companyId} and p.state = 'active'`
  const { rows } = await sql<{ id: string; name: string; detail: string }>`
    select m.* from (${master}) m where m.id = any(${distinct}::uuid[])`.execute(ctx.db)
  return new Map(rows.map(({ id, ...row }) => [id, row]))
}

/** What speaks for candidates beside their names: spellings that mean them, and their sales of the last locked year. */
export async function knownTargets(
  ctx: Ctx,
  query: { kind: NameKind; ids: readonly string[] },
): Promise<KnownTarget[]> {
  const column = sql.ref(query.kind === 'customer' ? 't.institution_id' : 't.product_id')
  const { rows } = await sql<KnownTarget>`
    select k.id, (select count(*)::int from flow_names n where n.company_id = ${ctx.companyId} and n.target_id = k.id) as name_count,
      s.line_count, s.amount_fen
    from unnest(${query.ids as string[]}::uuid[]) k(id) cross join lateral (
      select coalesce(sum(t.line_count), 0)::int as line_count, coalesce(sum(t.amount_fen), 0)::bigint as amount_fen
      from flow_totals t where t.company_id = ${ctx.companyId} and ${column} = k.id
        and t.month > (select max(m.month) - interval '1 year' from flow_months m
          where m.company_id = ${ctx.companyId} and m.state in ('locked', 'released'))) s`.execute(ctx.db)
  return rows
}

/** The text of a group as the distributors wrote it, and their province if it is one. */
export async function textOfGroup(
  ctx: Ctx,
  normalText: string,
): Promise<{ raw_text: string; province: string | null }> {
  const { rows } = await sql<{ raw_text: string; province: string | null }>`
    select min(n.raw_text) as raw_text, case when count(distinct d.province) = 1 then min(d.province) end as province
    from flow_names n left join distributors d on d.company_id = n.company_id and d.id = n.distributor_id
    where n.company_id = ${ctx.companyId} and n.kind = 'customer' and n.normal_text = ${normalText}
    having count(*) > 0`.execute(ctx.db)
  return found(rows[0], 'name')
}

/** What people decided, newest first. */
export async function listDecisions(
  ctx: Ctx,
  query: { page: number; size: number },
): Promise<{ rows: DecisionRow[]; total: number; total_capped: boolean }> {
  const { rows } = await sql<DecisionRow & { total: number }>`
    select d.id, d.kind, d.action, coalesce(trim(n.raw_text || ' ' || n.raw_spec), d.normal_text) as raw_text, d.alias_scope, coalesce(s.name, d.province) as scope_name,
      d.created_id is not null as created, d.issue_code, coalesce(i.name, p.name) as target_name,
      d.name_count, d.line_count, w.name as person_name, d.decided_at, d.undone_at, count(*) over ()::int as total
    from flow_decisions d
    left join institutions i on i.company_id = d.company_id and i.id = d.target_id
    left join products p on p.company_id = d.company_id and p.id = d.target_id
    left join distributors s on s.company_id = d.company_id and s.id = d.distributor_id
    left join flow_names n on n.company_id = d.company_id and n.id = (d.before -> 'names' -> 0 ->> 'id')::uuid
    left join people w on w.id = d.person_id
    where d.company_id = ${ctx.companyId}
    order by d.id desc limit ${query.size} offset ${(query.page - 1) * query.size}`.execute(ctx.db)
  return {
    rows: rows.map(({ total: _total, ...row }) => row),
    total: rows[0]?.total ?? 0,
    total_capped: false,
  }
}
