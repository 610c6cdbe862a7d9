import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { firstRules } from '#apps/server/first-rules.ts'
import { openGround } from '#apps/server/ground.ts'
import { type DatabaseUrls, migrate } from '#apps/server/migrate.ts'
import { openDatabase } from '#apps/server/supervise/open-database.ts'
import { readOptions } from '#apps/server/supervise/options.ts'
import { makeSetupToken } from '#platform/auth/setup-link.ts'
import { readConfig } from '#platform/config.ts'
import { postgresAccount } from '#platform/postgres/account.ts'
import { preparedBinaries } from '#platform/postgres/binaries.ts'
import { preparedCluster, preparedFolder } from '#platform/postgres/cluster.ts'
import { platformRoutes } from '#platform/routes.ts'
import { buildApp } from '#platform/server/build-app.ts'
import { clientOf } from '#tests/http-client.ts'

// A PostgreSQL that is not ours: it listens on the network, and its administrator is no superuser but, as on a rented one,
// may make roles and owns one database.

const ADMIN_PASSWORD = 'Geheim/@:1'
let folder: string
let port: number
let server: ChildProcess
let start: (more?: string[]) => Promise<void>
let superuserUrl: string
let adminUrl: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'qucheng-outside-'))
  await chmod(folder, 0o711)
  const place = join(folder, 'pg')
  const account = await postgresAccount(join(place, 'cluster'))
  await preparedFolder(place, account)
  const binaries = await preparedBinaries(account, place)
  const { cluster, password } = await preparedCluster(place, binaries, account)
  port = await freePort()
  superuserUrl = `postgresql://postgres:${password}@127.0.0.1:${port}/postgres`
  start = async (more = []) => {
    const network = ['-c', 'listen_addresses=127.0.0.1', '-c', `port=${port}`]
    const args = ['-D', cluster, ...network, '-c', 'unix_socket_directories=', '-c', 'shared_buffers=32MB']
    server = spawn(join(binaries, 'bin/postgres'), [...args, ...more], {
      stdio: 'ignore',
      cwd: place,
      ...(account && { uid: account.uid, gid: account.gid }),
    })
    while (!(await ask(superuserUrl, 'select 1').catch(() => null))) await sleep(50)
  }
  await start()
  await ask(superuserUrl, `create role landlord login createrole password '${ADMIN_PASSWORD}'`)
  await ask(superuserUrl, 'create database firm owner landlord')
  adminUrl = `postgresql://landlord:${encodeURIComponent(ADMIN_PASSWORD)}@127.0.0.1:${port}/firm`
})

afterAll(async () => {
  await stop('SIGQUIT')
  await rm(folder, { recursive: true, force: true })
})

async function stop(signal: NodeJS.Signals): Promise<void> {
  server.kill(signal)
  await once(server, 'exit')
}

async function ask(url: string, query: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {})
  await client.connect()
  try {
    return (await client.query(query)).rows
  } finally {
    await client.end()
  }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  return typeof address === 'object' && address ? address.port : 0
}

/** As the supervisor does it at each start. */
async function opened(): Promise<DatabaseUrls> {
  const options = await readOptions([], { DATABASE_URL: adminUrl, DATA_DIR: folder })
  return migrate((await openDatabase(options)).adminUrl)
}

test('an administrator who is no superuser brings the schema in, twice, and the app’s roles own and pass nothing', async () => {
  const urls = await opened()
  expect(await opened()).toEqual(urls)
  const url = new URL(superuserUrl)
  url.pathname = '/firm'
  const look = (query: string) => ask(url.toString(), query)
  expect(
    await look(`select rolname, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb,
        has_schema_privilege(oid, 'public', 'create') as may_create,
        pg_has_role(oid, 'qucheng_owner', 'member') as may_be_owner,
        (select count(*)::int from pg_class where relowner = r.oid and relnamespace = 'public'::regnamespace) as owns
      from pg_roles r where rolname in ('qucheng_app', 'qucheng_gate', 'qucheng_jobs') order by 1`),
  ).toEqual(
    ['qucheng_app', 'qucheng_gate', 'qucheng_jobs'].map((rolname) => ({
      rolname,
      rolsuper: false,
      rolbypassrls: false,
      rolcreaterole: false,
      rolcreatedb: false,
      may_create: false,
      may_be_owner: false,
      owns: 0,
    })),
  )
  await expect(ask(urls.app_url, 'create table mine (n int)')).rejects.toThrow(/permission denied/)
  await expect(ask(urls.app_url, 'truncate institutions')).rejects.toThrow(/permission denied/)
  await expect(ask(urls.app_url, 'select * from sessions')).rejects.toThrow(/permission denied/)
  await expect(ask(urls.gate_url, 'select * from institutions')).rejects.toThrow(/permission denied/)
})

test('a company is founded and worked in, and work goes on after the database was killed and came back', async () => {
  const urls = await opened()
  const config = readConfig({ DATA_DIR: folder })
  const ground = openGround(config, { APP_URL: urls.app_url, GATE_URL: urls.gate_url })
  const app = await buildApp(ground, platformRoutes(ground), {
    logLevel: 'fatal',
    isReady: async () => null,
    demoLogins: () => [],
    firstRules,
  })
  try {
    const client = clientOf(app)
    const [login, password] = ['boss', 'rivers and mountains']
    const founded = await client.post('/api/setup', {
      token: await makeSetupToken(folder),
      company_code: 'WL',
      company_name: '外连医疗',
      name: '外连',
      login,
      password,
    })
    expect(founded.status).toBe(200)
    expect((await client.post('/api/session', { login, password })).status).toBe(200)
    const person = { login: 'clerk', name: '文员', roles: ['finance'], scope: 'company' }
    expect((await client.post('/api/people', person)).status).toBe(201)

    await stop('SIGKILL')
    const while_down = await client.get('/api/people')
    expect([while_down.status, while_down.body.code]).toEqual([503, 'not-ready'])
    await start()
    expect((await client.get('/api/people')).body.total).toBe(2)
  } finally {
    await app.close()
    await Promise.all([ground.app.destroy(), ground.gate.destroy()])
  }
})

test('a server that may lose what it has confirmed is refused', async () => {
  await stop('SIGINT')
  await start(['-c', 'fsync=off'])
  await expect(opened()).rejects.toThrow(/fsync or full_page_writes off/)
})
