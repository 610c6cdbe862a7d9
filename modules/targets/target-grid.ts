import { type RawBuilder, sql } from 'kysely'
import type { z } from 'zod'
import type { Ctx } from '#platform/ctx.ts'
import { containing } from '#platform/lists.ts'
import type { TargetGrid, targetGridQuery } from './shapes.ts'

/**
 * A year of targets as a grid: a row for each territory of the lowest level and each product group, also where no
 * target is set yet; by month what is set. The sums are those of everything the filters find.
 */
export async function targetGridOf(ctx: Ctx, query: z.output<typeof targetGridQuery>): Promise<TargetGrid> {
  const { rows } = await sql<Omit<TargetGrid['rows'][number], 'id'> & { total: number }>`
    with pairs as (${pairsOf(ctx, query)})
    select p.territory_id, p.territory_code, p.territory_name, p.product_group, (
        select coalesce(jsonb_object_agg(to_char(t.month, 'YYYY-MM'),
          jsonb_build_object('amount_fen', t.amount_fen, 'version', t.version)), '{}')
        from targets t where t.company_id = ${ctx.companyId} and t.territory_id = p.territory_id
          and t.product_group = p.product_group and ${ofYear(query.year)}
      ) as months, count(*) over ()::int as total
    from pairs p order by p.territory_code, p.product_group
    limit ${query.size} offset ${(query.page - 1) * query.size}`.execute(ctx.db)
  const sums = await sql<{ month: string; amount_fen: number }>`
    with pairs as (${pairsOf(ctx, query)})
    select to_char(t.month, 'YYYY-MM') as month, sum(t.amount_fen)::bigint as amount_fen
    from pairs p join targets t on t.company_id = ${ctx.companyId} and t.territory_id = p.territory_id
      and t.product_group = p.product_group and ${ofYear(query.year)}
    group by 1`.execute(ctx.db)
  return {
    rows: rows.map(({ total: _total, ...row }) => ({
      id: `${row.territory_id} ${row.product_group}`,
      ...row,
    })),
    total: rows[0]?.total ?? 0,
    total_capped: false,
    sums: Object.fromEntries(sums.rows.map(({ month, amount_fen }) => [month, amount_fen])),
  }
}

function ofYear(year: string): RawBuilder<boolean> {
  return sql<boolean>`t.month between ${`${year}-01-01`}::date and ${`${year}-12-01`}::date`
}

/** The territories that carry targets: those of the lowest level in use, and any that has one in the year. */
function pairsOf(ctx: Ctx, query: z.output<typeof targetGridQuery>): RawBuilder<unknown> {
  const group = query.product_group ?? null
  return sql`
    select y.id as territory_id, y.code as territory_code, y.name as territory_name, g.code as product_group
    from territories y cross join (
      select code from code_values where company_id = ${ctx.companyId} and list = 'product-group' and active
      union select t.product_group from targets t where t.company_id = ${ctx.companyId} and ${ofYear(query.year)}
    ) g
    where y.company_id = ${ctx.companyId}
      and (y.state = 'active' and y.level = 'territory' or exists (
        select from targets t where t.company_id = ${ctx.companyId} and t.territory_id = y.id and ${ofYear(query.year)}))
      and (${query.only_set ?? null}::text is null or exists (
        select from targets t where t.company_id = ${ctx.companyId} and t.territory_id = y.id
          and t.product_group = g.code and ${ofYear(query.year)}))
      and (${group}::text is null or g.code = ${group})
      and (${query.territory_id ?? null}::uuid is null
        or y.id in (select id from territories_below(${query.territory_id ?? null}::uuid)))
      and (${query.q ?? ''} = '' or y.search_text like ${containing(query.q ?? '')})`
}
