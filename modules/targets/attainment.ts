import { type RawBuilder, sql } from 'kysely'
import { firstDay } from '#kit/period.ts'
import { localeOf } from '#modules/masterdata/public.ts'
import type { Ctx } from '#platform/ctx.ts'
import { containing } from '#platform/lists.ts'
import {
  KEYS,
  salesOf,
  targetsOf,
  territoriesAbove,
  unownedOf,
  visibleVersions,
} from './attainment-sources.ts'
import type { Attainment, AttainmentQuery, AttainmentSort, Dimension } from './shapes.ts'

type Figures = Attainment['sums']

const SORTS: Record<AttainmentSort, string> = {
  name: 'f.sort_name',
  amount_fen: 'coalesce(f.amount_fen, 0)',
  target_fen: 'f.target_fen',
  rate: 'coalesce(f.amount_fen, 0)::numeric / nullif(f.target_fen, 0)',
  gap: 'coalesce(f.amount_fen, 0) - f.target_fen',
  last_year_fen: 'f.last_year_fen',
  growth: 'coalesce(f.amount_fen, 0)::numeric / nullif(f.last_year_fen, 0)',
  base_qty: 'f.base_qty',
  line_count: 'coalesce(f.line_count, 0)',
}

/**
 * A page of owned sales of locked versions against targets, by one dimension, with the sums of all rows the filters find.
 * What nobody owns (other distributors, terminals without a territory) stands beside them and counts for no rate. Reps see
 * released months only, and of them their own rows. Each figure opens into lines by the same keys.
 */
export async function attainmentOf(ctx: Ctx, query: AttainmentQuery): Promise<Attainment> {
  return reportOf(ctx, query, { limit: query.size, offset: (query.page - 1) * query.size })
}

/** The same with all its rows, for an export. */
export async function wholeAttainment(ctx: Ctx, query: AttainmentQuery): Promise<Attainment> {
  return reportOf(ctx, query, { limit: null, offset: 0 })
}

async function reportOf(
  ctx: Ctx,
  query: AttainmentQuery,
  part: { limit: number | null; offset: number },
): Promise<Attainment> {
  const { rows } = await sql<Found>`${await rowsAndSums(ctx, query, part)}`.execute(ctx.db)
  const first = rows[0]
  return {
    rows: rows
      .filter((row) => row.is_there)
      .map((row) => ({ key: row.key, name: row.name ?? row.key ?? '', ...figuresOf(row) })),
    total: first?.row_count ?? 0,
    total_capped: false,
    sums: figuresOf({
      target_fen: KEYS[query.by].target ? (first?.all_target_fen ?? 0) : null,
      amount_fen: first?.all_amount_fen ?? 0,
      base_qty: null,
      line_count: first?.all_line_count ?? 0,
      last_year_fen: first?.all_last_year_fen ?? null,
    }),
    unowned: await unownedSales(ctx, query),
    months: await monthsOf(ctx, query),
  }
}

type Kept = Omit<Figures, 'rate'>

/** A row of the page, or nulls when it is empty, with the sums of all that is found beside it. */
interface Found extends Kept {
  is_there: true | null
  key: string | null
  name: string | null
  row_count: number
  all_target_fen: number | null
  all_amount_fen: number
  all_line_count: number
  all_last_year_fen: number | null
}

function figuresOf({ target_fen, amount_fen, base_qty, line_count, last_year_fen }: Kept): Figures {
  const rate = target_fen ? (amount_fen / target_fen).toFixed(4) : null
  return { target_fen, amount_fen, base_qty, rate, line_count, last_year_fen }
}

