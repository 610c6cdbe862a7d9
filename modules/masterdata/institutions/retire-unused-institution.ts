import { sql } from 'kysely'
import type { Ctx } from '#platform/ctx.ts'
import { setState } from '../set-state.ts'

/**
 * Takes an active institution out of use if nothing in master data stands on it: no owner, no campus, nothing merged into
 * it. Returns whether it did. Whoever undoes a creation calls it, after looking at what stands on it elsewhere.
 */
export async function retireUnusedInstitution(ctx: Ctx, id: string): Promise<boolean> {
  const { rows } = await sql<{ version: number }>`select i.version from institutions i
    where i.company_id = ${ctx.companyId} and i.id = ${id} and i.state = 'active'
      and not exists (select 1 from territory_institutions t where t.company_id = i.company_id and t.institution_id = i.id)
      and not exists (select 1 from institutions o where o.company_id = i.company_id and i.id in (o.parent_id, o.merged_into))`.execute(
    ctx.db,
  )
  const [row] = rows
  if (!row) return false
  await setState(
    ctx,
    'institutions',
    id,
    { version: row.version, reason: null },
    { state: 'retired', from: ['active'], deed: 'retire' },
  )
  return true
}
