import { fork } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded.ts'
import { isPostmasterOf } from './processes.ts'

let folder: string
let running: EmbeddedPostgres[] = []

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pg-test-'))
  await chmod(folder, 0o711)
})
afterEach(async () => {
  for (const one of running) await one.stop()
  running = []
  await rm(folder, { recursive: true, force: true })
})

async function start(): Promise<EmbeddedPostgres> {
  const postgres = await startEmbeddedPostgres({
    dataDir: join(folder, 'pg'),
    log: () => {},
    settings: { shared_buffers: '32MB' },
  })
  running.push(postgres)
  return postgres
}

async function query(url: string, text: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client(url)
  // The server may be killed under the connection; the query's own promise tells of it.
  client.on('error', () => {})
  await client.connect()
  try {
    return (await client.query(text)).rows
  } finally {
    await client.end()
  }
}

/** Asks until the server answers again, as a pool does. */
async function patiently(url: string, text: string): Promise<Record<string, unknown>[]> {
  const until = Date.now() + 60_000
  for (;;) {
    try {
      return await query(url, text)
    } catch (error) {
      if (Date.now() > until) throw error
      await sleep(50)
    }
  }
}

test('rows acknowledged before a kill -9 of the postmaster are there after the restart', async () => {
  const postgres = await start()
  const ends: string[] = []
  postgres.onExit((how) => ends.push(how))
  await query(postgres.adminUrl, 'create table kept (n int primary key)')
  let acknowledged = 0
  let killed = false
  const writer = async (first: number) => {
    const client = new pg.Client(postgres.adminUrl)
    client.on('error', () => {})
    await client.connect()
    for (let n = first; !killed; n += 4) {
      const written = await client.query('insert into kept values ($1)', [n]).then(
        () => true,
        () => false,
      )
      if (!written) break
      acknowledged += 1
    }
    await client.end().catch(() => {})
  }
  const writers = [0, 1, 2, 3].map(writer)
  await sleep(300)
  const before = postgres.pid()
  process.kill(Number(before), 'SIGKILL')
  killed = true
  await Promise.all(writers)
  const rows = await patiently(postgres.adminUrl, 'select count(*)::int as count from kept')
  expect(acknowledged).toBeGreaterThan(20)
  expect(rows[0]?.count).toBeGreaterThanOrEqual(acknowledged)
  expect(ends).toEqual(['SIGKILL'])
  await expect.poll(() => postgres.pid()).not.toBe(before)
}, 90_000)

test('a postmaster whose starter was killed is stopped and the data driven by the next starter', async () => {
  const script = join(folder, 'starter.mjs')
  await writeFile(
    script,
    `import { startEmbeddedPostgres } from ${JSON.stringify(new URL('./embedded.ts', import.meta.url).href)}
     const postgres = await startEmbeddedPostgres({ dataDir: process.argv[2], log: () => {} })
     process.send({ pid: postgres.pid(), url: postgres.adminUrl })
     setInterval(() => {}, 1000)`,
  )
  const starter = fork(script, [join(folder, 'pg')], { stdio: 'inherit' })
  const [first] = (await once(starter, 'message')) as [{ pid: number; url: string }]
  await query(first.url, 'create table kept (n int); insert into kept values (7)')
  starter.kill('SIGKILL')
  await once(starter, 'exit')
  expect(await isPostmasterOf(first.pid, join(folder, 'pg/cluster'))).toBe(true)

  const second = await start()
  expect(second.pid()).not.toBe(first.pid)
  expect(await isPostmasterOf(first.pid, join(folder, 'pg/cluster'))).toBe(false)
  expect(await query(second.adminUrl, 'select n from kept')).toEqual([{ n: 7 }])
}, 60_000)

test('a pid file that names a process which is not this postgres does not hinder the start', async () => {
  const first = await start()
  await first.stop()
  running = []
  const pidFile = join(folder, 'pg/cluster/postmaster.pid')
  await writeFile(pidFile, `${process.ppid}\n${join(folder, 'pg/cluster')}\n1\n5432\n\n\n\nready\n`)
  const second = await start()
  expect(await query(second.adminUrl, 'select 1 as one')).toEqual([{ one: 1 }])
  expect((await readFile(pidFile, 'utf8')).split('\n')[0]).toBe(String(second.pid()))
})

test('a second start on a folder in use is refused and leaves the first one alone', async () => {
  const first = await start()
  await expect(start()).rejects.toThrow(/in use by process \d+/)
  expect(await query(first.adminUrl, 'select 1 as one')).toEqual([{ one: 1 }])
})

test('the server is private: no network address, scram, password readable by its owner alone, checksums and fsync on', async () => {
  const postgres = await start()
  const names = ['listen_addresses', 'data_checksums', 'fsync', 'full_page_writes', 'password_encryption']
  const columns = names.map((name) => `current_setting('${name}') as ${name}`)
  expect(await query(postgres.adminUrl, `select ${columns}`)).toEqual([
    {
      listen_addresses: '',
      data_checksums: 'on',
      fsync: 'on',
      full_page_writes: 'on',
      password_encryption: 'scram-sha-256',
    },
  ])
  const wrong = postgres.adminUrl.replace(/postgres:[^@]+@/, 'postgres:wrong@')
  await expect(query(wrong, 'select 1')).rejects.toThrow(/password authentication failed/)
  expect((await stat(join(folder, 'pg/superuser-password'))).mode & 0o777).toBe(0o600)
})

test('a settings override cannot switch off what keeps data safe', async () => {
  const postgres = await startEmbeddedPostgres({
    dataDir: join(folder, 'pg'),
    log: () => {},
    settings: { fsync: 'off', full_page_writes: 'off', shared_buffers: '32MB' },
  })
  running.push(postgres)
  const rows = await query(
    postgres.adminUrl,
    "select current_setting('fsync') as fsync, current_setting('full_page_writes') as pages",
  )
  expect(rows).toEqual([{ fsync: 'on', pages: 'on' }])
})
