import { found, Refusal } from '#kit/refusal.ts'
import { recordAudit } from '../audit/record-audit.ts'
import type { Ctx } from '../ctx.ts'
import type { Ground } from '../server/authenticate.ts'
import { atGate } from './at-gate.ts'
import { refuseIfServesOthers } from './serves-others.ts'
import { endSessions } from './sessions.ts'

/**
 * Takes the second factor of a person of the company away, for one whose phone is lost: their sessions end and the password
 * alone lets them in. Refuses people.own-totp, auth.totp-off, people.serves-other-companies.
 */
export async function resetTotp(ground: Ground, ctx: Ctx, personId: string): Promise<void> {
  if (personId === ctx.personId) throw new Refusal('people.own-totp', {}, { status: 403 })
  await atGate(ground, ctx, async (gate) => {
    const person = found(
      await gate.db
        .selectFrom('memberships as m')
        .innerJoin('credentials as c', 'c.person_id', 'm.person_id')
        .where('m.company_id', '=', ctx.companyId)
        .where('m.person_id', '=', personId)
        .select('c.totp_secret')
        .forUpdate('c')
        .executeTakeFirst(),
      'person',
    )
    if (person.totp_secret === null) throw new Refusal('auth.totp-off', {}, { status: 409 })
    await refuseIfServesOthers(gate, personId)
    await gate.db
      .updateTable('credentials')
      .set({ totp_secret: null, totp_confirmed_at: null })
      .where('person_id', '=', personId)
      .execute()
    await endSessions(gate.db, personId)
    await recordAudit(gate, { deed: 'platform.reset-totp', subject: ['platform.person', personId] })
  })
}
