import { sql } from 'kysely'
import { addMonths, firstDay } from '#kit/period.ts'
import { localeOf } from '#modules/masterdata/public.ts'
import type { Ctx } from '#platform/ctx.ts'
import type { Attainment, AttainmentQuery, AttainmentRow, Dimension } from './shapes.ts'

type Figures = Attainment['total']

// What a row of the report stands for: its key and name out of a sale (s) or a target (t).
const KEYS: Record<Dimension, { sale: string; target: string | null }> = {
  // '' where a territory has none above it of the level asked for
  territory: { sale: "coalesce(a.top_id::text, '')", target: "coalesce(a.top_id::text, '')" },
  product_group: { sale: "coalesce(p.product_group, '')", target: 't.product_group' },
  month: { sale: "to_char(s.month, 'YYYY-MM')", target: "to_char(t.month, 'YYYY-MM')" },
  product: { sale: 's.product_id::text', target: null },
  distributor: { sale: 's.distributor_id::text', target: null },
  institution: { sale: 's.institution_id::text', target: null },
}

/**
 * Owned sales of locked versions against targets, by one dimension; what nobody owns (other distributors, terminals
 * without a territory) stands beside them and counts for no rate. Reps see released months only, and of them their own
 * rows. Each figure opens into lines by the same keys.
 */
export async function attainmentOf(ctx: Ctx, query: AttainmentQuery): Promise<Attainment> {
  const key = KEYS[query.by]
  const sales = await salesBy(ctx, query, key.sale, query.from, query.to)
  const before = await lastYearBy(ctx, query, key.sale)
  const targets = key.target ? await targetsBy(ctx, query, key.target) : new Map<string, number>()
  const keys = [...new Set([...sales.keys(), ...targets.keys(), ...before.keys()])]
  const names = await namesOf(ctx, query.by, keys)
  const rows = keys.map((one): AttainmentRow => {
    const sale = sales.get(one)
    const target = key.target ? (targets.get(one) ?? null) : null
    return {
      key: one === '' ? null : one,
      name: names.get(one) ?? one,
      target_fen: target,
      amount_fen: sale?.amount_fen ?? 0,
      base_qty: query.by === 'product' ? (sale?.base_qty ?? '0') : null,
      rate: rateOf(sale?.amount_fen ?? 0, target),
      line_count: sale?.line_count ?? 0,
      last_year_fen: before.get(one) ?? null,
    }
  })
  if (query.by === 'month') rows.sort((one, other) => (one.name < other.name ? -1 : 1))
  else rows.sort((one, other) => other.amount_fen - one.amount_fen)
  return {
    rows,
    total: totalOf(rows, key.target !== null),
    unowned: await unownedSales(ctx, query),
    months: await monthsOf(ctx, query),
  }
}

function rateOf(amount: number, target: number | null): string | null {
  return target ? (amount / target).toFixed(4) : null
}

function totalOf(rows: AttainmentRow[], hasTargets: boolean): Figures {
  const sum = (pick: (row: AttainmentRow) => number) => rows.reduce((total, row) => total + pick(row), 0)
  const target = hasTargets ? sum((row) => row.target_fen ?? 0) : null
  const amount = sum((row) => row.amount_fen)
  const known = rows.some((row) => row.last_year_fen !== null)
  return {
    target_fen: target,
    amount_fen: amount,
    base_qty: null,
    rate: rateOf(amount, target),
    line_count: sum((row) => row.line_count),
    last_year_fen: known ? sum((row) => row.last_year_fen ?? 0) : null,
  }
}

/** Every territory with the one above it (or itself) that the report is by. */
const ABOVE = (ctx: Ctx, level: string) => sql`above as (
  with recursive up as (
    select t.id, t.id as top_id, t.level, t.parent_id from territories t where t.company_id = ${ctx.companyId}
    union all
    select up.id, t.id, t.level, t.parent_id from up
      join territories t on t.company_id = ${ctx.companyId} and t.id = up.parent_id where up.level <> ${level}
  ) select id, top_id from up where level = ${level}
)`

function visibleStates(ctx: Ctx): string[] {
  return ctx.scope.kind === 'company' ? ['locked', 'released'] : ['released']
}

/** What is asked by territory or product is read from totals of all distributors, as far as the reader sees any of them. */
function totalsFor(ctx: Ctx, by: Dimension) {
  const whole = ctx.scope.kind !== 'distributor' && by !== 'distributor' && by !== 'institution'
  return sql.table(whole ? 'flow_territory_totals' : 'flow_totals')
}

