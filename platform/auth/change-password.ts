import { Refusal } from '#kit/refusal.ts'
import { recordAudit } from '../audit/record-audit.ts'
import type { Ctx } from '../ctx.ts'
import type { Ground } from '../server/authenticate.ts'
import { atGate } from './at-gate.ts'
import { confirmPassword } from './confirm-password.ts'
import { checkNewPassword, hashPassword } from './passwords.ts'
import { endSessions } from './sessions.ts'

/** A person gives themselves a new password; all their other sessions end. */
export async function changePassword(
  ground: Ground,
  ctx: Ctx,
  personId: string,
  input: { current: string; next: string },
): Promise<void> {
  const login = await confirmPassword(ground.gate, personId, input.current, 'current')
  if (input.next === input.current) {
    throw new Refusal('auth.same-password', {}, { fields: { next: 'same' } })
  }
  checkNewPassword(ground.config.passwordProfile, input.next, login)
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
