import { sql } from 'kysely'
import { firstDay } from '#kit/period.ts'
import { Refusal } from '#kit/refusal.ts'
import type { Ctx } from '#platform/ctx.ts'
import { KEEP_PLAN } from '#platform/db.ts'
import { page } from '#platform/lists.ts'
import { alikeNames } from './clean/decide-names.ts'
import { follows } from './clean/recompute-lines.ts'
import {
  countingOf,
  isFew,
  type LineQuery,
  type Lines,
  narrowed,
  newestOfTerritories,
} from './line-filters.ts'
import type { LineRow, TextQuery } from './shapes.ts'

const SORTS: Record<string, string> = {
  id: 'l.id',
  occurred_on: 'l.occurred_on',
  amount_fen: 'l.amount_fen',
  qty: 'l.qty',
  line_no: 'l.line_no',
}

/** One page of lines with their names. The page is found by the lines' own columns first, names are joined after. */
export async function listLines(
  ctx: Ctx,
  query: LineQuery,
): Promise<{ rows: LineRow[]; total: number; total_capped: boolean }> {
  const lines = await narrowed(ctx, query)
  await refuseLongSort(ctx, query, lines)
  const found = (await pageOfText(ctx, query, lines)) ?? (await pageOf(ctx, query, lines))
  const rows = await linesByKey(ctx, found.rows)
  return { ...found, rows }
}

async function pageOf(ctx: Ctx, query: LineQuery, lines: Lines) {
  const newest = await newestOfTerritories(ctx, query)
  return page(
    ctx.db,
    (newest ?? lines).select(['l.month', 'l.id']),
    query,
    SORTS,
    query.batch_id ? 'line_no' : '-id',
    'l.id',
    countingOf(ctx, query, lines),
  )
}

/** What a text means is as dear to find as its lines: the page and what is counted beyond it come of one statement. */
async function pageOfText(ctx: Ctx, query: LineQuery, lines: Lines) {
  const sort = query.sort ?? '-id'
  const column = SORTS[sort.replace('-', '')]
  if (!query.q || isFew(query) || !column) return null
  const cap = query.page * query.size + TEXT_LINES_COUNTED
  let first = lines
    .select(['l.month', 'l.id', sql.ref(column).as('sorted')])
    .orderBy(sql.ref(column), sort.startsWith('-') ? 'desc' : 'asc')
    .limit(cap + 1)
  if (column !== 'l.id') first = first.orderBy('l.id', sort.startsWith('-') ? 'desc' : 'asc')
  const found = await page(
    ctx.db,
    ctx.db.selectFrom(first.as('l')).select(['l.month', 'l.id']),
    { ...query, sort: sort.startsWith('-') ? '-sorted' : 'sorted' },
    { sorted: 'l.sorted' },
    'sorted',
    'l.id',
    { beside: true },
  )
  return { ...found, total: Math.min(found.total, cap), total_capped: found.total > cap }
}

/** Lines beyond the page that are counted of a text: many others have to be looked at for each. */
const TEXT_LINES_COUNTED = 200

/** No index holds lines in these orders, for it would cost every line that arrives. So many are sorted at once. */
const LONG_SORTS = ['qty', 'line_no']
const MAX_SORTED = 20_000

async function refuseLongSort(ctx: Ctx, query: LineQuery, lines: Lines): Promise<void> {
  if (!LONG_SORTS.includes((query.sort ?? '').replace('-', '')) || isFew(query)) return
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from (${lines
    .select(sql`1`.as('one'))
    .limit(MAX_SORTED + 1)}) counted`.execute(ctx.db)
  if ((rows[0]?.n ?? 0) > MAX_SORTED)
    throw new Refusal('flows.too-many-to-sort', { max: MAX_SORTED }, { status: 400 })
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
