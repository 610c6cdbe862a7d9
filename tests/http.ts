import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import pg from 'pg'
import { rolePermissions } from '#apps/server/roles.ts'
import { signedIn } from '#platform/auth/sessions.ts'
import { type Config, readConfig } from '#platform/config.ts'
import type { Ctx } from '#platform/ctx.ts'
import { asReader, openDb } from '#platform/db.ts'
import { setFilesRoot } from '#platform/files/public.ts'
import type { Route } from '#platform/http.ts'
import { jobsOfModules } from '#platform/jobs/jobs-of-modules.ts'
import { runJob } from '#platform/jobs/run-job.ts'
import type { Module } from '#platform/module.ts'
import { platformJobs, platformRoutes } from '#platform/routes.ts'
import { readKeyring } from '#platform/secrets.ts'
import type { Ground } from '#platform/server/authenticate.ts'
import { buildApp } from '#platform/server/build-app.ts'
import { type TestDatabase, testDatabase } from '#tests/database.ts'
import { type Client, clientOf } from '#tests/http-client.ts'

export type { Client }

import { createWorld, type PersonLogin, WORLD_PASSWORD, type World } from '#tests/world.ts'

export interface TestApp {
  app: FastifyInstance
  ground: Ground
  world: World
  database: TestDatabase
  /** The database's owner, for looking behind the walls and for what no deed offers. */
  admin: pg.Pool
  /** A browser of its own in which this person signs in. */
  as(login: PersonLogin, companyId?: string): Promise<Client>
  /** A browser in which nobody is signed in. */
  nobody(): Client
  /** Calls a deed without HTTP, in a transaction of its own, as a route of this person would. */
  runAs<T>(login: PersonLogin, work: (ctx: Ctx) => Promise<T>, companyId?: string): Promise<T>
  /** Runs all queued jobs here and now, those too that they queue themselves; throws when one of them has a fault. */
  runJobs(): Promise<void>
  close(): Promise<void>
}

/** The whole program on a database of its own with the named world, without listening: `await app.close()` at the end. */
export async function startTestApp(
  options: { modules?: readonly Module[]; routes?: readonly Route[]; config?: Partial<Config> } = {},
): Promise<TestApp> {
  const { modules = [], routes = [] } = options
  const dataDir = await mkdtemp(join(tmpdir(), 'qucheng-app-'))
  const database = await testDatabase()
  const world = await createWorld(database.admin_url)
  setFilesRoot(dataDir, options.config?.clamd)
  const ground: Ground = {
    app: openDb(database.app_url, 6, 'test app'),
    gate: openDb(database.gate_url, 3, 'test gate'),
    config: { ...readConfig({ DATA_DIR: dataDir }), ...options.config },
    rolePermissions,
    secret: 'prints of tests',
    keyring: readKeyring('7'.repeat(64)),
  }
  const admin = new pg.Pool({ connectionString: database.admin_url, max: 2 })
  admin.on('error', () => {})
  const app = await buildApp(
    ground,
    [...platformRoutes(ground, modules), ...modules.flatMap((module) => module.routes), ...routes],
    { logLevel: 'fatal', isReady: async () => null, demoLogins: () => [] },
  )
  const jobs = { ...platformJobs(ground, modules), ...jobsOfModules(modules) }
  return {
    app,
    ground,
    world,
    database,
    admin,
    nobody: () => clientOf(app),
    as: async (login, companyId) => {
      const client = clientOf(app)
      const answer = await client.post('/api/session', { login, password: WORLD_PASSWORD })
      if (answer.status !== 200)
        throw new Error(`${login} cannot sign in: ${answer.status} ${JSON.stringify(answer.body)}`)
      if (companyId) await client.put('/api/session/company', { company_id: companyId })
      return client
    },
    runAs: (login, work, companyId) => runAs(ground, world.people[login], work, companyId),
    runJobs: () => runQueued(ground, admin, jobs),
    close: async () => {
      await app.close()
      await Promise.all([ground.app.destroy(), ground.gate.destroy(), admin.end()])
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

async function runAs<T>(
  ground: Ground,
  personId: string,
  work: (ctx: Ctx) => Promise<T>,
  companyId?: string,
): Promise<T> {
  const person = await ground.gate
    .selectFrom('people')
    .where('id', '=', personId)
    .select(['id', 'name', 'login', 'locale'])
    .executeTakeFirstOrThrow()
  const who = await signedIn(ground, person, companyId ?? null, ground.rolePermissions, 'session')
  if (!who) throw new Error(`${person.login} has no company`)
  const reader = { companyId: who.company.id, personId, scope: who.scope }
  return asReader(ground.app, reader, (tx) =>
    work({
      ...reader,
      db: tx,
      personName: person.name,
      permissions: who.permissions,
      now: new Date(),
      requestId: 'test',
    }),
  )
}

async function runQueued(ground: Ground, admin: pg.Pool, jobs: Parameters<typeof runJob>[1]): Promise<void> {
  const quiet = { info: () => {}, error: () => {} }
  for (;;) {
    const next = await admin.query<{ company_id: string; job_id: string }>(
      `select company_id, id as job_id from jobs where state = 'queued' order by id limit 1`,
    )
    const task = next.rows[0]
    if (!task) return
    await runJob(ground.app, jobs, task, new AbortController().signal, quiet)
  }
}
