import Fastify from 'fastify'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { type Route, route } from '#platform/http.ts'
import { platformRoutes } from '#platform/routes.ts'
import { buildApp } from '#platform/server/build-app.ts'
import { startTestApp, type TestApp } from '#tests/http.ts'
import { clientOf } from '#tests/http-client.ts'
import { WORLD_PASSWORD } from '#tests/world.ts'
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
    rate: 'write',
    data: 'internal',
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
    rate: 'write',
    data: 'internal',
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
    rate: 'read',
    data: 'internal',
    answer: 'nothing',
    handle: async () => {
      throw new Error('select secret from somewhere')
    },
  }),
]

/** A fault of the database in whose details the value of a row stands. */
const spill = route({
  method: 'GET',
  path: '/test-spill',
  id: 'test.spill',
  summary: 'Is wrong over a number that is a person’s',
  permission: 'masterdata.read',
  rate: 'read',
  data: 'internal',
  answer: 'nothing',
  handle: async (ctx) => {
    await sql`do $$ begin
      raise exception 'numeric field overflow' using errcode = 'XX000', detail = 'holds 330102199001011234';
    end $$`.execute(ctx.db)
  },
})

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

test.each([['a\u0000b'], ['\u0007'], ['\u202Egnp.exe'], ['a\u2067b'], ['half \uD800']])(
  '%j holds what nobody sees, and is refused in body, list and query by name',
  async (text) => {
    const steward = await app.as('steward')
    const expected = [400, 'hidden-characters', { name: 'hidden-characters' }]
    for (const name of [text, [text], { in: [text] }]) {
      const { status, body } = await steward.post('/api/test-things', { name })
      const [field] = Object.keys(body.fields)
      expect([status, body.code, { name: body.fields[field ?? ''] }]).toEqual(expected)
    }
    // An address cannot hold half a character.
    if (!text.isWellFormed()) return
    const query = await steward.get(`/api/jobs?kind=${encodeURIComponent(text)}`)
    expect([query.status, query.body.code]).toEqual([400, 'hidden-characters'])
  },
)

test('lines, tabs, every script and the joined signs of emoji are text', async () => {
  const steward = await app.as('steward')
  const name = '一行\r\n两行\t𠮷 👩‍⚕️ café\u200B'
  expect((await steward.post('/api/test-things', { name })).body.name).toBe(name)
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

test('neither a password, a token nor a value of a row gets into the log, however much is logged', async () => {
  const lines: string[] = []
  const noisy = await buildApp(app.ground, [...platformRoutes(app.ground), ...routes, spill], {
    logLevel: 'trace',
    logTo: { write: (line) => void lines.push(line) },
    isReady: async () => null,
    demoLogins: () => [],
  })
  const client = clientOf(noisy)
  const secret = 'canary of a password'
  await client.post('/api/session', { login: 'steward', password: secret })
  expect((await client.post('/api/session', { login: 'steward', password: WORLD_PASSWORD })).status).toBe(200)
  await client.post('/api/session/confirmation', { password: secret })
  await client.put('/api/profile/password', { current: secret, next: secret })
  await client.get('/api/people', { authorization: `Bearer ${secret}` })
  expect((await client.get('/api/test-spill')).status).toBe(500)
  await noisy.close()
  const text = lines.join('')
  expect(text).toContain('auth.signIn')
  expect(text).toContain('numeric field overflow')
  for (const hidden of [
    secret,
    WORLD_PASSWORD,
    client.cookies.get('__Host-qc') ?? '',
    '330102199001011234',
  ]) {
    expect(hidden).not.toBe('')
    expect(text).not.toContain(hidden)
  }
})

test('nobody, and somebody without the permission, stay outside', async () => {
  expect((await app.nobody().get('/api/people')).body.code).toBe('auth.signed-out')
  const denied = await (await app.as('steward')).get('/api/people')
  expect([denied.status, denied.body.params]).toEqual([403, { permission: 'platform.read-people' }])
})

test('who calls without end is slowed down, and others are not', async () => {
  const audit = await app.as('audit')
  const check = () => audit.get('/api/audit/check')
  const answers = []
  for (let i = 0; i < 65; i += 1) answers.push((await check()).status)
  expect(answers.slice(0, 60)).toEqual(Array(60).fill(200))
  expect(answers.at(-1)).toBe(429)
  const refused = await check()
  expect([refused.headers['retry-after'], refused.body.code]).toEqual(['1', 'too-many-requests'])
  expect((await audit.get('/api/audit')).status).toBe(200)
})

test('only a named proxy says where a request comes from; who forges it changes neither address nor limit', async () => {
  const proxied = await startTestApp({ config: { trustedProxies: ['10.0.0.1', '10.9.0.0/24'] } })
  const call = (url: string, remoteAddress: string, forwarded: string, payload: object) =>
    proxied.app.inject({
      method: 'POST',
      url,
      remoteAddress,
      headers: { host: 'localhost', 'x-qucheng': 'web', 'x-forwarded-for': forwarded },
      payload,
    })
  const addressOf = async (...from: [string, string]) => {
    await proxied.admin.query('delete from sessions')
    const answer = await call('/api/session', ...from, { login: 'steward', password: WORLD_PASSWORD })
    expect(answer.statusCode).toBe(200)
    return (await proxied.admin.query('select address from sessions')).rows[0].address
  }
  try {
    expect(await addressOf('10.0.0.1', '203.0.113.7')).toBe('203.0.113.7')
    expect(await addressOf('10.0.0.1', '6.6.6.6, 203.0.113.7, 10.9.0.4')).toBe('203.0.113.7')
    expect(await addressOf('203.0.113.9', '6.6.6.6')).toBe('203.0.113.9')
    const founding = {
      company_code: 'XX',
      company_name: 'xx',
      name: 'x',
      login: 'xx',
      password: 'x'.repeat(8),
    }
    const knock = async (...from: [string, string]) =>
      (await call('/api/setup', ...from, { ...founding, token: 'x' })).statusCode
    const statuses = []
    for (let i = 0; i < 125; i += 1) statuses.push(await knock('203.0.113.5', `6.6.6.${i}`))
    expect([statuses[0], statuses.at(-1)]).toEqual([403, 429])
    expect(await knock('10.0.0.1', '203.0.113.6')).toBe(403)
  } finally {
    await proxied.close()
  }
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
  rate: 'read',
  data: 'internal',
  answer: 'nothing',
  handle: async () => {},
}

test.each([
  ['without a permission', { permission: undefined as never }, /declares no permission/],
  ['with a permission that is no word', { permission: 'everything' }, /declares no permission/],
  ['without a rate class', { rate: undefined as never }, /declares no rate class/],
  ['with a rate class that is none', { rate: 'often' as never }, /declares no rate class/],
  ['without a data class', { data: undefined as never }, /declares no data class/],
  ['without a shape of its answer', { answer: undefined as never }, /no shape of its answer/],
  ['that takes unknown fields', { body: z.object({ a: z.string() }) }, /takes unknown fields/],
])('a route %s does not start', (_, more, message) => {
  expect(() => registerRoutes(Fastify(), app.ground, [{ ...door, ...more }])).toThrow(message)
})

test('two routes of one name do not start', () => {
  const twin = { ...door, path: '/y' }
  expect(() => registerRoutes(Fastify(), app.ground, [door, twin])).toThrow(/two routes are called/)
})
