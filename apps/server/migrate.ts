import { createHash, createHmac } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { runMigrations } from 'graphile-worker'
import pg from 'pg'
import { CannotStart } from '#platform/postgres/cannot-start.ts'

/** Connection strings of the three login roles; none of them owns a business table or bypasses row-level security. */
export interface DatabaseUrls {
  /** Business reads and writes, under row-level security. */
  app_url: string
  /** Sign-in, people, companies, API keys. */
  gate_url: string
  /** The job queue. */
  jobs_url: string
}

const FOLDER = join(import.meta.dirname, '../../migrations')
const LOGIN_ROLES = ['qucheng_app', 'qucheng_gate', 'qucheng_jobs'] as const

/**
 * Brings a database to the newest schema; safe to run twice and by two processes at once. An admin URL that
 * names the database `postgres` means: use (and create) the database `qucheng` on that server.
 */
export async function migrate(adminUrl: string): Promise<DatabaseUrls> {
  const url = await ensureDatabase(adminUrl)
  const admin = new pg.Client({ connectionString: url })
  await admin.connect()
  try {
    await admin.query('select pg_advisory_lock(727001)')
    await ensureRoles(admin, url)
    const urls = roleUrls(url)
    await runMigrations({ connectionString: urls.jobs_url })
    await runFiles(admin)
    await grant(admin)
    return urls
  } finally {
    await admin.end()
  }
}

async function ensureDatabase(adminUrl: string): Promise<string> {
  const url = new URL(adminUrl)
  if (url.pathname !== '/postgres') return adminUrl
  const client = new pg.Client({ connectionString: adminUrl })
  await client.connect()
  try {
    await client.query('select pg_advisory_lock(727000)')
    const known = await client.query(`select 1 from pg_database where datname = 'qucheng'`)
    if (known.rowCount === 0) await client.query('create database qucheng')
  } finally {
    await client.end()
  }
  url.pathname = '/qucheng'
  return url.toString()
}

/** Passwords of the login roles follow from the admin's, so that nothing has to be kept anywhere. */
function rolePassword(adminUrl: string, role: string): string {
  const secret = decodeURIComponent(new URL(adminUrl).password)
  return createHmac('sha256', secret).update(`qucheng role ${role}`).digest('hex')
}

function roleUrls(adminUrl: string): DatabaseUrls {
  const of = (role: string) => {
    const url = new URL(adminUrl)
    url.username = role
    url.password = rolePassword(adminUrl, role)
    return url.toString()
  }
  return { app_url: of('qucheng_app'), gate_url: of('qucheng_gate'), jobs_url: of('qucheng_jobs') }
}

/** The URL of one role of the deployment that an admin URL leads to; for tools beside the running program. */
export function appUrlOf(adminUrl: string, role: 'admin' | 'app'): string {
  const url = new URL(adminUrl)
  if (url.pathname === '/postgres') url.pathname = '/qucheng'
  return role === 'admin' ? url.toString() : roleUrls(url.toString()).app_url
}

async function ensureRoles(admin: pg.Client, url: string): Promise<void> {
  // Roles belong to the cluster: two databases migrated at once must not create them together.
  await admin.query('begin')
  await admin.query('select pg_advisory_xact_lock(727002)')
  const { rows } = await admin.query('select rolsuper from pg_roles where rolname = current_user')
  const isSuperuser = rows[0]?.rolsuper === true
  for (const role of ['qucheng_owner', ...LOGIN_ROLES]) {
    const known = await admin.query('select 1 from pg_roles where rolname = $1', [role])
    if (known.rowCount === 0) await admin.query(`create role ${role} nologin noinherit`)
    // Who may only make roles, as on a database that is rented, may not yet act for those they made.
    if (!isSuperuser) await admin.query(`grant ${role} to current_user with set true, inherit true`)
  }
  for (const role of LOGIN_ROLES) {
    const password = pg.escapeLiteral(rolePassword(url, role))
    await admin.query(`alter role ${role} login password ${password}`)
  }
  await admin.query('commit')
  const name = pg.escapeIdentifier((await admin.query('select current_database() as name')).rows[0].name)
  await admin.query(`grant create on database ${name} to qucheng_owner, qucheng_jobs`)
  await admin.query('alter schema public owner to qucheng_owner')
  await admin.query('create schema if not exists graphile_worker authorization qucheng_jobs')
  await admin.query('grant usage on schema public to qucheng_app, qucheng_gate, qucheng_jobs')
}

async function runFiles(admin: pg.Client): Promise<void> {
  await admin.query('set role qucheng_owner')
  await admin.query(`create table if not exists schema_migrations
    (name text primary key, applied_at timestamptz not null default now())`)
  await admin.query('alter table schema_migrations add column if not exists digest text')
  const applied = new Map<string, string | null>(
    (await admin.query('select name, digest from schema_migrations')).rows.map((row) => [
      row.name,
      row.digest,
    ]),
  )
  const names = (await readdir(FOLDER)).filter((name) => name.endsWith('.sql')).sort()
  for (const name of names) {
    const text = await readFile(join(FOLDER, name), 'utf8')
    const digest = createHash('sha256').update(text).digest('hex')
    if (applied.has(name)) {
      refuseChanged(name, applied.get(name), digest)
      continue
    }
    await admin.query('begin')
    await admin.query(`set local lock_timeout = '5s'`)
    await admin.query(text)
    await admin.query('insert into schema_migrations (name, digest) values ($1, $2)', [name, digest])
    await admin.query('commit')
  }
  await admin.query('reset role')
}

