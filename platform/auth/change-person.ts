import { isDeepStrictEqual } from 'node:util'
import { found, Refusal } from '#kit/refusal.ts'
import { recordAudit } from '../audit/record-audit.ts'
import type { Ctx } from '../ctx.ts'
import type { Ground } from '../server/authenticate.ts'
import { atGate } from './at-gate.ts'
import { placeOf, refuseWrongPlace } from './people-rules.ts'
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
    // Decide. A form sends what did not change as well; only what did counts.
    const oldPlace = placeOf(old)
    const place = placeOf({ ...oldPlace, ...defined(change, ['roles', 'scope', 'distributor_id']) })
    const self = { name: old.name, email: old.email, ...defined(change, ['name', 'email']) }
    const wasDisabled = old.disabled_at !== null
    const disabled = change.disabled ?? wasDisabled
    const moves = !isDeepStrictEqual(place, oldPlace) || disabled !== wasDisabled
    const renamed = self.name !== old.name || self.email !== old.email
    if (moves && personId === ctx.personId) throw new Refusal('people.own-roles', {}, { status: 403 })
    await refuseWrongPlace(ctx, place, ground.rolePermissions)
    // Write.
    if (renamed) {
      await refuseIfServesOthers(gate, personId)
      await gate.db.updateTable('people').set(self).where('id', '=', personId).execute()
    }
    if (moves) {
      await gate.db
        .updateTable('memberships')
        .set({ ...place, disabled_at: disabled ? (old.disabled_at ?? ctx.now) : null })
        .where('company_id', '=', ctx.companyId)
        .where('person_id', '=', personId)
        .execute()
      await endSessions(gate.db, personId)
    }
    if (!moves && !renamed) return
    await recordAudit(gate, {
      deed: 'platform.change-person',
      subject: ['platform.person', personId],
      old: { name: old.name, email: old.email, ...oldPlace, disabled: wasDisabled },
      new: { ...self, ...place, disabled },
    })
  })
}

/** The named fields that were sent. */
function defined<K extends keyof PersonChange>(change: PersonChange, names: readonly K[]) {
  const sent = names.filter((name) => change[name] !== undefined).map((name) => [name, change[name]])
  return Object.fromEntries(sent) as { [N in K]?: NonNullable<PersonChange[N]> }
}
