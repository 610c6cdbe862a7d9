import { type RawBuilder, sql } from 'kysely'
import { z } from 'zod'
import { containing } from '#platform/lists.ts'
import type { listQuery } from '#platform/shapes.ts'
import { folded } from './search-text.ts'

/** One of several values of a filter: 'hospital,clinic' as the address carries it. */
export const manyOf = z
  .string()
  .max(400)
  .optional()
  .transform((text) => text?.split(',').filter((one) => one !== ''))

/** The query of an export: that of the list without its page, and the kind of file. */
export function exportQuery<S extends typeof listQuery>(list: S) {
  return list.omit({ page: true, size: true }).extend({
    format: z.enum(['xlsx', 'csv']).default('xlsx'),
    /** Why personal data must be in the file in full; without it, it is masked. */
    personal_reason: z.string().trim().min(2).max(300).optional(),
  })
}

/** Every word that was typed stands somewhere in the row's search text. */
export function matches(column: string, q: string | undefined): RawBuilder<boolean>[] {
  return folded(q ?? '')
    .split(' ')
    .filter((word) => word !== '')
    .map((word) => sql<boolean>`${sql.ref(column)} like ${containing(word)}`)
}

/** Rows that carry one of these tags. */
export function tagsOf(column: string, tags: readonly string[] | undefined): RawBuilder<boolean>[] {
  return tags?.length ? [sql<boolean>`${sql.ref(column)} && ${[...tags]}::text[]`] : []
}

/** What to order by: 'column' or '-column' out of the columns a list may be sorted by. */
export function orderOf(
  sort: string | undefined,
  sorts: Record<string, string>,
  fallback: string,
): RawBuilder<unknown> {
  const wanted = sort && sorts[sort.replace(/^-/, '')] ? sort : fallback
  const column = sorts[wanted.replace(/^-/, '')] ?? wanted
  return wanted.startsWith('-') ? sql`${sql.ref(column)} desc` : sql`${sql.ref(column)}`
}

/** A moment as ISO text: what JSON would make of it anyway, said in the query so that the row's type is true. */
export function isoMoment(column: string): RawBuilder<string> {
  return sql<string>`to_json(${sql.ref(column)}) #>> '{}'`
}
