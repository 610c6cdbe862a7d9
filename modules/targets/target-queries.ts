import { sql } from 'kysely'
import type { z } from 'zod'
import { firstDay } from '#kit/period.ts'
import type { Ctx } from '#platform/ctx.ts'
import { containing, page } from '#platform/lists.ts'
import type { TargetRow, targetQuery } from './shapes.ts'

/** Targets by territory, product group and month. */
export async function listTargets(ctx: Ctx, query: z.output<typeof targetQuery>) {
  let targets = ctx.db
    .selectFrom('targets as t')
    .innerJoin('territories as y', (join) =>
      join.onRef('y.company_id', '=', 't.company_id').onRef('y.id', '=', 't.territory_id'),
    )
    .where('t.company_id', '=', ctx.companyId)
  if (query.month) targets = targets.where('t.month', '=', firstDay(query.month))
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
