import { type SelectQueryBuilder, sql } from 'kysely'
import type { z } from 'zod'
import { firstDay } from '#kit/period.ts'
import type { Ctx } from '#platform/ctx.ts'
import type { Tables } from '#platform/db.ts'
import { containing, page } from '#platform/lists.ts'
import type { LineRow, lineQuery, NameKind } from './shapes.ts'

type LineQuery = z.output<typeof lineQuery>
type Lines = SelectQueryBuilder<Tables & { l: Tables['flow_lines'] }, 'l', object>

/** One page of lines with their names. The page is found by the lines' own columns first, names are joined after. */
export async function listLines(
  ctx: Ctx,
  query: LineQuery,
): Promise<{ rows: LineRow[]; total: number; total_capped: boolean }> {
  const found = await page(
    ctx.db,
    (await narrowed(ctx, query)).select(['l.month', 'l.id']),
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

/**
 * The lines that the filters leave, as far as the reader sees. Row-level security alone would do for that, but it tells
 * the planner nothing: the reader's own distributor and territories are said again as filters, which indexes serve.
 */
async function narrowed(ctx: Ctx, query: LineQuery): Promise<Lines> {
  let lines = ctx.db
    .selectFrom('flow_lines as l')
    .where('l.company_id', '=', ctx.companyId) as unknown as Lines
  if (query.month) lines = lines.where('l.month', '=', firstDay(query.month))
  if (query.from) lines = lines.where('l.month', '>=', firstDay(query.from))
  if (query.to) lines = lines.where('l.month', '<=', firstDay(query.to))
  if (query.state) lines = lines.where('l.state', '=', query.state)
  if (query.issue) lines = lines.where(sql<boolean>`l.issues <> '{}' and ${query.issue} = any (l.issues)`)
  for (const column of [
    'batch_id',
    'institution_id',
    'product_id',
    'customer_name_id',
    'product_name_id',
  ] as const) {
    const value = query[column]
    if (value) lines = lines.where(`l.${column}`, '=', value)
  }
  if (query.distributor_id) lines = lines.where(ofDistributor(ctx, query, query.distributor_id))
  if (ctx.scope.kind === 'distributor')
    lines = lines.where(ofDistributor(ctx, query, ctx.scope.distributorId))
  if (ctx.scope.kind === 'territory') lines = lines.where(oneOf('l.territory_id', ctx.scope.territoryIds))
  if (query.territory_id) {
    const below = await sql<{ id: string }>`select id from territories_below(${query.territory_id})`.execute(
      ctx.db,
    )
    const ids = below.rows.map((row) => row.id)
    lines = lines.where(oneOf('l.territory_id', ids))
  }
  if (query.owned) lines = lines.where('l.territory_id', query.owned === 'yes' ? 'is not' : 'is', null)
  if (query.product_group) {
    const products = ctx.db.selectFrom('products').where('company_id', '=', ctx.companyId)
    const rows = await products.where('product_group', '=', query.product_group).select('id').execute()
    const ids = rows.map((row) => row.id)
    lines = lines.where(oneOf('l.product_id', ids))
  }
  if (query.q) {
    const like = containing(query.q)
    lines =
      lines.where(sql<boolean>`(l.customer_name_id in (select n.id from flow_names n where n.company_id = ${ctx.companyId}
        and n.kind = 'customer' and lower(n.raw_text) like ${like})
      or l.institution_id in (select i.id from institutions i where i.company_id = ${ctx.companyId} and i.search_text like ${like})
      or l.doc_no = ${query.q} or l.lot = ${query.q})`)
  }
  return isFew(ctx, query) ? apart(ctx, lines) : lines
}

/** The planner knows how many lines known ids have; of a sub-select it guesses. One id alone keeps an index's order. */
function oneOf(column: string, ids: readonly string[]) {
  return ids.length === 1
    ? sql<boolean>`${sql.ref(column)} = ${ids[0]}`
    : sql<boolean>`${sql.ref(column)} = any(${ids as string[]}::uuid[])`
}

/** Lines of a distributor are those of its batches, by which they are found. */
function ofDistributor(ctx: Ctx, query: LineQuery, id: string) {
  const month = query.month ? sql`and b.month = ${firstDay(query.month)}` : sql``
  return sql<boolean>`l.batch_id = any(array(select b.id from flow_batches b
    where b.company_id = ${ctx.companyId} and b.distributor_id = ${id} ${month}))`
}

const FEW = [
  'batch_id',
  'distributor_id',
  'institution_id',
  'product_id',
  'customer_name_id',
  'product_name_id',
] as const

function isFew(ctx: Ctx, query: LineQuery): boolean {
  return ctx.scope.kind === 'distributor' || FEW.some((column) => query[column])
}

/**
 * Few lines are found by their index and then sorted. Left alone, the planner walks the whole month in the wanted order,
 * for it takes lines of a kind to lie everywhere; they lie together, as their file came in. `offset 0` keeps it apart.
 */
function apart(ctx: Ctx, lines: Lines): Lines {
  return ctx.db.selectFrom(
    lines
      .select(['l.month', 'l.id', 'l.occurred_on', 'l.amount_fen', 'l.qty', 'l.line_no'])
      .offset(0)
      .as('l'),
  ) as unknown as Lines
}

/** The rows of given lines as pages show them, in the given order. */
export async function linesByKey(
  ctx: Ctx,
  keys: readonly { month: string; id: string }[],
): Promise<LineRow[]> {
  if (keys.length === 0) return []
  const { rows } = await sql<LineRow>`
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
  query: {
    kind: NameKind
    normal_text: string
    distributor_id?: string | undefined
    month?: string | undefined
    page: number
    size: number
  },
) {
  const column = query.kind === 'customer' ? 'l.customer_name_id' : 'l.product_name_id'
  let lines = ctx.db
    .selectFrom('flow_lines as l')
    .innerJoin('flow_months as m', (join) =>
      join
        .onRef('m.company_id', '=', 'l.company_id')
        .onRef('m.month', '=', 'l.month')
        .on('m.state', '=', 'open'),
    )
    .where('l.company_id', '=', ctx.companyId)
    .where(column, 'in', (names) => {
      let alike = names
        .selectFrom('flow_names as a')
        .where('a.company_id', '=', ctx.companyId)
        .where('a.kind', '=', query.kind)
        .where('a.normal_text', '=', query.normal_text)
        .select('a.id')
      if (query.distributor_id) alike = alike.where('a.distributor_id', '=', query.distributor_id)
      return alike
    })
    .select(['l.month', 'l.id'])
  if (query.month) lines = lines.where('l.month', '=', firstDay(query.month))
  const found = await page(ctx.db, lines, query, { amount_fen: 'l.amount_fen' }, '-amount_fen', 'l.id')
  return { ...found, rows: await linesByKey(ctx, found.rows) }
}
