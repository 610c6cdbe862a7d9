import { sql } from 'kysely'
import { found } from '#kit/refusal.ts'
import type { Ctx } from '#platform/ctx.ts'

/**
 * The institution an id means today: itself, or the survivor of its merges. `via` holds the ids on the way, the given
 * one first. Refuses 'not-found' for an id that never was.
 */
export async function resolveInstitution(
  ctx: Ctx,
  id: string,
): Promise<{ id: string; code: string; name: string; via: string[] }> {
  const { rows } = await sql<{ id: string; code: string; name: string }>`
    with recursive way as (
      select id, code, name, merged_into, 0 as step from institutions
      where company_id = ${ctx.companyId} and id = ${id}
      union all
      select i.id, i.code, i.name, i.merged_into, way.step + 1
      from way join institutions i on i.company_id = ${ctx.companyId} and i.id = way.merged_into
      where way.step < 50
    )
    select id, code, name from way order by step`.execute(ctx.db)
  const last = found(rows.at(-1), 'institution')
  return { ...last, via: rows.slice(0, -1).map((row) => row.id) }
}