/** Going on over tables of another shape would fail later, and less clearly. */
function refuseChanged(name: string, before: string | null | undefined, now: string): void {
  if (before === now) return
  throw new CannotStart(
    `This database was made by another version, whose ${name} was not this one's. Nothing was changed. ` +
      'Go on with that version, or start this one with another DATA_DIR (or another DATABASE_URL).',
  )
}

const GATE_TABLES = ['people', 'credentials', 'sessions', 'sign_in_failures', 'known_devices']
const READ_ONLY_FOR_APP = ['companies', 'people', 'memberships', 'company_people', 'api_keys']
const INSERT_ONLY_FOR_APP = ['audit', 'audit_seals', 'events', 'approval_decisions', 'flow_versions', 'files']

async function grant(admin: pg.Client): Promise<void> {
  const tables = await admin.query<{ name: string }>(`select c.relname as name from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v') and not c.relispartition
      and c.relname <> 'schema_migrations'`)
  await admin.query('begin')
  for (const { name } of tables.rows) {
    await admin.query(`revoke all on ${name} from qucheng_app, qucheng_gate, qucheng_jobs`)
    if (READ_ONLY_FOR_APP.includes(name)) await admin.query(`grant select on ${name} to qucheng_app`)
    else if (INSERT_ONLY_FOR_APP.includes(name))
      await admin.query(`grant select, insert on ${name} to qucheng_app`)
    else if (name === 'job_workers')
      await admin.query(`grant select, insert, delete on ${name} to qucheng_jobs`)
    else if (!GATE_TABLES.includes(name)) {
      await admin.query(`grant select, insert, update, delete on ${name} to qucheng_app`)
    }
    if (GATE_TABLES.includes(name) || ['companies', 'memberships', 'api_keys'].includes(name)) {
      await admin.query(`grant select, insert, update, delete on ${name} to qucheng_gate`)
    }
  }
  // The gate decides who comes in before a company is known: it sees these four tables whole, and no business table.
  for (const name of ['people', 'companies', 'memberships', 'api_keys']) {
    await admin.query(`drop policy if exists gate on ${name}`)
    await admin.query(`drop policy if exists gate_company on ${name}`)
    await admin.query(`create policy gate on ${name} to qucheng_gate using (true) with check (true)`)
    if (name === 'memberships' || name === 'api_keys') await narrowToApp(admin, name)
  }
  // What the gate changes, it writes down in the same transaction.
  await admin.query('grant insert on audit to qucheng_gate')
  await admin.query('grant execute on function ensure_flow_month(date) to qucheng_app')
  // Only who may make functions in the schema may be given one; nobody keeps that right.
  await admin.query('grant create on schema public to qucheng_jobs, qucheng_gate')
  await admin.query(ENQUEUE)
  await admin.query('alter function enqueue_job(uuid, timestamptz) owner to qucheng_jobs')
  await admin.query('revoke all on function enqueue_job(uuid, timestamptz) from public')
  await admin.query('grant execute on function enqueue_job(uuid, timestamptz) to qucheng_app')
  await admin.query(FOUND_COMPANY)
  await admin.query('alter function found_company owner to qucheng_gate')
  await admin.query('revoke all on function found_company from public')
  await admin.query('grant execute on function found_company to qucheng_app')
  await admin.query('revoke create on schema public from qucheng_jobs, qucheng_gate')
  await admin.query('commit')
}

/** A restrictive policy holds for every role it names; the gate must pass it, the app role must not. */
async function narrowToApp(admin: pg.Client, name: string): Promise<void> {
  await admin.query(`alter policy company on ${name} to qucheng_app`)
}

// The one way into the queue: the key makes a second call for the same job harmless. The queue has far more attempts
// than a job (run-job.ts), which alone decides when it is over: a restart or a lost database is none of the job's.
const ENQUEUE = `create or replace function enqueue_job(job uuid, run_at timestamptz default null)
  returns void language sql security definer set search_path = graphile_worker, pg_temp as $$
    select graphile_worker.add_job('run', json_build_object('company_id', public.app_company(), 'job_id', job),
      run_at := run_at, max_attempts := 100, job_key := job::text)
  $$`

// The first company, which the app role fills in the same transaction; false, and nothing done, once there is one.
const FOUND_COMPANY = `create or replace function found_company(company uuid, code text, company_name text,
    person uuid, login text, person_name text, password_hash text)
  returns boolean language plpgsql security definer set search_path = public, pg_temp as $$
  begin
    perform pg_advisory_xact_lock(727003);
    if exists (select from companies) then return false; end if;
    insert into companies (id, code, name) values (company, code, company_name);
    insert into people (id, login, name) values (person, login, person_name);
    insert into credentials (person_id, password_hash) values (person, password_hash);
    insert into memberships (company_id, person_id, roles, scope)
      values (company, person, '{administrator}', 'company');
    return true;
  end $$`

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const adminUrl = process.env.DATABASE_URL
  if (!adminUrl) {
    console.error('DATABASE_URL is not set')
    process.exit(1)
  }
  try {
    console.log(JSON.stringify(await migrate(adminUrl)))
  } catch (error) {
    // What an operator can mend is one sentence; a fault keeps its place in the code.
    console.error(error instanceof CannotStart ? error.message : error)
    process.exit(1)
  }
}
