import { createHash, randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import type { Config } from '../config.ts'
import { asReader, type Db, KEEP_PLAN, type Reader, type Scope } from '../db.ts'

/** A signed-in person at work for one company. */
export interface SignedIn {
  person: { id: string; name: string; login: string; locale: string }
  company: { id: string; name: string; is_demo: boolean }
  companies: { id: string; name: string }[]
  roles: string[]
  scope: Scope
  distributor: { id: string; name: string } | null
  permissions: ReadonlySet<string>
  via: 'session' | 'key'
  /** The session's print, when there is one. */
  session: Buffer | null
  mustChangePassword: boolean
  /** They have no second factor, and must. */
  mustSetTotp: boolean
}

/** Which permissions each role carries; the program that runs the modules hands it in. */
export type RolePermissions = Readonly<Record<string, readonly string[]>>

export const hashToken = (token: string): Buffer => createHash('sha256').update(token).digest()

export interface SessionRules {
  sessionIdleMinutes: number
  sessionIdleAdminMinutes: number
  sessionMaxHours: number
  passwordProfile: Config['passwordProfile']
  secondFactor: Config['secondFactor']
}

/** Written down no oftener than this: a read must not wait for a write to reach the disk. */
const SEEN_SECONDS = 30
/** Who holds one of these administers: a shorter idle time, a second factor where administrators must have one. */
const ADMINISTERS = [
  'platform.manage-people',
  'platform.manage-access',
  'platform.manage-keys',
  'platform.read-audit',
]
/** The profile `mlps3` wants a new password this often. */
const MLPS3_PASSWORD_DAYS = 90

/** Opens a session for a person; returns the token, 256 bits, which is kept only as its hash. */
export async function openSession(
  gate: Db,
  personId: string,
  companyId: string | null,
  from: { address: string; agent: string },
  rules: Pick<SessionRules, 'sessionMaxHours'>,
): Promise<string> {
  const token = randomBytes(32).toString('base64url')
  await gate
    .insertInto('sessions')
    .values({
      token_hash: hashToken(token),
      person_id: personId,
      company_id: companyId,
      expires_at: new Date(Date.now() + rules.sessionMaxHours * 3_600_000),
      address: from.address,
      agent: from.agent.slice(0, 200),
    })
    .execute()
  return token
}

/** An old token still works this long: calls that are under way, and tabs that have not yet seen the new cookie. */
const REPLACED_SECONDS = 10

/**
 * The session goes on under a new token after its password was given again: who has copied the old one is left with a
 * session that ends at once and counts as never confirmed. Null when that has happened already.
 */
export async function renewSession(
  gate: Db,
  old: Buffer,
): Promise<{ token: string; expires_at: Date } | null> {
  const token = randomBytes(32).toString('base64url')
  const never = sql<Date>`'-infinity'`
  return gate.transaction().execute(async (tx) => {
    const session = await tx
      .selectFrom('sessions')
      .where('token_hash', '=', old)
      .where('confirmed_at', '>', never)
      .select(['person_id', 'company_id', 'expires_at', 'address', 'agent'])
      .forUpdate()
      .executeTakeFirst()
    if (!session) return null
    const soon = sql<Date>`least(expires_at, now() + make_interval(secs => ${REPLACED_SECONDS}))`
    await tx
      .updateTable('sessions')
      .set({ confirmed_at: never, expires_at: soon })
      .where('token_hash', '=', old)
      .execute()
    await tx
      .insertInto('sessions')
      .values({ ...session, token_hash: hashToken(token) })
      .execute()
    return { token, expires_at: session.expires_at }
  })
}

/** Ends sessions of a person: all of them, or all but one. */
export async function endSessions(gate: Db, personId: string, except?: Buffer): Promise<void> {
  let query = gate.deleteFrom('sessions').where('person_id', '=', personId)
  if (except) query = query.where('token_hash', '!=', except)
  await query.execute()
}

/** Who a token belongs to, with the company they work in; null when it is unknown, idle too long or over. */
export function loadSession(
  dbs: { gate: Db; app: Db },
  token: string,
  rules: SessionRules,
  rolePermissions: RolePermissions,
  touched = true,
): Promise<SignedIn | null> {
  return loadSessionOf(dbs, hashToken(token), rules, rolePermissions, touched)
}

/** The same by the token's hash. Not `touched`, it is not seen: a page that asks by itself keeps no session alive. */
export async function loadSessionOf(
  dbs: { gate: Db; app: Db },
  tokenHash: Buffer,
  rules: SessionRules,
  rolePermissions: RolePermissions,
  touched: boolean,
): Promise<SignedIn | null> {
  const tooOld = sql<boolean>`${rules.passwordProfile} = 'mlps3'
    and c.password_set_at < now() - make_interval(days => ${MLPS3_PASSWORD_DAYS})`
  const session = await dbs.gate
    .selectFrom('sessions as s')
    .modifyFront(KEEP_PLAN)
    .innerJoin('people as p', 'p.id', 's.person_id')
    .innerJoin('credentials as c', 'c.person_id', 'p.id')
    .where('s.token_hash', '=', tokenHash)
    .where('s.expires_at', '>', sql<Date>`now()`)
    .where('s.seen_at', '>', sql<Date>`now() - make_interval(mins => ${rules.sessionIdleMinutes})`)
    .where('p.disabled_at', 'is', null)
    .select(['p.id', 'p.name', 'p.login', 'p.locale', 's.company_id'])
    .select(sql<boolean>`c.must_change or (${tooOld})`.as('must_change'))
    .select(sql<boolean>`c.totp_confirmed_at is null`.as('without_totp'))
    .select(sql<boolean>`s.seen_at < now() - make_interval(secs => ${SEEN_SECONDS})`.as('seen_long_ago'))
    .select(
      sql<boolean>`s.seen_at < now() - make_interval(mins => ${rules.sessionIdleAdminMinutes})`.as(
        'idle_admin',
      ),
    )
    .executeTakeFirst()
  if (!session) return null
  const who = await signedIn(dbs, session, session.company_id, rolePermissions, 'session')
  if (!who) return null
  const administers = ADMINISTERS.some((one) => who.permissions.has(one))
  if (session.idle_admin && administers) return null
  if (touched && session.seen_long_ago) {
    await dbs.gate
      .updateTable('sessions')
      .set({ seen_at: sql`now()` })
      .where('token_hash', '=', tokenHash)
      .execute()
  }
  const { secondFactor } = rules
  const isMeant = secondFactor === 'everyone' || (secondFactor === 'administrators' && administers)
  const mustSetTotp = isMeant && session.without_totp && !who.company.is_demo
  return { ...who, session: tokenHash, mustChangePassword: session.must_change, mustSetTotp }
}

/** Builds what a person may see and do in a company; the first of theirs when none is asked for. */
export async function signedIn(
  dbs: { gate: Db; app: Db },
  person: { id: string; name: string; login: string; locale: string },
  companyId: string | null,
  rolePermissions: RolePermissions,
  via: SignedIn['via'],
): Promise<SignedIn | null> {
  const memberships = await dbs.gate
    .selectFrom('memberships as m')
    .modifyFront(KEEP_PLAN)
    .innerJoin('companies as c', 'c.id', 'm.company_id')
    .where('m.person_id', '=', person.id)
    .where('m.disabled_at', 'is', null)
    .orderBy('c.created_at')
    .select(['c.id', 'c.name', 'c.is_demo', 'm.roles', 'm.scope', 'm.distributor_id'])
    .execute()
  const membership = memberships.find((one) => one.id === companyId) ?? memberships[0]
  if (!membership) return null
  const { scope, distributor } = await scopeOf(dbs.app, person.id, membership)
  return {
    person: { id: person.id, name: person.name, login: person.login, locale: person.locale },
    company: { id: membership.id, name: membership.name, is_demo: membership.is_demo },
    companies: memberships.map(({ id, name }) => ({ id, name })),
    roles: membership.roles,
    scope,
    distributor,
    permissions: new Set(membership.roles.flatMap((role) => rolePermissions[role] ?? [])),
    via,
    session: null,
    mustChangePassword: false,
    mustSetTotp: false,
  }
}

async function scopeOf(
  app: Db,
  personId: string,
  membership: { id: string; scope: Scope['kind']; distributor_id: string | null },
): Promise<{ scope: Scope; distributor: { id: string; name: string } | null }> {
  if (membership.scope === 'company') return { scope: { kind: 'company' }, distributor: null }
  // The scope itself is looked up with the company's eyes: it is what decides what the person may see.
  const reader: Reader = { companyId: membership.id, personId, scope: { kind: 'company' } }
  if (membership.scope === 'distributor' && membership.distributor_id) {
    const distributorId = membership.distributor_id
    const row = await asReader(
      app,
      reader,
      (tx) =>
        sql<{ name: string }>`${KEEP_PLAN} select name from distributors
        where company_id = ${membership.id} and id = ${distributorId}`.execute(tx),
      { readOnly: true },
    )
    return {
      scope: { kind: 'distributor', distributorId },
      distributor: { id: distributorId, name: row.rows[0]?.name ?? '' },
    }
  }
  const rows = await asReader(
    app,
    reader,
    (tx) =>
      sql<{ id: string }>`${KEEP_PLAN} with recursive mine as (
        select t.company_id, t.id from post_holders h
          join territories t on t.company_id = h.company_id and t.id = h.territory_id
        where h.company_id = ${membership.id} and h.person_id = ${personId}
          and h.valid_from <= current_date and coalesce(h.valid_to, 'infinity') >= current_date
        union
        select t.company_id, t.id from territories t
          join mine on t.company_id = mine.company_id and t.parent_id = mine.id
      ) select id from mine`.execute(tx),
    { readOnly: true },
  )
  return { scope: { kind: 'territory', territoryIds: rows.rows.map((row) => row.id) }, distributor: null }
}