/** Names are joined to the page alone, unless it is they that are searched or sorted by. */
async function rowsAndSums(
  ctx: Ctx,
  query: AttainmentQuery,
  part: { limit: number | null; offset: number },
): Promise<RawBuilder<unknown>> {
  const names = namesOf(query.by, (await localeOf(ctx)) === 'en')
  const { by, order } = orderOf(query)
  const join = sql`left join ${sql.raw(names.from)} on n.company_id = ${ctx.companyId} and ${sql.raw(names.key)} = f.key`
  const said = query.q ? sql`where ${sql.raw(names.search)} like ${containing(query.q)}` : sql``
  const above = query.by === 'territory' ? sql`${territoriesAbove(ctx, query.level)},` : sql``
  return sql`with ${visibleVersions(ctx, query)}, ${above} found as (
    ${await salesAndTargets(ctx, query)}
  ), chosen as (
    select f.*, ${by === 'name' ? sql.raw(names.sort) : sql`null`} as sort_name from found f
    ${query.q || by === 'name' ? join : sql``} ${said}
  ), sums as (
    select count(*)::int as row_count, sum(target_fen)::bigint as all_target_fen,
      coalesce(sum(amount_fen), 0)::bigint as all_amount_fen, coalesce(sum(line_count), 0)::int as all_line_count,
      sum(last_year_fen)::bigint as all_last_year_fen from chosen
  ), paged as (
    select *, true as is_there from chosen f order by ${order} limit ${part.limit} offset ${part.offset}
  )
  select sums.*, f.is_there, ${sql.raw(names.text)} as key, ${sql.raw(names.name)} as name,
    coalesce(f.amount_fen, 0) as amount_fen, coalesce(f.line_count, 0) as line_count,
    ${query.by === 'product' ? sql`trim_scale(coalesce(f.base_qty, 0))::text` : sql`null`} as base_qty,
    f.target_fen, f.last_year_fen
  from sums left join paged f on true ${join} order by ${order}`
}

/** By key: sales and, where targets are set by it, targets; either may be missing. */
async function salesAndTargets(ctx: Ctx, query: AttainmentQuery): Promise<RawBuilder<unknown>> {
  const sales = await salesOf(ctx, query)
  const target = KEYS[query.by].target
  if (!target) return sql`select sales.*, null::bigint as target_fen from (${sales}) sales`
  return sql`select key, sum(amount_fen)::bigint as amount_fen, sum(line_count)::int as line_count,
      null::numeric as base_qty, sum(last_year_fen)::bigint as last_year_fen, sum(target_fen)::bigint as target_fen
    from (select sales.*, null::bigint as target_fen from (${sales}) sales
      union all select key, null, null, null, null, target_fen from (${targetsOf(ctx, query, target)}) targets) parts
    group by key`
}

/** The best first, what has no such figure last; months in their own order. */
function orderOf(query: AttainmentQuery): { by: AttainmentSort; order: RawBuilder<unknown> } {
  const sort = query.sort ?? (query.by === 'month' ? 'name' : '-amount_fen')
  const by = sort.replace('-', '') as AttainmentSort
  return { by, order: sql.raw(`${SORTS[by]} ${sort.startsWith('-') ? 'desc' : 'asc'} nulls last, f.key`) }
}

interface Names {
  /** The table under n, its column that is the key, and of a row of it: */
  from: string
  key: string
  name: string
  search: string
  sort: string
  /** The key as text. */
  text: string
}

function namesOf(by: Dimension, english: boolean): Names {
  const key = { key: 'n.id', text: 'f.key::text' }
  const known = { ...key, search: 'n.search_text', sort: 'n.pinyin' }
  const label = english ? 'n.label_en' : 'n.label_zh'
  switch (by) {
    case 'territory':
      return { ...known, from: 'territories n', name: 'n.name', sort: 'n.code' }
    case 'product':
      return { ...known, from: 'products n', name: `n.name || ' ' || n.spec` }
    case 'distributor':
      return { ...known, from: 'distributors n', name: 'n.name' }
    case 'institution':
      return { ...known, from: 'institutions n', name: 'n.name' }
    case 'product_group': {
      const from = `(select * from code_values where list = 'product-group') n`
      return { from, key: 'n.code', text: 'f.key', name: label, search: `lower(${label})`, sort: label }
    }
    case 'month': {
      const text = `to_char(f.key, 'YYYY-MM')`
      return { from: 'flow_months n', key: 'n.month', text, name: text, search: text, sort: text }
    }
  }
}

async function unownedSales(ctx: Ctx, query: AttainmentQuery): Promise<Attainment['unowned']> {
  const { rows } = await sql<
    Attainment['unowned']
  >`with ${visibleVersions(ctx, query)} ${unownedOf(ctx, query)}`.execute(ctx.db)
  return rows[0] ?? { amount_fen: 0, line_count: 0 }
}

async function monthsOf(ctx: Ctx, query: AttainmentQuery): Promise<Attainment['months']> {
  const { rows } = await sql<{
    month: string
    state: string
  }>`select to_char(month, 'YYYY-MM') as month, state
    from flow_months where company_id = ${ctx.companyId} and month between ${firstDay(query.from)}::date and ${firstDay(query.to)}::date
    order by month`.execute(ctx.db)
  return rows
}
