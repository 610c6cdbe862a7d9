import { sql } from 'kysely'
import { Refusal } from '#kit/refusal.ts'
import type { Db } from '../db.ts'

const TRIES = 5
const WINDOW_MINUTES = 15

/**
 * Lets a signed-in person be wrong about a secret of theirs five times in a quarter of an hour: a stolen session must
 * not become a way to guess. `check` says whether the secret was right; refuses auth.too-many, else what `wrong` says.
 */
export async function countTries(
  gate: Db,
  login: string,
  secret: 'password' | 'totp',
  check: () => Promise<boolean>,
  wrong: () => Refusal,
): Promise<void> {
  const device = `known ${secret}`
  // Written down before it is counted: a hundred guesses at once are counted like a hundred in turn.
  const { id } = await gate
    .insertInto('sign_in_failures')
    .values({ login, device, password_print: null })
    .returning('id')
    .executeTakeFirstOrThrow()
  const { n } = await gate
    .selectFrom('sign_in_failures')
    .where('login', '=', login)
    .where('device', '=', device)
    .where('id', '<', id)
    .where('failed_at', '>', sql<Date>`now() - make_interval(mins => ${WINDOW_MINUTES})`)
    .select(sql<number>`count(*)::int`.as('n'))
    .executeTakeFirstOrThrow()
  const tooMany = n >= TRIES
  const right = !tooMany && (await check())
  if (tooMany || right) await gate.deleteFrom('sign_in_failures').where('id', '=', id).execute()
  if (tooMany) throw new Refusal('auth.too-many', { minutes: WINDOW_MINUTES }, { status: 429 })
  if (!right) throw wrong()
}
