import { sql } from 'kysely'
import type { z } from 'zod'
import { firstDay } from '#kit/period.ts'
import { exportList, localeOf } from '#modules/masterdata/public.ts'
import type { Ctx } from '#platform/ctx.ts'
import type { Download } from '#platform/http.ts'
import { containing, page } from '#platform/lists.ts'
import type { TargetRow, targetExportQuery, targetQuery } from './shapes.ts'
import { targetSheet } from './target-sheet.ts'

/** Targets by territory, product group and month. */
export async function listTargets(ctx: Ctx, query: z.output<typeof targetQuery>) {
  let targets = ctx.db
    .selectFrom('targets as t')
    .innerJoin('territories as y', (join) =>
      join.onRef('y.company_id', '=', 't.company_id').onRef('y.id', '=', 't.territory_id'),
    )
    .where('t.company_id', '=', ctx.companyId)
  if (query.month) targets = targets.where('t.month', '=', firstDay(query.month))
  if (query.product_group) targets = targets.where('t.product_group', '=', query.product_group)
  if (query.territory_id) targets = targets.where('t.territory_id', '=', query.territory_id)
  if (query.q) targets = targets.where('y.search_text', 'like', containing(query.q))
  const rows = targets.select([
    't.id',
    't.territory_id',
    'y.name as territory_name',
    't.product_group',
    sql<string>`to_char(t.month, 'YYYY-MM')`.as('month'),
    't.amount_fen',
    't.version',
  ])
  const sorts = { month: 't.month', amount_fen: 't.amount_fen', territory_name: 'y.code' }
  const found = await page(ctx.db, rows, query, sorts, '-month', 't.id')
  return { ...found, rows: found.rows as TargetRow[] }
}

/** The targets of a file, in the form that the import reads back: groups by name, months and yuan as people write them. */
export async function exportTargets(ctx: Ctx, query: z.output<typeof targetExportQuery>): Promise<Download> {
  const label = (await localeOf(ctx)) === 'en' ? 'g.label_en' : 'g.label_zh'
  const { year, month } = query
  const [first, last] = month ? [month, month] : year ? [`${year}-01`, `${year}-12`] : [null, null]
  const found = sql`
    select y.code as territory_code, coalesce(${sql.ref(label)}, t.product_group) as product_group, t.month, t.amount_fen
    from targets t
    join territories y on y.company_id = t.company_id and y.id = t.territory_id
    left join code_values g on g.company_id = t.company_id and g.list = 'product-group' and g.code = t.product_group
    where t.company_id = ${ctx.companyId}
      and (${first}::text is null or t.month between ${first && firstDay(first)}::date and ${last && firstDay(last)}::date)
      and (${query.product_group ?? null}::text is null or t.product_group = ${query.product_group ?? null})
      and (${query.territory_id ?? null}::uuid is null
        or t.territory_id in (select id from territories_below(${query.territory_id ?? null}::uuid)))
      and (${query.q ?? ''} = '' or y.search_text like ${containing(query.q ?? '')})
    order by y.code, t.product_group, t.month`
  return exportList(ctx, targetSheet, found, query)
}
