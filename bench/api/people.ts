import { openSession } from '#platform/auth/sessions.ts'
import { openDb } from '#platform/db.ts'
import type { BenchDatabase } from '../line/database.ts'

export type Kind = 'steward' | 'rep' | 'clerk' | 'auditor'

/**
 * `count` people with the same membership, and for reps the same post, as the one of the line's bench; each signed in.
 * Every person has a rate of their own, so users must be different people. Returns their session tokens.
 */
export async function signIn(
  database: BenchDatabase,
  company: { companyId: string; people: Record<Kind, string> },
  kind: Kind,
  count: number,
): Promise<string[]> {
  const gate = openDb(database.gate_url, 2, 'bench gate')
  const tokens: string[] = []
  try {
    for (let n = 1; n <= count; n++) {
      const personId = await ensureTwin(database, company.companyId, company.people[kind], `${kind}-${n}`)
      tokens.push(
        await openSession(
          gate,
          personId,
          company.companyId,
          { address: '', agent: 'bench' },
          { sessionMaxHours: 1 },
        ),
      )
    }
  } finally {
    await gate.destroy()
  }
  return tokens
}

async function ensureTwin(
  { admin }: BenchDatabase,
  companyId: string,
  original: string,
  login: string,
): Promise<string> {
  const known = await admin.query<{ id: string }>('select id from people where login = $1', [login])
  if (known.rows[0]) return known.rows[0].id
  const made = await admin.query<{ id: string }>(
    'insert into people (login, name) values ($1, $1) returning id',
    [login],
  )
  const id = made.rows[0]?.id ?? ''
  await admin.query(
    `insert into credentials (person_id, password_hash) select $1, password_hash from credentials where person_id = $2`,
    [id, original],
  )
  await admin.query(
    `insert into memberships (company_id, person_id, roles, scope, distributor_id)
     select company_id, $1, roles, scope, distributor_id from memberships where company_id = $3 and person_id = $2`,
    [id, original, companyId],
  )
  await admin.query(
    `insert into post_holders (company_id, post_id, territory_id, person_id, person_name, valid_from)
     select company_id, post_id, territory_id, $1, person_name, valid_from from post_holders
     where company_id = $3 and person_id = $2`,
    [id, original, companyId],
  )
  return id
}
