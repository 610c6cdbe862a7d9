import { Refusal } from '#kit/refusal.ts'
import { recordAudit } from '../audit/record-audit.ts'
import type { Ctx } from '../ctx.ts'
import type { Ground } from '../server/authenticate.ts'
import { atGate } from './at-gate.ts'
import { hashPassword, newOneTimePassword } from './passwords.ts'
import { placeOf, refuseWrongPlace } from './people-rules.ts'
import type { PersonInput } from './shapes.ts'

/**
 * Gives a person a place in the company. A login that exists already (the person serves another company) keeps its
 * name, address and password; a new one gets a password for once, which is shown now and never again.
 */
export async function addPerson(
  ground: Ground,
  ctx: Ctx,
  input: PersonInput,
): Promise<{ person_id: string; one_time_password: string | null }> {
  const place = placeOf(input)
  await refuseWrongPlace(ctx, place, ground.rolePermissions)
  const password = newOneTimePassword()
  const password_hash = await hashPassword(password)
  return atGate(ground, ctx, async (gate) => {
    const fresh = await gate.db
      .insertInto('people')
      .values({ login: input.login, name: input.name, email: input.email })
      .onConflict((conflict) => conflict.column('login').doNothing())
      .returning('id')
      .executeTakeFirst()
    if (fresh) {
      await gate.db
        .insertInto('credentials')
        .values({ person_id: fresh.id, password_hash, must_change: true })
        .execute()
    }
    const person =
      fresh ??
      (await gate.db
        .selectFrom('people')
        .where('login', '=', input.login)
        .select('id')
        .executeTakeFirstOrThrow())
    const member = await gate.db
      .insertInto('memberships')
      .values({ company_id: ctx.companyId, person_id: person.id, ...place })
      .onConflict((conflict) => conflict.columns(['company_id', 'person_id']).doNothing())
      .returning('person_id')
      .executeTakeFirst()
    if (!member) throw new Refusal('people.already-here', { login: input.login }, { status: 409 })
    await recordAudit(gate, {
      deed: 'platform.add-person',
      subject: ['platform.person', person.id],
      new: { login: input.login, ...place },
    })
    return { person_id: person.id, one_time_password: fresh ? password : null }
  })
}