async function salesBy(ctx: Ctx, query: AttainmentQuery, key: string, from: string, to: string) {
  const { rows } = await sql<{ key: string; amount_fen: number; base_qty: string; line_count: number }>`
    with ${ABOVE(ctx, query.level)}
    select ${sql.raw(key)} as key, sum(s.amount_fen)::bigint as amount_fen,
      trim_scale(sum(s.base_qty))::text as base_qty, sum(s.line_count)::int as line_count
    from ${totalsFor(ctx, query.by)} s
    join flow_months m on m.company_id = s.company_id and m.month = s.month and m.version_no = s.version_no
      and m.state = any(${visibleStates(ctx)}::text[])
    left join products p on p.company_id = s.company_id and p.id = s.product_id
    left join above a on a.id = s.territory_id
    where s.company_id = ${ctx.companyId} and s.territory_id is not null and s.month between ${firstDay(from)}::date and ${firstDay(to)}::date
      and (${query.territory_id ?? null}::uuid is null or s.territory_id in (select id from territories_below(${query.territory_id ?? null}::uuid)))
      and (${query.product_group ?? null}::text is null or p.product_group = ${query.product_group ?? null})
    group by 1`.execute(ctx.db)
  return new Map(rows.map((row) => [row.key, row]))
}

/** Amounts of the same months twelve months before, under the keys of this year. */
async function lastYearBy(ctx: Ctx, query: AttainmentQuery, key: string): Promise<Map<string, number>> {
  const sales = await salesBy(ctx, query, key, addMonths(query.from, -12), addMonths(query.to, -12))
  return new Map(
    [...sales].map(([one, sale]) => [query.by === 'month' ? addMonths(one, 12) : one, sale.amount_fen]),
  )
}

async function unownedSales(ctx: Ctx, query: AttainmentQuery): Promise<Attainment['unowned']> {
  const { rows } = await sql<Attainment['unowned']>`
    select coalesce(sum(s.amount_fen), 0)::bigint as amount_fen, coalesce(sum(s.line_count), 0)::int as line_count
    from ${totalsFor(ctx, query.by)} s
    join flow_months m on m.company_id = s.company_id and m.month = s.month and m.version_no = s.version_no
      and m.state = any(${visibleStates(ctx)}::text[])
    left join products p on p.company_id = s.company_id and p.id = s.product_id
    where s.company_id = ${ctx.companyId} and s.territory_id is null
      and s.month between ${firstDay(query.from)}::date and ${firstDay(query.to)}::date
      and (${query.product_group ?? null}::text is null or p.product_group = ${query.product_group ?? null})`.execute(
    ctx.db,
  )
  return rows[0] ?? { amount_fen: 0, line_count: 0 }
}

async function targetsBy(ctx: Ctx, query: AttainmentQuery, key: string): Promise<Map<string, number>> {
  const { rows } = await sql<{ key: string; amount_fen: number }>`
    with ${ABOVE(ctx, query.level)}
    select ${sql.raw(key)} as key, sum(t.amount_fen)::bigint as amount_fen
    from targets t left join above a on a.id = t.territory_id
    where t.company_id = ${ctx.companyId} and t.month between ${firstDay(query.from)}::date and ${firstDay(query.to)}::date
      and (${query.territory_id ?? null}::uuid is null or t.territory_id in (select id from territories_below(${query.territory_id ?? null}::uuid)))
      and (${query.product_group ?? null}::text is null or t.product_group = ${query.product_group ?? null})
    group by 1`.execute(ctx.db)
  return new Map(rows.map((row) => [row.key, row.amount_fen]))
}

async function namesOf(ctx: Ctx, by: Dimension, keys: string[]): Promise<Map<string, string>> {
  const table = {
    territory: 'territories',
    distributor: 'distributors',
    institution: 'institutions',
    product: 'products',
  }[by as 'territory']
  if (table) {
    const name = by === 'product' ? sql`name || ' ' || spec` : sql`name`
    const ids = keys.filter((key) => key !== '')
    const { rows } = await sql<{
      id: string
      name: string
    }>`select id, ${name} as name from ${sql.table(table)}
      where company_id = ${ctx.companyId} and id = any(${ids}::uuid[])`.execute(ctx.db)
    return new Map(rows.map((row) => [row.id, row.name]))
  }
  if (by !== 'product_group') return new Map()
  const label = (await localeOf(ctx)) === 'en' ? 'label_en' : 'label_zh'
  const { rows } = await sql<{
    code: string
    label: string
  }>`select code, ${sql.ref(label)} as label from code_values
    where company_id = ${ctx.companyId} and list = 'product-group'`.execute(ctx.db)
  return new Map(rows.map((row) => [row.code, row.label]))
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
