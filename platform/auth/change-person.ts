import { found, Refusal } from '#kit/refusal.ts'
import { recordAudit } from '../audit/record-audit.ts'
import type { Ctx } from '../ctx.ts'
import type { Ground } from '../server/authenticate.ts'
import { atGate } from './at-gate.ts'
import { refuseWrongPlace } from './people-rules.ts'
import { refuseIfServesOthers } from './serves-others.ts'
import { endSessions } from './sessions.ts'
import type { PersonChange } from './shapes.ts'

/**
 * Changes a person of the company. Name and address are the person's; roles, scope and being disabled are of this
 * company alone. What narrows or widens their rights ends their sessions in the same transaction.
 */
export async function changePerson(
  ground: Ground,
  ctx: Ctx,
  personId: string,
  change: PersonChange,
): Promise<void> {
  await atGate(ground, ctx, async (gate) => {
    // Look.
    const old = found(
      await gate.db
        .selectFrom('memberships as m')
        .innerJoin('people as p', 'p.id', 'm.person_id')
        .where('m.company_id', '=', ctx.companyId)
        .where('m.person_id', '=', personId)
        .select(['p.name', 'p.email', 'm.roles', 'm.scope', 'm.distributor_id', 'm.disabled_at'])
        .forUpdate('m')
        .executeTakeFirst(),
      'person',
    )
    // Decide.
    const { name, email, disabled, ...placeChange } = change
    const movesPlace = Object.keys(placeChange).length > 0 || disabled !== undefined
    if (movesPlace && personId === ctx.personId) throw new Refusal('people.own-roles', {}, { status: 403 })
    const place = { roles: old.roles, scope: old.scope, distributor_id: old.distributor_id, ...placeChange }
    if (place.scope !== 'distributor' && change.distributor_id === undefined) place.distributor_id = null
    await refuseWrongPlace(ctx, place, ground.rolePermissions)
    // Write.
    if (name !== undefined || email !== undefined) {
      await refuseIfServesOthers(gate, personId)
      await gate.db
        .updateTable('people')
        .set({ ...(name !== undefined && { name }), ...(email !== undefined && { email }) })
        .where('id', '=', personId)
        .execute()
    }
    if (movesPlace) {
      const disabled_at = disabled === undefined ? old.disabled_at : disabled ? ctx.now : null
      await gate.db
        .updateTable('memberships')
        .set({ ...place, disabled_at })
        .where('company_id', '=', ctx.companyId)
        .where('person_id', '=', personId)
        .execute()
      await endSessions(gate.db, personId)
    }
    await recordAudit(gate, {
      deed: 'platform.change-person',
      subject: ['platform.person', personId],
      old: { ...old, disabled: old.disabled_at !== null },
      new: change,
    })
  })
}
