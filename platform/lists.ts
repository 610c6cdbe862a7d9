import { type SelectQueryBuilder, sql } from 'kysely'
import { z } from 'zod'
import { Refusal } from '#kit/refusal.ts'
import type { Tables, Tx } from './db.ts'

/** Query of every list: page from 1, at most 200 rows a page, sort 'column' or '-column', free text q. */
export const listQuery = z.strictObject({
  page: z.coerce.number().int().min(1).max(10_000).default(1),
  size: z.coerce.number().int().min(1).max(200).default(50),
  sort: z.string().max(40).optional(),
  q: z.string().max(100).optional(),
})
export type ListQuery = z.output<typeof listQuery>

/** Lists count up to this many rows; beyond, `total_capped` says that there are more. */
export const COUNT_CAP = 10_000

/** The answer of a list of `row`. */
export function listOf<R extends z.ZodType>(row: R) {
  return z.object({ rows: z.array(row), total: z.number().int(), total_capped: z.boolean() })
}

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
