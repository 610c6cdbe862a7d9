import { type SelectQueryBuilder, sql } from 'kysely'
import type { z } from 'zod'
import { normaliseInstitutionName } from '#engines/matching/public.ts'
import { firstDay } from '#kit/period.ts'
import type { Ctx } from '#platform/ctx.ts'
import type { Tables } from '#platform/db.ts'
import { type Counting, containing } from '#platform/lists.ts'
import type { lineQuery } from './shapes.ts'

export type LineQuery = z.output<typeof lineQuery>
export type Lines = SelectQueryBuilder<Tables & { l: Tables['flow_lines'] }, 'l', object>

/**
 * The lines that the filters leave, as far as the reader sees. Row-level security alone would do for that, but it tells
 * the planner nothing: the reader's own distributor and territories are said again as filters, which indexes serve.
 */
export async function narrowed(ctx: Ctx, query: LineQuery): Promise<Lines> {
  let lines = ofMonths(ctx, query)
  if (query.state) lines = lines.where('l.state', '=', query.state)
  if (query.issue) lines = lines.where(sql<boolean>`l.issues <> '{}' and ${query.issue} = any (l.issues)`)
  for (const column of [...FEW, 'product_id', 'distributor_id'] as const) {
    const value = query[column]
    if (value) lines = lines.where(`l.${column}`, '=', value)
  }
  if (ctx.scope.kind === 'distributor') lines = lines.where('l.distributor_id', '=', ctx.scope.distributorId)
  for (const ids of await territoriesAsked(ctx, query)) lines = lines.where(oneOf('l.territory_id', ids))
  if (query.owned) lines = lines.where('l.territory_id', query.owned === 'yes' ? 'is not' : 'is', null)
  if (query.product_group) {
    const products = ctx.db.selectFrom('products').where('company_id', '=', ctx.companyId)
    const rows = await products.where('product_group', '=', query.product_group).select('id').execute()
    lines = lines.where(
      oneOf(
        'l.product_id',
        rows.map((row) => row.id),
      ),
    )
  }
  if (query.q) lines = lines.where(await saying(ctx, query, query.q))
  return isFew(query) ? apart(ctx, lines) : lines
}

function ofMonths(ctx: Ctx, query: LineQuery): Lines {
  let lines = ctx.db
    .selectFrom('flow_lines as l')
    .where('l.company_id', '=', ctx.companyId) as unknown as Lines
  if (query.month) lines = lines.where('l.month', '=', firstDay(query.month))
  if (query.from) lines = lines.where('l.month', '>=', firstDay(query.from))
  if (query.to) lines = lines.where('l.month', '<=', firstDay(query.to))
  return lines
}

/** The territories a line must be of: the reader's own, and the wanted one with all below it. */
async function territoriesAsked(ctx: Ctx, query: LineQuery): Promise<(readonly string[])[]> {
  const asked: (readonly string[])[] = ctx.scope.kind === 'territory' ? [ctx.scope.territoryIds] : []
  if (!query.territory_id) return asked
  const below = await sql<{ id: string }>`select id from territories_below(${query.territory_id})`.execute(
    ctx.db,
  )
  return [...asked, below.rows.map((row) => row.id)]
}

/**
 * The newest lines of several territories, when nothing else is asked: the newest of each, and of these the newest. The
 * planner would walk the whole month, and the lines of a province lie together. Null when something else is asked.
 */
export async function newestOfTerritories(ctx: Ctx, query: LineQuery): Promise<Lines | null> {
  const { page, size, sort, month: _month, from: _from, to: _to, territory_id: _territory, ...rest } = query
  if ((sort && sort !== '-id') || Object.values(rest).some((value) => value !== undefined)) return null
  const asked = await territoriesAsked(ctx, query)
  const ids = asked.reduce((all, some) => all.filter((id) => some.includes(id)), asked[0] ?? [])
  if (ctx.scope.kind === 'distributor' || ids.length < 2 || ids.length > MANY_IDS) return null
  const newest = ofMonths(ctx, query)
    .where('l.territory_id', '=', sql<string>`t.id`)
    .select(['l.month', 'l.id'])
    .orderBy('l.id', 'desc')
    .limit(page * size)
  return ctx.db.selectFrom(
    sql<{ month: string; id: string }>`(select l.month, l.id from unnest(${ids as string[]}::uuid[]) t(id)
      cross join lateral ${newest} l)`.as('l'),
  ) as unknown as Lines
}

