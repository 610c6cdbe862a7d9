import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestApp, type TestApp } from './http.ts'

let app: TestApp

beforeAll(async () => {
  app = await startTestApp()
})
afterAll(() => app.close())

test('each person of the world signs in and sees their own place', async () => {
  for (const [login, scope, distributor] of [
    ['steward', 'company', null],
    ['clerk-kangze', 'distributor', '杭州康泽医药有限公司'],
    ['rep-hangzhou', 'territory', null],
    ['by-clerk', 'distributor', '北屿海澄医药有限公司'],
  ] as const) {
    const { status, body } = await (await app.as(login)).get('/api/session')
    expect(status).toBe(200)
    expect([body.person.login, body.scope, body.distributor?.name ?? null]).toEqual([
      login,
      scope,
      distributor,
    ])
  }
})

test('who serves two companies changes between them', async () => {
  const both = await app.as('both', app.world.company.beiyu)
  const { body } = await both.get('/api/session')
  expect(body.company.name).toBe('北屿药业')
  expect(body.companies).toHaveLength(2)
})

test('a deed runs with the eyes of its person', async () => {
  const count = (ctx: Parameters<Parameters<TestApp['runAs']>[1]>[0]) =>
    ctx.db.selectFrom('memberships').select('person_id').execute()
  expect((await app.runAs('admin', count)).length).toBe(13)
  expect((await app.runAs('by-admin', count)).length).toBe(4)
  expect((await app.runAs('clerk-anhe', count)).length).toBe(1)
})

test('the API describes itself', async () => {
  const { status, body } = await app.nobody().get('/api/openapi.json')
  expect(status).toBe(200)
  expect(Object.keys(body.paths).length).toBeGreaterThan(20)
})
