import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testDatabase } from './database.ts'

/**
 * The rules that keep companies apart, read from the catalog of a migrated database: a table that is added without
 * them fails here. Each exception stands with its reason.
 */

/** Hold rows of no single company; the gate alone reads them, or the policy goes by another column. */
const NOT_OF_A_COMPANY = [
  'companies', // the companies themselves
  'people', // may serve several companies
  'credentials',
  'sessions', // which company is the session's choice
  'sign_in_failures',
  'known_devices',
  'job_workers', // processes
  'schema_migrations',
]

/** Keys and indexes that do not begin with the company, because the company is what they are asked for. */
const BEFORE_THE_COMPANY_IS_KNOWN = ['api_keys_prefix_key', 'memberships_person']

/** The only ways to rights that one does not have oneself. */
const SECURITY_DEFINERS = ['enqueue_job', 'ensure_flow_month', 'found_company']

let admin: pg.Client
let urls: Record<'app' | 'gate' | 'jobs', string>

beforeAll(async () => {
  const database = await testDatabase()
  urls = { app: database.app_url, gate: database.gate_url, jobs: database.jobs_url }
  admin = new pg.Client({ connectionString: database.admin_url })
  await admin.connect()
})
afterAll(() => admin.end())

async function names(query: string, values: unknown[] = []): Promise<string[]> {
  const { rows } = await admin.query<{ name: string }>(query, values)
  return rows.map((row) => row.name)
}

const COMPANY_TABLES = `select c.oid, c.relname, c.relrowsecurity, c.relforcerowsecurity from pg_class c
  where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
    and c.relname <> all ($1)`

test('the lint reads a schema that is there', async () => {
  expect(
    (await names(`select relname as name from (${COMPANY_TABLES}) t`, [NOT_OF_A_COMPANY])).length,
  ).toBeGreaterThan(20)
})

test('every table belongs to a company, or is named as one that does not', async () => {
  expect(
    await names(
      `select relname as name from (${COMPANY_TABLES}) t where not exists (
        select from pg_attribute a where a.attrelid = t.oid and a.attname = 'company_id' and a.attnotnull)`,
      [NOT_OF_A_COMPANY],
    ),
  ).toEqual([])
})

test('every table of a company enables and forces row-level security', async () => {
  expect(
    await names(
      `select relname as name from (${COMPANY_TABLES}) t where not (relrowsecurity and relforcerowsecurity)`,
      [NOT_OF_A_COMPANY],
    ),
  ).toEqual([])
})

test('every table of a company has the restrictive wall for reads and writes, and it goes by the setting', async () => {
  expect(
    await names(
      `select relname as name from (${COMPANY_TABLES}) t where not exists (
        select from pg_policy p where p.polrelid = t.oid and not p.polpermissive and p.polcmd = '*'
          and (p.polroles = '{0}' or p.polroles = array['qucheng_app'::regrole::oid])
          and pg_get_expr(p.polqual, p.polrelid) like '%company_id = ( SELECT app_company() AS app_company)%'
          and pg_get_expr(p.polwithcheck, p.polrelid) = pg_get_expr(p.polqual, p.polrelid))`,
      [NOT_OF_A_COMPANY],
    ),
  ).toEqual([])
})

test('the settings are asked once a statement: every policy calls them in a sub-select', async () => {
  expect(
    await names(
      `select p.polrelid::regclass || '.' || p.polname as name from pg_policy p,
        lateral (select concat(pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid)) as text) e
      where regexp_replace(e.text, '\\( SELECT app_\\w+\\(\\) AS app_\\w+\\)', '', 'g') ~ 'app_\\w+\\('`,
    ),
  ).toEqual([])
})

test('every primary key, unique key and ordered index begins with the company', async () => {
  expect(
    await names(
      `select i.relname as name from (${COMPANY_TABLES}) t
        join pg_index x on x.indrelid = t.oid join pg_class i on i.oid = x.indexrelid
      where i.relname <> all ($2) and i.relam <> (select oid from pg_am where amname = 'gin') and x.indkey[0] <> (
        select attnum from pg_attribute a where a.attrelid = t.oid and a.attname = 'company_id')`,
      [NOT_OF_A_COMPANY, BEFORE_THE_COMPANY_IS_KNOWN],
    ),
  ).toEqual([])
})

