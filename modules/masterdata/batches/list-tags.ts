import { sql } from 'kysely'
import type { Ctx } from '#platform/ctx.ts'
import { tableOf } from '../row-rules.ts'
import type { ClassifiableKind } from './shapes.ts'

const SHOWN = 200

/** The tags that rows of a kind carry, most used first. */
export async function listTags(
  ctx: Ctx,
  kind: ClassifiableKind,
): Promise<{ value: string; count: number }[]> {
  const { rows } = await sql<{ value: string; count: number }>`
    select tag as value, count(*)::int as count
    from ${sql.table(tableOf(kind))} t cross join lateral unnest(t.tags) tag
    where t.company_id = ${ctx.companyId} group by tag order by 2 desc, 1 limit ${SHOWN}`.execute(ctx.db)
  return rows
}
