import { chmod, mkdtemp, readdir, readFile, rm, statfs } from 'node:fs/promises'
import { createServer, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { inject } from 'vitest'
import type { TestProject } from 'vitest/node'
import { migrate } from '#apps/server/migrate.ts'
import { startEmbeddedPostgres } from '#platform/postgres/embedded.ts'
import { gone, isPostmasterOf, processBegan, signal } from '#platform/postgres/processes.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    databaseDesk: string
  }
}

/** A database of its own with the newest schema and no rows; roles are the cluster's and have the same passwords everywhere. */
export interface TestDatabase {
  admin_url: string
  app_url: string
  gate_url: string
  jobs_url: string
}

const TEMPLATE = 'template_qucheng'
const MARK = 'qucheng-tests-'

/**
 * A fresh database for the calling test file; it goes with the run. The first call of a run starts PostgreSQL and
 * migrates the template, later ones copy it.
 */
export async function testDatabase(): Promise<TestDatabase> {
  const desk = inject('databaseDesk')
  return new Promise((done, fail) => {
    const asked = request({ socketPath: desk, method: 'POST', path: '/' }, async (answer) => {
      let text = ''
      for await (const chunk of answer) text += chunk
      if (answer.statusCode === 200) done(JSON.parse(text) as TestDatabase)
      else fail(new Error(`no test database: ${text}`))
    })
    asked.on('error', fail).end()
  })
}

/** Vitest's global setup: a desk in the main process that hands out databases, so tests without one start nothing. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const place = await fastFolder()
  await sweep(place)
  const folder = await mkdtemp(join(place, `${MARK}${process.pid}-`))
  // PostgreSQL may run as another user than root and must reach its own folder inside.
  await chmod(folder, 0o711)
  let starting: ReturnType<typeof startTemplate> | undefined
  let copies = 0
  const server = createServer(async (_request, answer) => {
    try {
      starting ??= startTemplate(join(folder, 'pg'))
      const { copy } = await starting
      copies += 1
      answer.end(JSON.stringify(await copy(`test_${copies}`)))
    } catch (error) {
      answer.statusCode = 500
      answer.end(error instanceof Error ? error.message : String(error))
    }
  })
  const desk = join(folder, 'desk')
  await new Promise<void>((done) => server.listen(desk, done))
  project.provide('databaseDesk', desk)
  return async () => {
    server.close()
    await starting?.then(
      ({ stop }) => stop(),
      () => {},
    )
    await rm(folder, { recursive: true, force: true })
  }
}

async function startTemplate(dataDir: string) {
  const postgres = await startEmbeddedPostgres({
    dataDir,
    log: (line) => {
      if (/FATAL|PANIC/.test(line)) console.error(line)
    },
    settings: { shared_buffers: '128MB', max_wal_size: '512MB' },
  })
  const admin = new pg.Pool({ connectionString: postgres.adminUrl, max: 1 })
  admin.on('error', () => {})
  const stop = async () => {
    await admin.end()
    await postgres.stop()
  }
  try {
    await admin.query(`create database ${TEMPLATE}`)
    const urls = await migrate(inDatabase(postgres.adminUrl, TEMPLATE))
    const copy = async (name: string): Promise<TestDatabase> => {
      await admin.query(`create database ${name} template ${TEMPLATE}`)
      return {
        admin_url: inDatabase(postgres.adminUrl, name),
        app_url: inDatabase(urls.app_url, name),
        gate_url: inDatabase(urls.gate_url, name),
        jobs_url: inDatabase(urls.jobs_url, name),
      }
    }
    return { copy, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

function inDatabase(address: string, name: string): string {
  const url = new URL(address)
  url.pathname = `/${name}`
  return url.toString()
}

/** A run that was killed leaves its server and folder; the next run ends and removes them. */
async function sweep(place: string): Promise<void> {
  for (const name of await readdir(place)) {
    if (!name.startsWith(MARK) || (await processBegan(Number.parseInt(name.slice(MARK.length), 10))) !== null)
      continue
    const cluster = join(place, name, 'pg/cluster')
    const pid = Number.parseInt(await readFile(join(cluster, 'postmaster.pid'), 'utf8').catch(() => ''), 10)
    if (pid && (await isPostmasterOf(pid, cluster))) {
      signal(pid, 'SIGQUIT')
      await gone(pid, 5_000)
    }
    await rm(join(place, name), { recursive: true, force: true })
  }
}

/** Memory when there is plenty of it: tests write much and keep nothing. */
async function fastFolder(): Promise<string> {
  const free = await statfs('/dev/shm').then(
    (found) => found.bavail * found.bsize,
    () => 0,
  )
  return free > 3 * 1024 ** 3 ? '/dev/shm' : tmpdir()
}
