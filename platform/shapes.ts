import { z } from 'zod'

/** Query of every list: page from 1, at most 200 rows a page, sort 'column' or '-column', free text q. */
export const listQuery = z.strictObject({
  page: z.coerce.number().int().min(1).max(10_000).default(1),
  size: z.coerce.number().int().min(1).max(200).default(50),
  sort: z.string().max(40).optional(),
  q: z.string().max(100).optional(),
})
export type ListQuery = z.output<typeof listQuery>

/** The answer of a list of `row`. */
export function listOf<R extends z.ZodType>(row: R) {
  return z.object({ rows: z.array(row), total: z.number().int(), total_capped: z.boolean() })
}
