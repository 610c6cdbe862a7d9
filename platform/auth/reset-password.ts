import { found, Refusal } from '#kit/refusal.ts'
import { recordAudit } from '../audit/record-audit.ts'
import type { Ctx } from '../ctx.ts'
import type { Ground } from '../server/authenticate.ts'
import { atGate } from './at-gate.ts'
import { hashPassword, newOneTimePassword } from './passwords.ts'
import { refuseIfServesOthers } from './serves-others.ts'
import { endSessions } from './sessions.ts'

/**
 * Gives a person of the company a password for once and returns it: their sessions end, and the next sign-in opens nothing but the
 * change of it. The second factor stays. Refuses people.serves-other-companies: one company's administrator must
 * not come in as a person of another.
 */
export async function resetPassword(ground: Ground, ctx: Ctx, personId: string): Promise<string> {
  if (personId === ctx.personId) throw new Refusal('people.own-password', {}, { status: 403 })
  const password = newOneTimePassword()
  const password_hash = await hashPassword(password)
  await atGate(ground, ctx, async (gate) => {
    found(
      await gate.db
        .selectFrom('memberships as m')
        .where('m.company_id', '=', ctx.companyId)
        .where('m.person_id', '=', personId)
        .select('m.person_id')
        .executeTakeFirst(),
      'person',
    )
    await refuseIfServesOthers(gate, personId)
    await gate.db
      .updateTable('credentials')
      .set({ password_hash, password_set_at: ctx.now, must_change: true })
      .where('person_id', '=', personId)
      .execute()
    await endSessions(gate.db, personId)
    await recordAudit(gate, { deed: 'platform.reset-password', subject: ['platform.person', personId] })
  })
  return password
}
