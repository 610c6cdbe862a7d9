import { sql } from 'kysely'
import type { Ctx } from '#platform/ctx.ts'
import { type InstitutionFilter, narrowed } from './institution-queries.ts'

type Facet = { value: string | null; count: number }[]

/** How many institutions of each province, kind and state the search text finds, most first. */
export async function readFacets(
  ctx: Ctx,
  filter: Pick<InstitutionFilter, 'q'>,
): Promise<{ province: Facet; kind: Facet; state: Facet }> {
  const all = narrowed(ctx, { q: filter.q, state: ['active', 'retired', 'merged'] }).select([
    'i.province',
    'i.kind',
    'i.state',
  ])
  const { rows } = await sql<{ facet: 'province' | 'kind' | 'state'; value: string | null; count: number }>`
    select case when grouping(province) = 0 then 'province' when grouping(kind) = 0 then 'kind' else 'state' end as facet,
      case when grouping(province) = 0 then province when grouping(kind) = 0 then kind else state end as value,
      count(*)::int as count
    from ${all} a group by grouping sets ((province), (kind), (state)) order by count(*) desc`.execute(ctx.db)
  const facet = (name: string) =>
    rows.filter((row) => row.facet === name).map(({ value, count }) => ({ value, count }))
  return { province: facet('province'), kind: facet('kind'), state: facet('state') }
}
