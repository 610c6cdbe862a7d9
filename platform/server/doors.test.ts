import Fastify from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { type Route, route } from '#platform/http.ts'
import { startTestApp, type TestApp } from '#tests/http.ts'
import { registerRoutes } from './register-routes.ts'

let app: TestApp
let calls = 0

const input = z.strictObject({ name: z.string(), count: z.number().int().default(1) })
const routes = [
  route({
    method: 'POST',
    path: '/test-things',
    id: 'test.addThing',
    summary: 'Counts its calls',
    permission: 'masterdata.read',
    body: input,
    answer: z.object({ calls: z.number(), name: z.string() }),
    handle: async (_, { body }) => {
      calls += 1
      return { calls, name: body.name }
    },
  }),
  route({
    method: 'POST',
    path: '/test-twins',
    id: 'test.addTwin',
    summary: 'Breaks a unique key',
    permission: 'masterdata.read',
    answer: 'nothing',
    handle: async (ctx) => {
      const values = { company_id: ctx.companyId, subject_kind: 'test.thing', name: 'x', steps: '[]' }
      await ctx.db.insertInto('approval_rules').values([values, values]).execute()
    },
  }),
  route({
    method: 'GET',
    path: '/test-fault',
    id: 'test.fault',
    summary: 'Is wrong',
    permission: 'masterdata.read',
    answer: 'nothing',
    handle: async () => {
      throw new Error('select secret from somewhere')
    },
  }),
]

beforeAll(async () => {
  app = await startTestApp({ routes })
})
afterAll(() => app.close())

test('a change without our header, from another site or with an origin that is no address is refused', async () => {
  const steward = await app.as('steward')
  const heads: Record<string, string>[] = [
    { 'x-qucheng': '' },
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
  ]
  for (const headers of heads) {
    const { status, body } = await steward.post('/api/test-things', { name: 'x' }, headers)
    expect([status, body.code]).toEqual([403, 'auth.foreign-origin'])
    const session = await app.nobody().post('/api/session', { login: 'steward', password: 'x' }, headers)
    expect(session.status).toBe(403)
  }
  const own = { origin: 'http://localhost', 'sec-fetch-site': 'same-origin' }
  expect((await steward.post('/api/test-things', { name: 'x' }, own)).status).toBe(200)
})

test('unknown fields and other types are refused with the name of the field', async () => {
  const steward = await app.as('steward')
  const extra = await steward.post('/api/test-things', { name: 'x', company_id: app.world.company.beiyu })
  expect([extra.status, extra.body.code]).toEqual([400, 'invalid-request'])
  const typed = await steward.post('/api/test-things', { name: 'x', count: '1' })
  expect([typed.status, Object.keys(typed.body.fields)]).toEqual([400, ['count']])
  expect((await steward.get('/api/jobs?compny=1')).status).toBe(400)
  expect((await steward.get('/api/jobs?sort=payload')).status).toBe(400)
})

test('a prototype is no field', async () => {
  const steward = await app.as('steward')
  const answer = await steward.post('/api/test-things', JSON.parse('{"name":"x","__proto__":{"count":2}}'))
  expect(answer.status).toBe(400)
})

test('with one Idempotency-Key a write happens once; another body under it is refused', async () => {
  const steward = await app.as('steward')
  const key = { 'idempotency-key': 'once' }
  const first = await steward.post('/api/test-things', { name: 'a' }, key)
  const second = await steward.post('/api/test-things', { name: 'a' }, key)
  expect(second.body).toEqual(first.body)
  const other = await steward.post('/api/test-things', { name: 'b' }, key)
  expect([other.status, other.body.code]).toEqual([422, 'idempotency-key-reused'])
  const somebodyElse = await (await app.as('manager')).post('/api/test-things', { name: 'a' }, key)
  expect(somebodyElse.body.calls).toBe(first.body.calls + 1)
})

test('two calls at once with one key are one write', async () => {
  const steward = await app.as('steward')
  const before = calls
  const key = { 'idempotency-key': 'at once' }
  const answers = await Promise.all(
    [1, 2, 3, 4].map(() => steward.post('/api/test-things', { name: 'a' }, key)),
  )
  expect(new Set(answers.map(({ status, body }) => `${status} ${body.calls}`)).size).toBe(1)
  expect(calls).toBe(before + 1)
})

test('what the database refuses is told without its words, and a fault tells nothing', async () => {
  const steward = await app.as('steward')
  const twin = await steward.post('/api/test-twins')
  expect(twin.headers['content-type']).toContain('application/problem+json')
  expect(twin.body).toEqual({
    type: 'about:blank',
    title: 'Conflict',
    status: 409,
    code: 'already-exists',
    request_id: twin.headers['x-request-id'],
  })
  const fault = await steward.get('/api/test-fault')
  expect([fault.status, fault.body.code]).toEqual([500, 'fault'])
  expect(JSON.stringify(fault.body)).not.toContain('select')
})

test('nobody, and somebody without the permission, stay outside', async () => {
  expect((await app.nobody().get('/api/people')).body.code).toBe('auth.signed-out')
  const denied = await (await app.as('steward')).get('/api/people')
  expect([denied.status, denied.body.params]).toEqual([403, { permission: 'platform.manage-people' }])
})

test('who calls without end is slowed down, and others are not', async () => {
  const audit = await app.as('audit')
  const check = () => audit.get('/api/audit/check')
  const answers = []
  for (let i = 0; i < 65; i += 1) answers.push((await check()).status)
  expect(answers.slice(0, 60)).toEqual(Array(60).fill(200))
  expect(answers.at(-1)).toBe(429)
  expect((await audit.get('/api/audit')).status).toBe(200)
})

test('every answer forbids sniffing, framing and keeping', async () => {
  for (const answer of [await app.nobody().get('/api/session'), await app.nobody().get('/api/nowhere')]) {
    expect(answer.headers['x-content-type-options']).toBe('nosniff')
    expect(answer.headers['cache-control']).toBe('no-store')
    expect(answer.headers['content-security-policy']).toContain("frame-ancestors 'none'")
  }
})

const door: Route = {
  method: 'GET',
  path: '/x',
  id: 'test.x',
  summary: '',
  permission: 'a.b',
  answer: 'nothing',
  handle: async () => {},
}

test.each([
  ['without a permission', { permission: undefined as never }, /declares no permission/],
  ['with a permission that is no word', { permission: 'everything' }, /declares no permission/],
  ['that takes unknown fields', { body: z.object({ a: z.string() }) }, /takes unknown fields/],
])('a route %s does not start', (_, more, message) => {
  expect(() => registerRoutes(Fastify(), app.ground, [{ ...door, ...more }])).toThrow(message)
})

test('two routes of one name do not start', () => {
  const twin = { ...door, path: '/y' }
  expect(() => registerRoutes(Fastify(), app.ground, [door, twin])).toThrow(/two routes are called/)
})
