import { found, Refusal } from '#kit/refusal.ts'
import { recordAudit } from '../audit/record-audit.ts'
import type { Ctx } from '../ctx.ts'
import type { Ground } from '../server/authenticate.ts'
import { atGate } from './at-gate.ts'
import { countTries } from './count-tries.ts'
import { checkNewPassword, hashPassword, isPassword } from './passwords.ts'
import { endSessions } from './sessions.ts'

/** A person gives themselves a new password; all their other sessions end. */
export async function changePassword(
  ground: Ground,
  ctx: Ctx,
  personId: string,
  input: { current: string; next: string },
): Promise<void> {
  const person = found(
    await ground.gate
      .selectFrom('people as p')
      .innerJoin('credentials as c', 'c.person_id', 'p.id')
      .where('p.id', '=', personId)
      .select(['p.login', 'c.password_hash'])
      .executeTakeFirst(),
    'person',
  )
  await countTries(
    ground.gate,
    person.login,
    'password',
    () => isPassword(person.password_hash, input.current),
    () => new Refusal('auth.wrong-password', {}, { fields: { current: 'wrong' } }),
  )
  if (input.next === input.current) {
    throw new Refusal('auth.same-password', {}, { fields: { next: 'same' } })
  }
  checkNewPassword(ground.config.passwordProfile, input.next, person.login)
  const password_hash = await hashPassword(input.next)
  await atGate(ground, ctx, async (gate) => {
    await gate.db
      .updateTable('credentials')
      .set({ password_hash, password_set_at: ctx.now, must_change: false })
      .where('person_id', '=', personId)
      .execute()
    await endSessions(gate.db, personId, ctx.session)
    await recordAudit(gate, { deed: 'platform.change-password', subject: ['platform.person', personId] })
  })
}
