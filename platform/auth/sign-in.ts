import { sql } from 'kysely'
import { Refusal } from '#kit/refusal.ts'
import type { Db } from '../db.ts'
import { keyIdOf } from '../secrets.ts'
import type { Ground } from '../server/authenticate.ts'
import { hashPassword, isPassword, passwordPrint } from './passwords.ts'
import { hashToken } from './sessions.ts'
import { openTotpSecret, sealTotpSecret, totpStep } from './totp.ts'

const WINDOW_MINUTES = 15
const SLOW_AFTER = 5
const BLOCK_AFTER = 20
const KNOWN_DEVICE_BLOCK_AFTER = 10
/** A password that somebody else has set lets in for this long. */
const ONE_TIME_DAYS = 7
/** One password tried on this many accounts within an hour is an attack on all of them. */
const SPRAY_ACCOUNTS = 20

export interface Attempt {
  login: string
  password: string
  totp?: string | undefined
  /** The device's own cookie, random, kept for a year. */
  device: string
}

let dummyHash: Promise<string> | undefined

/**
 * Checks who wants to come in; returns the person's id. Unknown, wrong, disabled and locked read alike from
 * outside. Failures from devices the person never used do not stop the person on a device they did use.
 */
export async function signIn(
  { gate, secret, keyring }: Pick<Ground, 'gate' | 'secret' | 'keyring'>,
  attempt: Attempt,
  now: Date,
): Promise<string> {
  const login = attempt.login.trim().toLowerCase()
  const print = passwordPrint(secret, attempt.password)
  const person = await gate
    .selectFrom('people as p')
    .innerJoin('credentials as c', 'c.person_id', 'p.id')
    .where('p.login', '=', login)
    .select([
      'p.id',
      'p.disabled_at',
      'c.password_hash',
      sql<boolean>`c.must_change and c.password_set_at < now() - make_interval(days => ${ONE_TIME_DAYS})`.as(
        'too_late',
      ),
      'c.totp_secret',
      'c.totp_confirmed_at',
      'c.totp_last_step',
    ])
    .executeTakeFirst()
  const known = person ? await isKnownDevice(gate, person.id, attempt.device) : false
  // Written down as failed before the earlier ones are counted, and taken back when it was not: a hundred attempts at
  // the same moment are a hundred attempts.
  const tryId = await writeTry(gate, login, attempt.device, known, print)
  try {
    await throttle(gate, tryId, login, attempt.device, known, print)
  } catch (error) {
    await forgetTry(gate, tryId)
    throw error
  }
  // An unknown login costs the same hashing as a known one.
  dummyHash ??= hashPassword('nobody has this password')
  const right = await isPassword(person?.password_hash ?? (await dummyHash), attempt.password)
  if (!person || !right || person.disabled_at || person.too_late) {
    throw new Refusal('auth.wrong-credentials', {}, { status: 401 })
  }
  if (person.totp_confirmed_at) await takeTotp({ gate, keyring }, person, attempt, tryId, now)
  await forgetTry(gate, tryId)
  await gate
    .insertInto('known_devices')
    .values({ person_id: person.id, device_hash: hashToken(attempt.device) })
    .onConflict((conflict) =>
      conflict.columns(['person_id', 'device_hash']).doUpdateSet({ seen_at: sql`now()` }),
    )
    .execute()
  return person.id
}

/** Asks for the second factor and takes the code; without a secret that can be read nobody comes in. */
async function takeTotp(
  { gate, keyring }: Pick<Ground, 'gate' | 'keyring'>,
  person: { id: string; totp_secret: string | null; totp_last_step: number },
  attempt: Attempt,
  tryId: string,
  now: Date,
): Promise<void> {
  if (!attempt.totp) {
    await forgetTry(gate, tryId)
    throw new Refusal('auth.totp-required', {}, { status: 401 })
  }
  const kept = person.totp_secret ?? ''
  const secret = openTotpSecret(keyring, person.id, kept)
  const step = totpStep(secret, attempt.totp, now, person.totp_last_step)
  const used = step === null ? undefined : await takeStep(gate, person.id, step)
  if (!used) {
    // The password was right: it is not one that is tried on many accounts.
    await gate.updateTable('sign_in_failures').set({ password_print: null }).where('id', '=', tryId).execute()
    throw new Refusal('auth.totp-wrong', {}, { status: 401 })
  }
  if (keyIdOf(kept) === keyring.current) return
  // After a key was turned, each secret moves under the new one when it is used.
  await gate
    .updateTable('credentials')
    .set({ totp_secret: sealTotpSecret(keyring, person.id, secret) })
    .where('person_id', '=', person.id)
    .where('totp_secret', '=', kept)
    .execute()
}

/** Two sign-ins with one code race for this row: the second finds the step taken. */
async function takeStep(gate: Db, personId: string, step: number): Promise<boolean> {
  const row = await gate
    .updateTable('credentials')
    .set({ totp_last_step: step })
    .where('person_id', '=', personId)
    .where('totp_last_step', '<', step)
    .returning('person_id')
    .executeTakeFirst()
  return row !== undefined
}

async function isKnownDevice(gate: Db, personId: string, device: string): Promise<boolean> {
  const row = await gate
    .selectFrom('known_devices')
    .where('person_id', '=', personId)
    .where('device_hash', '=', hashToken(device))
    .select('person_id')
    .executeTakeFirst()
  return row !== undefined
}

async function throttle(
  gate: Db,
  tryId: string,
  login: string,
  device: string,
  known: boolean,
  print: Buffer,
): Promise<void> {
  const since = sql<Date>`now() - make_interval(mins => ${WINDOW_MINUTES})`
  const base = gate
    .selectFrom('sign_in_failures')
    .where('login', '=', login)
    .where('failed_at', '>', since)
    .where('id', '<', tryId)
  const budget = known
    ? base.where('device', '=', `known ${device}`)
    : base.where('device', 'not like', 'known %')
  const { n } = await budget.select(sql<number>`count(*)::int`.as('n')).executeTakeFirstOrThrow()
  if (n >= (known ? KNOWN_DEVICE_BLOCK_AFTER : BLOCK_AFTER)) {
    throw new Refusal('auth.too-many', { minutes: WINDOW_MINUTES }, { status: 429 })
  }
  const spray = await gate
    .selectFrom('sign_in_failures')
    .where('password_print', '=', print)
    .where('id', '<', tryId)
    .where('failed_at', '>', sql<Date>`now() - interval '1 hour'`)
    .select(sql<number>`count(distinct login)::int`.as('n'))
    .executeTakeFirstOrThrow()
  if (!known && spray.n >= SPRAY_ACCOUNTS) {
    throw new Refusal('auth.too-many', { minutes: 60 }, { status: 429 })
  }
  if (!known && n >= SLOW_AFTER) {
    await new Promise((resolve) => setTimeout(resolve, Math.min(3000, (n - 4) * 300)))
  }
}

async function writeTry(
  gate: Db,
  login: string,
  device: string,
  known: boolean,
  print: Buffer,
): Promise<string> {
  const row = await gate
    .insertInto('sign_in_failures')
    .values({ login: login.slice(0, 120), device: known ? `known ${device}` : device, password_print: print })
    .returning('id')
    .executeTakeFirstOrThrow()
  return row.id
}

async function forgetTry(gate: Db, id: string): Promise<void> {
  await gate.deleteFrom('sign_in_failures').where('id', '=', id).execute()
}
