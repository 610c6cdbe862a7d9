import { sql } from 'kysely'
import { found, Refusal } from '#kit/refusal.ts'
import type { Db } from '../db.ts'
import { countTries } from './count-tries.ts'
import { isPassword } from './passwords.ts'

/**
 * Whether the password of this session was given within the last minutes: at sign-in, or since. A screen left open or a
 * stolen cookie does not have it.
 */
export async function isFresh(gate: Db, session: Buffer, minutes: number): Promise<boolean> {
  const row = await gate
    .selectFrom('sessions')
    .where('token_hash', '=', session)
    .where('confirmed_at', '>', sql<Date>`now() - make_interval(mins => ${minutes})`)
    .select('token_hash')
    .executeTakeFirst()
  return row !== undefined
}

/**
 * Checks the password of a person who is signed in, and returns their login. Refuses auth.wrong-password, told at the
 * field it was typed in, and auth.too-many after five.
 */
export async function confirmPassword(
  gate: Db,
  personId: string,
  password: string,
  field = 'password',
): Promise<string> {
  const person = found(
    await gate
      .selectFrom('people as p')
      .innerJoin('credentials as c', 'c.person_id', 'p.id')
      .where('p.id', '=', personId)
      .select(['p.login', 'c.password_hash'])
      .executeTakeFirst(),
    'person',
  )
  await countTries(
    gate,
    person.login,
    'password',
    () => isPassword(person.password_hash, password),
    () => new Refusal('auth.wrong-password', {}, { fields: { [field]: 'wrong' } }),
  )
  return person.login
}
