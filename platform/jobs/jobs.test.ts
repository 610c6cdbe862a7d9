import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '#tests/http.ts'
import { clockTimes } from '../routes.ts'
import { cronItems, strike } from './clock.ts'
import { enqueueJob } from './public.ts'

let app: TestApp
const children = new Set<ChildProcess>()

beforeAll(async () => {
  app = await startTestApp()
})
afterAll(() => app.close())
afterEach(async () => {
  for (const child of children) await end(child, 'SIGKILL')
})

/** A worker process that is ready to take jobs. */
async function startChild(): Promise<ChildProcess> {
  const { app_url, gate_url, jobs_url } = app.database
  const child = spawn(process.execPath, [join(import.meta.dirname, '../../tests/crashing-worker.ts')], {
    env: { ...process.env, APP_URL: app_url, GATE_URL: gate_url, JOBS_URL: jobs_url },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  children.add(child)
  child.on('exit', () => children.delete(child))
  if (child.stdout) await Promise.race([once(child.stdout, 'data'), once(child, 'exit')])
  return child
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = once(child, 'exit')
  child.kill(signal)
  await gone
}

const enqueue = (kind: string, login: 'steward' | 'clerk-kangze' = 'steward') =>
  app.runAs(login, (ctx) => enqueueJob(ctx, { kind }))

async function jobOf(id: string) {
  const { rows } = await app.admin.query('select * from jobs where id = $1', [id])
  return rows[0]
}

/** Waits for a job, and lets no back-off pass: what is due later is due now. */
async function until(id: string, states: string[], ms = 20_000) {
  const deadline = Date.now() + ms
  for (;;) {
    const job = await jobOf(id)
    if (states.includes(job.state)) return job
    if (Date.now() > deadline) throw new Error(`job is still ${job.state} after ${job.attempts} attempts`)
    await app.admin.query(
      'update graphile_worker._private_jobs set run_at = now() where run_at > now() and locked_at is null',
    )
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

test('a job goes with its transaction: rolled back, it never was', async () => {
  const count = async () => {
    const { rows } = await app.admin.query(
      `select (select count(*) from jobs)::int as jobs, (select count(*) from graphile_worker._private_jobs)::int as queued`,
    )
    return rows[0]
  }
  const before = await count()
  await app
    .runAs('steward', async (ctx) => {
      await enqueueJob(ctx, { kind: 'test.quick' })
      throw new Error('after all not')
    })
    .catch(() => {})
  expect(await count()).toEqual(before)
})

test('the job of a worker that was killed is taken up by the next one', async () => {
  const first = await startChild()
  const id = await enqueue('test.hold')
  await until(id, ['running'])
  while ((await jobOf(id)).progress_done === 0) await new Promise((resolve) => setTimeout(resolve, 50))
  await end(first, 'SIGKILL')
  expect((await jobOf(id)).state).toBe('running')
  const started = performance.now()
  await startChild()
  const job = await until(id, ['done'])
  expect(performance.now() - started).toBeLessThan(5000)
  expect([job.attempts, job.result]).toEqual([2, { attempt: 2 }])
})

test('a worker that lives takes up the jobs of one that dies beside it', async () => {
  const first = await startChild()
  const id = await enqueue('test.hold')
  await until(id, ['running'])
  await startChild()
  await end(first, 'SIGKILL')
  expect((await until(id, ['done'])).attempts).toBe(2)
})

test('the job of a worker that lives is left to it, however long it takes', async () => {
  const first = await startChild()
  const second = await startChild()
  const id = await enqueue('test.hold')
  await until(id, ['running'])
  await app.admin.query(
    `update graphile_worker._private_jobs set locked_at = locked_at - interval '1 hour' where locked_at is not null`,
  )
  await new Promise((resolve) => setTimeout(resolve, 3000))
  expect(await jobOf(id)).toMatchObject({ state: 'running', attempts: 1 })
  await Promise.all([end(first, 'SIGKILL'), end(second, 'SIGKILL')])
})

test('progress is seen while the job runs, by whoever queued it and nobody of another company', async () => {
  await startChild()
  const id = await enqueue('test.hold', 'clerk-kangze')
  await until(id, ['running'])
  const clerk = await app.as('clerk-kangze')
  let body = (await clerk.get(`/api/jobs/${id}`)).body
  while (body.progress_done === 0) body = (await clerk.get(`/api/jobs/${id}`)).body
  expect(body).toMatchObject({ state: 'running', stage: 'counting', progress_done: 3, progress_total: 10 })
  for (const login of ['clerk-anhe', 'rep-hangzhou', 'by-steward'] as const) {
    expect((await (await app.as(login)).get(`/api/jobs/${id}`)).status).toBe(404)
  }
})

test('a job that kills its process five times is called failed, and others go on', async () => {
  const id = await enqueue('test.poison')
  const other = await enqueue('test.quick')
  let starts = 0
  while ((await jobOf(id)).state !== 'failed' && starts < 10) {
    starts += 1
    const child = await startChild()
    await Promise.race([once(child, 'exit'), until(id, ['failed'])])
  }
  const job = await jobOf(id)
  expect([job.state, job.attempts, job.error_code]).toEqual(['failed', 5, 'jobs.too-many-attempts'])
  expect(starts).toBe(6)
  expect((await until(other, ['done'])).result).toEqual({ fine: true })
}, 60_000)

test('a refusal ends a job at once, a fault after five attempts', async () => {
  await startChild()
  const refused = await until(await enqueue('test.refuse'), ['failed'])
  expect([refused.attempts, refused.error_code, refused.error_detail]).toEqual([
    1,
    'test.not-so',
    '{"because":"of that"}',
  ])
  const faulty = await until(await enqueue('test.fault'), ['failed'])
  expect([faulty.attempts, faulty.error_code, faulty.error_detail]).toEqual([5, 'jobs.fault', null])
})

test('a failed job is queued again by who watches over jobs, and then it runs', async () => {
  const id = await enqueue('test.quick')
  await app.admin.query(
    `update jobs set state = 'failed', attempts = 5, error_code = 'jobs.fault' where id = $1`,
    [id],
  )
  await app.admin.query('delete from graphile_worker._private_jobs')
  expect((await (await app.as('finance')).post(`/api/jobs/${id}/retry`)).status).toBe(403)
  const steward = await app.as('steward')
  expect((await steward.post(`/api/jobs/${id}/retry`)).body).toMatchObject({ state: 'queued', attempts: 0 })
  expect((await steward.post(`/api/jobs/${id}/retry`)).body.code).toBe('jobs.not-failed')
  await startChild()
  expect((await until(id, ['done'])).attempts).toBe(1)
})

test('a job that was taken back does not run', async () => {
  const id = await enqueue('test.quick')
  expect((await (await app.as('finance')).delete(`/api/jobs/${id}`)).body.code).toBe('not-allowed')
  const steward = await app.as('steward')
  expect((await steward.delete(`/api/jobs/${id}`)).status).toBe(200)
  expect((await steward.delete(`/api/jobs/${id}`)).body.code).toBe('jobs.begun')
  await startChild()
  await until(await enqueue('test.quick'), ['done'])
  expect(await jobOf(id)).toMatchObject({ state: 'cancelled', attempts: 0 })
})

test('a worker that is asked to stop lets its job end', async () => {
  const child = await startChild()
  await until(await enqueue('test.quick'), ['done'])
  await end(child, 'SIGTERM')
  expect(child.exitCode).toBe(0)
})

test('the clock strikes once a minute for every company, however often it is told', async () => {
  const due = new Date('2026-07-31T18:40:00Z')
  await Promise.all([1, 2, 3].map(() => strike(app.ground, 'test.nightly', due)))
  const { rows } = await app.admin.query(`select company_id from jobs where kind = 'test.nightly'`)
  expect(rows.map((row) => row.company_id).sort()).toEqual(Object.values(app.world.company).sort())
})

test('every time of the clock can be read', () => {
  const times = clockTimes([{ name: 'test', routes: [], clock: { 'test.nightly': '5 18 * * 1-5' } }])
  expect(cronItems(times).map((item) => item.identifier)).toContain('test.nightly')
})

test('the list shows errands of the platform only when they are not done', async () => {
  await app.admin.query(
    `insert into jobs (company_id, kind, payload, state) select $1, 'platform.send-mail', '{}', s
     from unnest(array['done', 'failed']) s`,
    [app.world.company.lanzhou],
  )
  const steward = await app.as('steward')
  const kinds = (await steward.get('/api/jobs?size=200')).body.rows.map(
    (row: { kind: string; state: string }) => `${row.kind} ${row.state}`,
  )
  expect(kinds).toContain('platform.send-mail failed')
  expect(kinds).not.toContain('platform.send-mail done')
  expect((await steward.get('/api/jobs?kind=platform.send-mail')).body.total).toBe(2)
})
