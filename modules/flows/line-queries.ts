import { sql } from 'kysely'
import { firstDay } from '#kit/period.ts'
import type { Ctx } from '#platform/ctx.ts'
import { KEEP_PLAN } from '#platform/db.ts'
import { page } from '#platform/lists.ts'
import { alikeNames } from './clean/decide-names.ts'
import { follows } from './clean/recompute-lines.ts'
import { countingOf, type LineQuery, narrowed, newestOfTerritories } from './line-filters.ts'
import type { LineRow, TextQuery } from './shapes.ts'

/** One page of lines with their names. The page is found by the lines' own columns first, names are joined after. */
export async function listLines(
  ctx: Ctx,
  query: LineQuery,
): Promise<{ rows: LineRow[]; total: number; total_capped: boolean }> {
  const lines = await narrowed(ctx, query)
  const newest = await newestOfTerritories(ctx, query)
  const found = await page(
    ctx.db,
    (newest ?? lines).select(['l.month', 'l.id']),
    query,
    {
      id: 'l.id',
      occurred_on: 'l.occurred_on',
      amount_fen: 'l.amount_fen',
      qty: 'l.qty',
      line_no: 'l.line_no',
    },
    query.batch_id ? 'line_no' : '-id',
    'l.id',
    countingOf(ctx, query, lines),
  )
  const rows = await linesByKey(ctx, found.rows as { month: string; id: string }[])
  return { ...found, rows }
}

/** All lines the filters leave, in steps, for an export. */
export async function* everyLine(ctx: Ctx, query: LineQuery, max: number): AsyncGenerator<LineRow[]> {
  const step = 2000
  let after: string | null = null
  const lines = await narrowed(ctx, query)
  for (let given = 0; given < max; ) {
    let next = lines
      .select(['l.month', 'l.id'])
      .orderBy('l.id')
      .limit(Math.min(step, max - given))
    if (after) next = next.where('l.id', '>', after)
    const keys = await next.execute()
    if (keys.length === 0) return
    yield await linesByKey(ctx, keys)
    given += keys.length
    after = keys[keys.length - 1]?.id ?? null
  }
}

/** The rows of given lines as pages show them, in the given order. */
export async function linesByKey(
  ctx: Ctx,
  keys: readonly { month: string; id: string }[],
): Promise<LineRow[]> {
  if (keys.length === 0) return []
  const { rows } = await sql<LineRow>`${KEEP_PLAN}
    select to_char(l.month, 'YYYY-MM') as month, l.id, l.batch_id, l.line_no, l.sheet_row, l.occurred_on,
      l.distributor_id, d.name as distributor_name, c.raw_text as customer_raw, l.institution_id,
      i.name as institution_name, n.raw_text as product_raw, n.raw_spec as spec_raw, l.product_id,
      case when p.id is null then null else p.name || ' ' || p.spec end as product_name, l.territory_id,
      t.name as territory_name, trim_scale(l.qty)::text as qty, l.unit, trim_scale(l.base_qty)::text as base_qty,
      p.base_unit, trim_scale(l.price)::text as price, l.amount_fen, l.lot, l.doc_no, l.is_return, l.state, l.issues
    from unnest(${keys.map((key) => key.month)}::date[], ${keys.map((key) => key.id)}::uuid[]) with ordinality k(month, id, n)
    join flow_lines l on l.company_id = ${ctx.companyId} and l.month = k.month and l.id = k.id
    left join distributors d on d.company_id = l.company_id and d.id = l.distributor_id
    left join flow_names c on c.company_id = l.company_id and c.id = l.customer_name_id
    left join flow_names n on n.company_id = l.company_id and n.id = l.product_name_id
    left join institutions i on i.company_id = l.company_id and i.id = l.institution_id
    left join products p on p.company_id = l.company_id and p.id = l.product_id
    left join territories t on t.company_id = l.company_id and t.id = l.territory_id
    order by k.n`.execute(ctx.db)
  return rows
}

/** The lines that one decision would settle. */
export async function linesOfText(
  ctx: Ctx,
  query: TextQuery & { month?: string | undefined; page: number; size: number },
) {
  const names = await alikeNames(ctx, query).execute()
  if (names.length === 0) return { rows: [], total: 0, total_capped: false }
  let lines = ctx.db
    .selectFrom('flow_lines as l')
    .innerJoin('flow_months as m', (join) =>
      join
        .onRef('m.company_id', '=', 'l.company_id')
        .onRef('m.month', '=', 'l.month')
        .on('m.state', '=', 'open'),
    )
    .where('l.company_id', '=', ctx.companyId)
    .where(follows(names.map((name) => name.id)))
    .select(['l.month', 'l.id'])
  if (query.month) lines = lines.where('l.month', '=', firstDay(query.month))
  const found = await page(ctx.db, lines, query, { amount_fen: 'l.amount_fen' }, '-amount_fen', 'l.id', {
    beside: true,
  })
  return { ...found, rows: await linesByKey(ctx, found.rows) }
}
