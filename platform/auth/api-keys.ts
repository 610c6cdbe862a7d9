import { createHash, randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { Refusal } from '#kit/refusal.ts'
import type { Db } from '../db.ts'
import { isWithin } from '../nets.ts'
import { hashToken, type RolePermissions, type SignedIn, signedIn } from './sessions.ts'

/** Deeds that need a person at the keyboard: no key carries them. */
const NEVER_BY_KEY =
  /^(platform\.(manage-people|manage-access|read-people|decide-approvals|manage-keys)|signed-in)$/

/** A new key: `qc_PREFIX_SECRET_CHECK`, 200 bits of secret; only its hash is kept. */
export function newApiKey(): { key: string; prefix: string; hash: Buffer } {
  const prefix = randomBytes(6).toString('hex')
  const secret = randomBytes(25).toString('base64url')
  const key = `qc_${prefix}_${secret}_${checkOf(prefix + secret)}`
  return { key, prefix, hash: hashToken(key) }
}

function checkOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 6)
}

/** Permissions a key may carry. */
export function mayBeGivenToKey(permission: string): boolean {
  return !NEVER_BY_KEY.test(permission)
}

/** Who a key speaks for: its person, in its company, with no more than the key's permissions. */
export async function loadApiKey(
  dbs: { gate: Db; app: Db },
  key: string,
  rolePermissions: RolePermissions,
  address: string,
): Promise<SignedIn> {
  const wrong = () => new Refusal('auth.wrong-key', {}, { status: 401 })
  const parts = /^qc_([0-9a-f]{12})_([A-Za-z0-9_-]{34})_([0-9a-f]{6})$/.exec(key)
  const [, prefix = '', secret = '', check = ''] = parts ?? []
  if (!parts || checkOf(prefix + secret) !== check) throw wrong()
  const row = await dbs.gate
    .selectFrom('api_keys as k')
    .innerJoin('people as p', 'p.id', 'k.person_id')
    .where('k.prefix', '=', prefix)
    .where('k.key_hash', '=', hashToken(key))
    .where('k.revoked_at', 'is', null)
    .where('k.expires_at', '>', sql<Date>`now()`)
    .where('p.disabled_at', 'is', null)
    .select(['p.id', 'p.name', 'p.login', 'p.locale', 'k.company_id', 'k.permissions', 'k.addresses'])
    .select(sql<boolean>`coalesce(k.last_used_at < now() - interval '1 minute', true)`.as('used_long_ago'))
    .executeTakeFirst()
  if (!row || (row.addresses.length > 0 && !isWithin(address, row.addresses))) throw wrong()
  if (row.used_long_ago) {
    await dbs.gate
      .updateTable('api_keys')
      .set({ last_used_at: sql`now()` })
      .where('prefix', '=', prefix)
      .execute()
  }
  const who = await signedIn(dbs, row, row.company_id, rolePermissions, 'key')
  if (!who || who.company.id !== row.company_id) throw wrong()
  const allowed = new Set(row.permissions.filter(mayBeGivenToKey))
  return { ...who, permissions: new Set([...who.permissions].filter((one) => allowed.has(one))) }
}