/** More ids than this are not weighed one by one: the planner would spend longer on them than the query. */
const MANY_IDS = 100

/** The planner knows how many lines a few known ids have; of a sub-select it guesses. One id alone keeps an index's order. */
function oneOf(column: string, ids: readonly string[]) {
  if (ids.length === 1) return sql<boolean>`${sql.ref(column)} = ${ids[0]}`
  return ids.length > MANY_IDS
    ? sql<boolean>`${sql.ref(column)} in (select unnest(${ids as string[]}::uuid[]))`
    : sql<boolean>`${sql.ref(column)} = any(${ids as string[]}::uuid[])`
}

/**
 * Lines with just this document or lot number; of a text that is none, lines whose customer is called so, as the distributor
 * or as we write it.
 */
async function saying(ctx: Ctx, query: LineQuery, q: string) {
  const isNumber = sql<boolean>`(l.doc_no = ${q.trim()} or l.lot = ${q.trim()})`
  if (/^[\x20-\x7e]*\d[\x20-\x7e]*$/.test(q) && (await isThere(ctx, ofMonths(ctx, query).where(isNumber))))
    return isNumber
  const own =
    ctx.scope.kind === 'distributor' ? sql`and n.distributor_id = ${ctx.scope.distributorId}` : sql``
  const names = sql`select n.id from flow_names n where n.company_id = ${ctx.companyId} and n.kind = 'customer' ${own}
    and n.normal_text like ${containing(normaliseInstitutionName(q))}`
  const institutions = sql`select i.id from institutions i where i.company_id = ${ctx.companyId}
    and i.search_text like ${containing(q)}`
  const few = sql`limit ${MANY_IDS + 1}`
  const { rows } = await sql<
    Record<'names' | 'institutions', string[]>
  >`select array(${names} ${few}) as names,
    array(${institutions} ${few}) as institutions`.execute(ctx.db)
  // Many ids would be a long way from the database and back.
  const anyOf = (column: string, ids: string[] = [], all: ReturnType<typeof sql>) =>
    ids.length > MANY_IDS ? sql<boolean>`${sql.ref(column)} in (${all})` : oneOf(column, ids)
  return sql<boolean>`(${anyOf('l.customer_name_id', rows[0]?.names, names)}
    or ${anyOf('l.institution_id', rows[0]?.institutions, institutions)}
    or ${isNumber})`
}

/** Planned as if all were wanted, by the index; the planner takes one of many to be near. */
async function isThere(ctx: Ctx, lines: Lines): Promise<boolean> {
  const { rows } = await sql<{ found: boolean }>`with those as materialized (${lines.select('l.id')})
    select exists (select from those) as found`.execute(ctx.db)
  return rows[0]?.found ?? false
}

const FEW = ['batch_id', 'institution_id', 'customer_name_id', 'product_name_id'] as const

/** Does the list hold few lines, a few thousand at most? */
export function isFew(query: LineQuery): boolean {
  return FEW.some((column) => query[column])
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

/** Lines beyond the page that are counted: every one of them has to be looked at. */
const LINES_COUNTED = 1000

/** Few lines are counted while they are found; of whole months and distributors their batches know the number. */
export function countingOf(ctx: Ctx, query: LineQuery, lines: Lines): Counting {
  if (isFew(query)) return { beside: true }
  const { page: _page, size: _size, sort: _sort, month: _month, from: _from, to: _to, ...rest } = query
  const { distributor_id: _distributor, ...others } = rest
  const whole = Object.values(others).every((value) => value === undefined) && ctx.scope.kind !== 'territory'
  if (whole) return { known: () => countByBatches(ctx, query) }
  return { cap: LINES_COUNTED, of: lines as never }
}

async function countByBatches(ctx: Ctx, query: LineQuery): Promise<number> {
  let batches = ctx.db
    .selectFrom('flow_batches')
    .where('company_id', '=', ctx.companyId)
    .where('state', '!=', 'discarded')
  if (query.month) batches = batches.where('month', '=', firstDay(query.month))
  if (query.from) batches = batches.where('month', '>=', firstDay(query.from))
  if (query.to) batches = batches.where('month', '<=', firstDay(query.to))
  if (query.distributor_id) batches = batches.where('distributor_id', '=', query.distributor_id)
  const counted = await batches
    .select(sql<number>`coalesce(sum(line_count), 0)::int`.as('n'))
    .executeTakeFirstOrThrow()
  return counted.n
}
