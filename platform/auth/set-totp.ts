import { found, Refusal } from '#kit/refusal.ts'
import { recordAudit } from '../audit/record-audit.ts'
import type { Ctx } from '../ctx.ts'
import type { Ground } from '../server/authenticate.ts'
import { atGate } from './at-gate.ts'
import { countTries } from './count-tries.ts'
import { newTotpSecret, openTotpSecret, sealTotpSecret, totpStep, totpUri } from './totp.ts'

/** Begins the second factor: a new secret that counts once a code of it was shown. Refuses auth.totp-on. */
export async function beginTotp(ground: Ground, personId: string): Promise<{ secret: string; uri: string }> {
  const { login } = await credentialsOf(ground, personId)
  const secret = newTotpSecret()
  const set = await ground.gate
    .updateTable('credentials')
    .set({ totp_secret: sealTotpSecret(ground.keyring, personId, secret) })
    .where('person_id', '=', personId)
    .where('totp_confirmed_at', 'is', null)
    .returning('person_id')
    .executeTakeFirst()
  if (!set) throw new Refusal('auth.totp-on', {}, { status: 409 })
  return { secret, uri: totpUri(secret, login) }
}

/** Shows that the authenticator has the secret; from now on every sign-in asks for a code. */
export async function confirmTotp(ground: Ground, ctx: Ctx, personId: string, code: string): Promise<void> {
  const { totp_secret, totp_confirmed_at } = await credentialsOf(ground, personId)
  if (totp_confirmed_at) throw new Refusal('auth.totp-on', {}, { status: 409 })
  if (!totp_secret) throw new Refusal('auth.totp-not-begun', {}, { status: 409 })
  const step = await takeCode(ground, ctx, personId, code)
  await atGate(ground, ctx, async (gate) => {
    await gate.db
      .updateTable('credentials')
      .set({ totp_confirmed_at: ctx.now, totp_last_step: step })
      .where('person_id', '=', personId)
      .execute()
    await recordAudit(gate, { deed: 'platform.confirm-totp', subject: ['platform.person', personId] })
  })
}

/** Takes the second factor away; asks for a code of it. */
export async function removeTotp(ground: Ground, ctx: Ctx, personId: string, code: string): Promise<void> {
  const { totp_confirmed_at } = await credentialsOf(ground, personId)
  if (!totp_confirmed_at) throw new Refusal('auth.totp-off', {}, { status: 409 })
  const step = await takeCode(ground, ctx, personId, code)
  await atGate(ground, ctx, async (gate) => {
    await gate.db
      .updateTable('credentials')
      .set({ totp_secret: null, totp_confirmed_at: null, totp_last_step: step })
      .where('person_id', '=', personId)
      .execute()
    await recordAudit(gate, { deed: 'platform.remove-totp', subject: ['platform.person', personId] })
  })
}

async function takeCode(ground: Ground, ctx: Ctx, personId: string, code: string): Promise<number> {
  const { login, totp_secret, totp_last_step } = await credentialsOf(ground, personId)
  const secret = openTotpSecret(ground.keyring, personId, totp_secret ?? '')
  const step = totpStep(secret, code, ctx.now, totp_last_step)
  await countTries(
    ground.gate,
    login,
    'totp',
    async () => step !== null,
    () => new Refusal('auth.totp-wrong', {}, { fields: { code: 'wrong' } }),
  )
  return step ?? 0
}

async function credentialsOf(ground: Ground, personId: string) {
  return found(
    await ground.gate
      .selectFrom('people as p')
      .innerJoin('credentials as c', 'c.person_id', 'p.id')
      .where('p.id', '=', personId)
      .select(['p.login', 'c.totp_secret', 'c.totp_confirmed_at', 'c.totp_last_step'])
      .executeTakeFirst(),
    'person',
  )
}