test('every foreign key between tables of companies carries the company', async () => {
  expect(
    await names(
      `select k.conname as name from (${COMPANY_TABLES}) t join pg_constraint k on k.conrelid = t.oid and k.contype = 'f'
      where k.conparentid = 0 and k.confrelid::regclass::text <> all ($1) and not exists (
        select from pg_attribute a join pg_attribute b on b.attrelid = k.confrelid and b.attnum = k.confkey[1]
        where a.attrelid = t.oid and a.attnum = k.conkey[1] and a.attname = 'company_id' and b.attname = 'company_id')`,
      [NOT_OF_A_COMPANY],
    ),
  ).toEqual([])
})

test('no column counts by a sequence of the whole database', async () => {
  expect(
    await names(
      `select c.relname as name from pg_class c where c.relkind = 'S' and c.relnamespace = 'public'::regnamespace`,
    ),
  ).toEqual([])
})

test('every view looks with the eyes of its reader', async () => {
  expect(
    await names(
      `select c.relname as name from pg_class c where c.relkind in ('v', 'm') and c.relnamespace = 'public'::regnamespace
        and not coalesce(c.reloptions::text[] @> array['security_invoker=true'], false)`,
    ),
  ).toEqual([])
})

test('the roles that sign in own nothing in our schema, bypass nothing, inherit nothing', async () => {
  expect(
    await names(
      `select rolname as name from pg_roles r where rolname like 'qucheng_%' and rolname <> 'qucheng_owner' and (
        rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication
        or exists (select from pg_auth_members m where m.member = r.oid)
        or exists (select from pg_class c where c.relowner = r.oid and c.relnamespace = 'public'::regnamespace)
        or has_schema_privilege(r.oid, 'public', 'CREATE'))`,
    ),
  ).toEqual([])
  expect(
    await names(
      `select relname as name from pg_class where relowner in ('qucheng_app'::regrole, 'qucheng_gate'::regrole)`,
    ),
  ).toEqual([])
  expect(
    await names(
      `select rolname as name from pg_roles where rolname in ('qucheng_app', 'qucheng_gate')
        and has_database_privilege(oid, current_database(), 'CREATE')`,
    ),
  ).toEqual([])
})

test('nobody may truncate, reference or set triggers; partitions are reached through their parent only', async () => {
  const granted = `select c.relname || ' ' || r.rolname || ' ' || a.privilege_type as name
    from pg_class c, lateral aclexplode(c.relacl) a join pg_roles r on r.oid = a.grantee
    where c.relnamespace = 'public'::regnamespace and r.rolname in ('qucheng_app', 'qucheng_gate', 'qucheng_jobs')`
  expect(
    await names(`${granted} and a.privilege_type not in ('SELECT', 'INSERT', 'UPDATE', 'DELETE')`),
  ).toEqual([])
  expect(await names(`${granted} and c.relispartition`)).toEqual([])
})

test('the app role reads no way in', async () => {
  const client = new pg.Client({ connectionString: urls.app })
  await client.connect()
  for (const table of ['credentials', 'sessions', 'sign_in_failures', 'known_devices']) {
    await expect(client.query(`select from ${table}`)).rejects.toThrow(/permission denied/)
  }
  await client.end()
})

test('the gate reads no business', async () => {
  expect(
    await names(
      `select c.relname as name from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v')
        and has_table_privilege('qucheng_gate', c.oid, 'SELECT') order by 1`,
    ),
  ).toEqual([
    'api_keys',
    'companies',
    'credentials',
    'known_devices',
    'memberships',
    'people',
    'sessions',
    'sign_in_failures',
  ])
})

test('the list of functions with the rights of their owner is fixed, and their search path is pinned', async () => {
  expect(
    await names(
      `select p.proname as name from pg_proc p where p.prosecdef and p.pronamespace = 'public'::regnamespace order by 1`,
    ),
  ).toEqual(SECURITY_DEFINERS)
  expect(
    await names(
      `select p.proname as name from pg_proc p where p.prosecdef and p.pronamespace = 'public'::regnamespace and (
        not coalesce(array_to_string(p.proconfig, ',') like '%search_path=%pg_temp%', false)
        or has_function_privilege('public', p.oid, 'EXECUTE') or p.proleakproof)`,
    ),
  ).toEqual([])
})

test('what is append-only can neither be updated nor deleted by the app role', async () => {
  for (const table of ['audit', 'audit_seals', 'events', 'approval_decisions', 'files']) {
    for (const act of ['UPDATE', 'DELETE']) {
      const { rows } = await admin.query('select has_table_privilege($1, $2, $3) as may', [
        'qucheng_app',
        table,
        act,
      ])
      expect(rows[0]?.may, `${act} ${table}`).toBe(false)
    }
  }
})
