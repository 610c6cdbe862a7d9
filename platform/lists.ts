import { type SelectQueryBuilder, sql } from 'kysely'
import { Refusal } from '#kit/refusal.ts'
import type { Tables, Tx } from './db.ts'

/** Lists count up to this many rows; beyond, `total_capped` says that there are more. */
export const COUNT_CAP = 10_000

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
): Promise<{ rows: O[]; total: number; total_capped: boolean }> {
  const wanted = list.sort ?? fallback
  const down = wanted.startsWith('-')
  const column = sorts[down ? wanted.slice(1) : wanted]
  if (!column) throw new Refusal('invalid-request', {}, { status: 400, fields: { sort: 'unknown' } })
  const direction = down ? 'desc' : 'asc'
  const rows = await query
    .orderBy(sql.ref(column), direction)
    .orderBy(sql.ref(tie), direction)
    .limit(list.size)
    .offset((list.page - 1) * list.size)
    .execute()
  if (rows.length < list.size && (rows.length > 0 || list.page === 1)) {
    return { rows, total: (list.page - 1) * list.size + rows.length, total_capped: false }
  }
  const counted = await sql<{ n: number }>`select count(*)::int as n from (${query
    .clearSelect()
    .select(sql`1`.as('one'))
    .limit(COUNT_CAP + 1)}) counted`.execute(tx)
  const total = counted.rows[0]?.n ?? 0
  return { rows, total: Math.min(total, COUNT_CAP), total_capped: total > COUNT_CAP }
}

/** Text a person typed → a LIKE pattern that finds it anywhere; their % and _ mean themselves. */
export function containing(text: string): string {
  return `%${text
    .trim()
    .toLowerCase()
    .replace(/[\\%_]/g, (mark) => `\\${mark}`)}%`
}
