import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '#tests/http.ts'
import { recordAudit } from '../audit/public.ts'
import { hearEventsOf } from './heard-events.ts'
import { publishEvent } from './public.ts'

let app: TestApp
let heard: string[] = []
let fails = 0

beforeAll(async () => {
  const listen = (name: string) => ({
    name,
    routes: [],
    listeners: {
      'test.happened': async (ctx: Parameters<typeof recordAudit>[0], event: { subject_id: string }) => {
        heard.push(`${name} ${event.subject_id} ${ctx.scope.kind}`)
        await recordAudit(ctx, { deed: `${name}.hear`, subject: ['test.thing', event.subject_id] })
        if (name === 'second' && fails-- > 0) throw new Error('not now')
      },
    },
  })
  app = await startTestApp({ modules: [listen('first'), listen('second')] })
})
afterAll(() => app.close())
beforeEach(() => {
  heard = []
  fails = 0
})

const publish = (id: string, login: 'steward' | 'clerk-kangze' | 'rep-hangzhou' = 'steward') =>
  app.runAs(login, (ctx) => publishEvent(ctx, { name: 'test.happened', subject: ['test.thing', id] }))

test('an event reaches every listener after the commit', async () => {
  await publish('a')
  expect(heard).toEqual([])
  await app.runJobs()
  expect(heard).toEqual(['first a company', 'second a company'])
})

test('an event of a deed that is rolled back never was', async () => {
  await app
    .runAs('steward', async (ctx) => {
      await publishEvent(ctx, { name: 'test.happened', subject: ['test.thing', 'b'] })
      throw new Error('no')
    })
    .catch(() => {})
  await app.runJobs()
  expect(heard).toEqual([])
})

test('when one listener fails, what the others wrote is undone, and all hear it again', async () => {
  fails = 1
  await publish('c')
  await expect(app.runJobs()).rejects.toThrow('not now')
  await app.runJobs()
  expect(heard).toHaveLength(4)
  const { rows } = await app.admin.query(`select deed from audit where subject_id = 'c' order by deed`)
  expect(rows.map((row) => row.deed)).toEqual(['first.hear', 'second.hear'])
})

test('people of distributors and territories publish too, and read no events of others', async () => {
  await publish('d', 'clerk-kangze')
  await publish('e', 'rep-hangzhou')
  await app.runJobs()
  expect(heard).toHaveLength(4)
  const seen = await app.runAs('clerk-kangze', (ctx) =>
    ctx.db.selectFrom('events').select('subject_id').execute(),
  )
  expect(seen.map((row) => row.subject_id)).toEqual(['d'])
})

test('once the program has said who listens, an event that nobody hears stays on the timeline and gets no job', async () => {
  hearEventsOf([{ name: 'first', routes: [], listeners: { 'test.happened': async () => {} } }])
  const jobsOf = async (id: string) => {
    const { rows } = await app.admin.query('select kind from jobs where subject_id = $1', [id])
    return rows.map((row) => row.kind)
  }
  await app.runAs('steward', (ctx) =>
    publishEvent(ctx, { name: 'test.unheard', subject: ['test.thing', 'f'] }),
  )
  await publish('g')
  const { rows } = await app.admin.query(`select name from events where subject_id = 'f'`)
  expect(rows).toEqual([{ name: 'test.unheard' }])
  expect([await jobsOf('f'), await jobsOf('g')]).toEqual([[], ['platform.deliver-event']])
})
