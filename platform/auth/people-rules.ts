import { sql } from 'kysely'
import { notFound, Refusal } from '#kit/refusal.ts'
import type { Ctx } from '../ctx.ts'
import type { RolePermissions } from './sessions.ts'

/** Who runs the system, who guards the ways in and who watches over both are three people. */
const NEVER_TOGETHER = ['platform.manage-people', 'platform.manage-access', 'platform.read-audit']

export interface Place {
  roles: string[]
  scope: 'company' | 'distributor' | 'territory'
  distributor_id: string | null
}

/** Only people of a distributor have one. */
export function placeOf({ roles, scope, distributor_id }: Place): Place {
  return { roles, scope, distributor_id: scope === 'distributor' ? distributor_id : null }
}

/**
 * Refuses a place in a company that does not fit: people.unknown-role, people.two-admins, people.needs-distributor,
 * not-found for a distributor of somebody else.
 */
export async function refuseWrongPlace(
  ctx: Ctx,
  place: Place,
  rolePermissions: RolePermissions,
): Promise<void> {
  const unknown = place.roles.find((role) => !Object.hasOwn(rolePermissions, role))
  if (unknown) throw new Refusal('people.unknown-role', { role: unknown }, { fields: { roles: 'unknown' } })
  const permissions = new Set(place.roles.flatMap((role) => rolePermissions[role] ?? []))
  if (NEVER_TOGETHER.filter((one) => permissions.has(one)).length > 1) {
    throw new Refusal('people.two-admins', {}, { fields: { roles: 'two-admins' } })
  }
  if (place.scope === 'distributor' && place.distributor_id === null) {
    throw new Refusal('people.needs-distributor', {}, { fields: { distributor_id: 'required' } })
  }
  if (place.distributor_id) {
    const known = await sql`select from distributors
      where company_id = ${ctx.companyId} and id = ${place.distributor_id}`.execute(ctx.db)
    if (known.rows.length === 0) throw notFound('distributor')
  }
}
