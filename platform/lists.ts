import { type SelectQueryBuilder, sql } from 'kysely'
import { Refusal } from '#kit/refusal.ts'
import type { Tables, Tx } from './db.ts'

/** Lists count up to this many rows; beyond, `total_capped` says that there are more. */
export const COUNT_CAP = 10_000

/** What is counted; any query will do. */
type Countable = SelectQueryBuilder<never, never, unknown>

/**
 * How a list is counted: up to `cap` rows beyond the page, of another query if its rows are found in a way of their own;
 * `beside` its rows, in the same statement, when that has to find them all anyway; or by `known`, when somebody keeps the
 * number.
 */
export type Counting = { cap: number; of?: Countable } | { beside: true } | { known: () => Promise<number> }

/**
 * Runs one page of a query and counts it up to the cap. `sorts` names the columns that may be sorted by;
 * `tie` (default id) makes the order total.
 */
export async function page<DB extends Tables, TB extends keyof DB, O>(
  tx: Tx,
  query: SelectQueryBuilder<DB, TB, O>,
  list: { page: number; size: number; sort?: string | undefined },
  sorts: Record<string, string>,
  fallback: string,
  tie = 'id',
  counting: Counting = { cap: COUNT_CAP },
): Promise<{ rows: O[]; total: number; total_capped: boolean }> {
  const wanted = list.sort ?? fallback
  const down = wanted.startsWith('-')
  const column = sorts[down ? wanted.slice(1) : wanted]
  if (!column) throw new Refusal('invalid-request', {}, { status: 400, fields: { sort: 'unknown' } })
  const direction = down ? 'desc' : 'asc'
  const before = (list.page - 1) * list.size
  let ordered = query.orderBy(sql.ref(column), direction)
  if (tie !== column) ordered = ordered.orderBy(sql.ref(tie), direction)
  if ('beside' in counting)
    ordered = ordered.select(sql<number>`count(*) over ()::int`.as('rows_in_all') as never)
  const found = (await ordered.limit(list.size).offset(before).execute()) as (O & { rows_in_all?: number })[]
  const all = found[0]?.rows_in_all
  const rows = all === undefined ? found : found.map(({ rows_in_all: _, ...row }) => row as O)
  if (all !== undefined) return { rows, total: all, total_capped: false }
  if (rows.length < list.size && (rows.length > 0 || list.page === 1)) {
    return { rows, total: before + rows.length, total_capped: false }
  }
  if ('known' in counting) return { rows, total: await counting.known(), total_capped: false }
  const { cap: beyond = COUNT_CAP, of = query as unknown as Countable } = 'cap' in counting ? counting : {}
  const cap = beyond < COUNT_CAP ? before + list.size + beyond : COUNT_CAP
  const counted = await sql<{ n: number }>`select count(*)::int as n from (${of
    .clearSelect()
    .select(sql`1`.as('one'))
    .limit(cap + 1)}) counted`.execute(tx)
  const total = counted.rows[0]?.n ?? 0
  return { rows, total: Math.min(total, cap), total_capped: total > cap }
}

/** Text a person typed → a LIKE pattern that finds it anywhere; their % and _ mean themselves. */
export function containing(text: string): string {
  return `%${text
    .trim()
    .toLowerCase()
    .replace(/[\\%_]/g, (mark) => `\\${mark}`)}%`
}
