import { hashPassword } from '#platform/auth/passwords.ts'
import { asReader } from '#platform/db.ts'
import type { Ground } from '#platform/server/authenticate.ts'
import { companyOf } from './generate/companies.ts'
import type { CompanyKey, LoginRole } from './generate/shapes.ts'
import { logins, world } from './generate/world.ts'

const ROLES: Record<LoginRole, { role: string; scope: 'company' | 'distributor' | 'territory' }> = {
  admin: { role: 'administrator', scope: 'company' },
  security: { role: 'security-administrator', scope: 'company' },
  audit: { role: 'audit-administrator', scope: 'company' },
  director: { role: 'director', scope: 'company' },
  channel_manager: { role: 'channel-manager', scope: 'company' },
  steward: { role: 'flow-steward', scope: 'company' },
  finance: { role: 'finance', scope: 'company' },
  rep: { role: 'sales-rep', scope: 'territory' },
  distributor_owner: { role: 'distributor-owner', scope: 'distributor' },
  distributor_clerk: { role: 'distributor-clerk', scope: 'distributor' },
}

export interface DemoPeople {
  companyId: string
  steward: string
  /** post key → person id, for those who sign in */
  posts: Map<string, string>
  /** Memberships of distributors' people need the distributor's row, which comes after the people. */
  linkDistributors(): Promise<void>
}

/** The company and the people who can sign in; safe to run twice. */
export async function loadPeople(ground: Ground, key: CompanyKey, password: string): Promise<DemoPeople> {
  const company = companyOf(key)
  const { id: companyId } = await ground.gate
    .insertInto('companies')
    .values({ code: company.code, name: company.name, is_demo: true, time_zone: 'Asia/Shanghai' })
    .onConflict((conflict) => conflict.column('code').doUpdateSet({ name: company.name }))
    .returning('id')
    .executeTakeFirstOrThrow()
  const posts = new Map<string, string>()
  const clerks: { personId: string; role: string; distributorKey: string }[] = []
  let steward = ''
  for (const login of logins()) {
    const membership = login.memberships.find((one) => one.company_key === key)
    if (!membership) continue
    const personId = await ensurePerson(ground, login.login, login.name, password)
    if (membership.role === 'steward') steward = personId
    if (membership.post_key) posts.set(membership.post_key, personId)
    const { role, scope } = ROLES[membership.role]
    if (membership.distributor_key) {
      clerks.push({ personId, role, distributorKey: membership.distributor_key })
      continue
    }
    await ensureMembership(ground, companyId, personId, role, scope, null)
  }
  return {
    companyId,
    steward,
    posts,
    linkDistributors: async () => {
      for (const clerk of clerks) {
        const code = clerk.distributorKey
        const ids = await distributorIds(ground, companyId)
        const distributorId = ids.get(code)
        if (!distributorId) throw new Error(`no distributor ${code}`)
        await ensureMembership(ground, companyId, clerk.personId, clerk.role, 'distributor', distributorId)
      }
    },
  }
}

async function distributorIds(ground: Ground, companyId: string): Promise<Map<string, string>> {
  const rows = await asReader(
    ground.app,
    { companyId, personId: null, scope: { kind: 'company' } },
    (tx) =>
      tx.selectFrom('distributors').where('company_id', '=', companyId).select(['id', 'code']).execute(),
    { readOnly: true },
  )
  const byCode = new Map(rows.map((row) => [row.code, row.id]))
  const all = [...world('C1').distributors, ...world('C2').distributors]
  return new Map(all.flatMap((one) => (byCode.has(one.code) ? [[one.key, byCode.get(one.code) ?? '']] : [])))
}

async function ensurePerson(ground: Ground, login: string, name: string, password: string): Promise<string> {
  const known = await ground.gate
    .selectFrom('people')
    .where('login', '=', login)
    .select('id')
    .executeTakeFirst()
  if (known) return known.id
  return ground.gate.transaction().execute(async (tx) => {
    const person = await tx
      .insertInto('people')
      .values({ login, name, email: null })
      .returning('id')
      .executeTakeFirstOrThrow()
    await tx
      .insertInto('credentials')
      .values({ person_id: person.id, password_hash: await hashPassword(password), totp_secret: null })
      .execute()
    return person.id
  })
}

async function ensureMembership(
  ground: Ground,
  companyId: string,
  personId: string,
  role: string,
  scope: 'company' | 'distributor' | 'territory',
  distributorId: string | null,
): Promise<void> {
  await ground.gate
    .insertInto('memberships')
    .values({
      company_id: companyId,
      person_id: personId,
      roles: [role],
      scope,
      distributor_id: distributorId,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}
