import { type RawBuilder, sql } from 'kysely'
import { addMonths, firstDay } from '#kit/period.ts'
import type { Ctx } from '#platform/ctx.ts'
import type { AttainmentQuery, Dimension } from './shapes.ts'

// Where the report's figures come from. All of it is SQL that `attainment.ts` puts together to one statement.

/** What a row of the report stands for: its key out of a sale (s) or a target (t), the same twelve months later for months. */
export const KEYS: Record<Dimension, { sale: string; target: string | null }> = {
  // null where a territory has none above it of the level asked for
  territory: { sale: 'a.top_id', target: 'a.top_id' },
  product_group: { sale: "nullif(p.product_group, '')", target: 't.product_group' },
  month: { sale: 'v.shown', target: 't.month' },
  product: { sale: 's.product_id', target: null },
  distributor: { sale: 's.distributor_id', target: null },
  institution: { sale: 's.institution_id', target: null },
}

/** Locked versions of the months that the reader may see: of the period, and of the same months a year before. */
export function visibleVersions(ctx: Ctx, query: AttainmentQuery): RawBuilder<unknown> {
  const states = ctx.scope.kind === 'company' ? ['locked', 'released'] : ['released']
  const months = (from: string, to: string) => sql`from flow_months m where m.company_id = ${ctx.companyId}
    and m.month between ${firstDay(from)}::date and ${firstDay(to)}::date and m.state = any(${states}::text[])`
  return sql`visible as (
    select m.month, m.version_no, true as is_now, m.month as shown ${months(query.from, query.to)}
    union all select m.month, m.version_no, false, (m.month + interval '1 year')::date
      ${months(addMonths(query.from, -12), addMonths(query.to, -12))})`
}

/** Every territory with the one above it (or itself) that the report is by. */
export function territoriesAbove(ctx: Ctx, level: string): RawBuilder<unknown> {
  return sql`above as (
    with recursive up as (
      select t.id, t.id as top_id, t.level, t.parent_id from territories t where t.company_id = ${ctx.companyId}
      union all
      select up.id, t.id, t.level, t.parent_id from up
        join territories t on t.company_id = ${ctx.companyId} and t.id = up.parent_id where up.level <> ${level}
    ) select id, top_id from up where level = ${level})`
}

/**
 * Sales by key with those of last year beside them: the smallest totals that know the key. Totals by institution or distributor know the
 * product groups of the lock; a group that was changed since then is looked up product by product.
 */
export async function salesOf(ctx: Ctx, query: AttainmentQuery): Promise<RawBuilder<unknown>> {
  const totals = await totalsFor(ctx, query)
  const byGroup = query.by === 'product_group' || (query.product_group && !knowsGroups(totals))
  return sql`select ${sql.raw(KEYS[query.by].sale)} as key,
      sum(s.amount_fen) filter (where v.is_now)::bigint as amount_fen,
      sum(s.line_count) filter (where v.is_now)::int as line_count,
      ${query.by === 'product' ? sql`sum(s.base_qty) filter (where v.is_now)` : sql`null::numeric`} as base_qty,
      sum(s.amount_fen) filter (where not v.is_now)::bigint as last_year_fen
    from visible v join ${sql.table(totals)} s on s.company_id = ${ctx.companyId} and s.month = v.month
      and s.version_no = v.version_no
    ${byGroup ? sql`left join products p on p.company_id = s.company_id and p.id = s.product_id` : sql``}
    ${query.by === 'territory' ? sql`left join above a on a.id = s.territory_id` : sql``}
    where s.territory_id is not null ${ofTerritories(ctx, query, 's')} ${ofGroup(query, totals)}
    group by 1`
}

/** Sales of the period that no territory owns. */
export function unownedOf(ctx: Ctx, query: AttainmentQuery): RawBuilder<unknown> {
  const totals = ctx.scope.kind === 'distributor' ? 'flow_totals' : 'flow_territory_totals'
  return sql`select coalesce(sum(s.amount_fen), 0)::bigint as amount_fen, coalesce(sum(s.line_count), 0)::int as line_count
    from visible v join ${sql.table(totals)} s on s.company_id = ${ctx.companyId} and s.month = v.month
      and s.version_no = v.version_no
    ${query.product_group ? sql`join products p on p.company_id = s.company_id and p.id = s.product_id` : sql``}
    where v.is_now and s.territory_id is null ${ofGroup(query, totals)}`
}

export function targetsOf(ctx: Ctx, query: AttainmentQuery, key: string): RawBuilder<unknown> {
  return sql`select ${sql.raw(key)} as key, sum(t.amount_fen)::bigint as target_fen
    from targets t ${query.by === 'territory' ? sql`left join above a on a.id = t.territory_id` : sql``}
    where t.company_id = ${ctx.companyId}
      and t.month between ${firstDay(query.from)}::date and ${firstDay(query.to)}::date
      ${ofTerritories(ctx, query, 't')} ${query.product_group ? sql`and t.product_group = ${query.product_group}` : sql``}
    group by 1`
}

async function totalsFor(ctx: Ctx, query: AttainmentQuery): Promise<string> {
  if (ctx.scope.kind === 'distributor') return 'flow_totals'
  if (query.by !== 'institution' && query.by !== 'distributor') return 'flow_territory_totals'
  return query.product_group && (await isRegrouped(ctx, query)) ? 'flow_totals' : `flow_${query.by}_totals`
}

/** Has a product of these versions another group now than at their lock? */
async function isRegrouped(ctx: Ctx, query: AttainmentQuery): Promise<boolean> {
  const { rows } = await sql<{ regrouped: boolean }>`with ${visibleVersions(ctx, query)}
    select exists (select from visible v join flow_version_groups g on g.company_id = ${ctx.companyId}
      and g.month = v.month and g.version_no = v.version_no
      join products p on p.company_id = g.company_id and p.id = g.product_id
      where g.product_group <> coalesce(p.product_group, '')) as regrouped`.execute(ctx.db)
  return rows[0]?.regrouped ?? false
}

const knowsGroups = (totals: string) =>
  ['flow_institution_totals', 'flow_distributor_totals'].includes(totals)

function ofGroup(query: AttainmentQuery, totals: string): RawBuilder<unknown> {
  if (knowsGroups(totals))
    return query.product_group
      ? sql`and s.product_group = ${query.product_group}`
      : sql`and s.product_group is null`
  return query.product_group ? sql`and p.product_group = ${query.product_group}` : sql``
}

/** The wanted territory with all below it; the reader's own are said again, for indexes do not hear row-level security. */
function ofTerritories(ctx: Ctx, query: AttainmentQuery, table: 's' | 't'): RawBuilder<unknown> {
  const column = sql.ref(`${table}.territory_id`)
  const own =
    ctx.scope.kind === 'territory'
      ? sql`and ${column} = any(${ctx.scope.territoryIds as string[]}::uuid[])`
      : sql``
  const wanted = query.territory_id
    ? sql`and ${column} in (select id from territories_below(${query.territory_id}))`
    : sql``
  return sql`${own} ${wanted}`
}
