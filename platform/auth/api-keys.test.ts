import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { route } from '#platform/http.ts'
import { type Client, startTestApp, type TestApp } from '#tests/http.ts'

let app: TestApp
let admin: Client

const ping = route({
  method: 'POST',
  path: '/test-ping',
  id: 'test.ping',
  summary: 'Who am I',
  permission: 'masterdata.read',
  rate: 'write',
  data: 'internal',
  answer: z.object({ person_id: z.string().nullable(), permissions: z.array(z.string()) }),
  handle: async (ctx) => ({ person_id: ctx.personId, permissions: [...ctx.permissions].sort() }),
})

beforeAll(async () => {
  app = await startTestApp({ routes: [ping] })
  admin = await app.as('admin')
})
afterAll(() => app.close())

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)

async function makeKey(permissions: string[]): Promise<{ id: string; bearer: Record<string, string> }> {
  const { status, body } = await admin.post('/api/api-keys', {
    name: '接口',
    permissions,
    expires_on: inDays(30),
  })
  expect(status).toBe(201)
  return { id: body.id, bearer: { authorization: `Bearer ${body.key}`, 'x-qucheng': '' } }
}

test('a key does what it was given and no more, without cookie and header', async () => {
  const { bearer } = await makeKey(['masterdata.read'])
  const answer = await app.nobody().post('/api/test-ping', undefined, bearer)
  expect(answer.body).toEqual({ person_id: app.world.people.admin, permissions: ['masterdata.read'] })
  const other = await makeKey(['masterdata.write'])
  expect((await app.nobody().post('/api/test-ping', undefined, other.bearer)).status).toBe(403)
})

test('a key is shown once and kept as its hash', async () => {
  const { id, bearer } = await makeKey(['masterdata.read'])
  const list = await admin.get('/api/api-keys')
  expect(list.body.rows.find((row: { id: string }) => row.id === id).last_used_at).toBeNull()
  const secret = /^Bearer qc_[0-9a-f]{12}_(.{34})_/.exec(bearer.authorization ?? '')?.[1]
  expect(secret).toHaveLength(34)
  for (const table of ['api_keys', 'audit', 'idempotency_keys']) {
    const { rows } = await app.admin.query(`select from ${table} t where position($1 in t::text) > 0`, [
      secret,
    ])
    expect(rows).toEqual([])
  }
})

test('a key with an Idempotency-Key is not kept either', async () => {
  const body = { name: '接口', permissions: ['masterdata.read'], expires_on: inDays(1) }
  const answers = [
    await admin.post('/api/api-keys', body, { 'idempotency-key': 'one' }),
    await admin.post('/api/api-keys', body, { 'idempotency-key': 'one' }),
  ]
  expect(answers[0]?.body.key).not.toBe(answers[1]?.body.key)
  expect((await app.admin.query('select from idempotency_keys')).rowCount).toBe(0)
})

test('a key is never given what its maker may not do, nor what needs a person', async () => {
  for (const permission of [
    'flows.close',
    'platform.manage-people',
    'platform.decide-approvals',
    'signed-in',
  ]) {
    const { body } = await admin.post('/api/api-keys', {
      name: 'x',
      permissions: [permission],
      expires_on: inDays(1),
    })
    expect(body.code).toBe('keys.permission-not-given')
  }
  for (const expires_on of [inDays(403), inDays(-2)]) {
    const { body } = await admin.post('/api/api-keys', {
      name: 'x',
      permissions: ['masterdata.read'],
      expires_on,
    })
    expect(body.code).toBe('keys.wrong-expiry')
  }
})

test('a revoked or expired key, and one with a flipped letter, are all the same stranger', async () => {
  const { id, bearer } = await makeKey(['masterdata.read'])
  expect((await admin.delete(`/api/api-keys/${id}`)).status).toBe(200)
  const revoked = await app.nobody().post('/api/test-ping', undefined, bearer)
  const expired = await makeKey(['masterdata.read'])
  await app.admin.query(`update api_keys set expires_at = now() where id = $1`, [expired.id])
  const late = await app.nobody().post('/api/test-ping', undefined, expired.bearer)
  const flipped = `${bearer.authorization?.slice(0, -1)}x`
  const wrong = await app.nobody().post('/api/test-ping', undefined, { ...bearer, authorization: flipped })
  for (const { status, body } of [revoked, late, wrong])
    expect([status, body.code]).toEqual([401, 'auth.wrong-key'])
})

test('a key for some addresses is a stranger from all others, whatever a header says', async () => {
  const body = { name: 'x', permissions: ['masterdata.read'], expires_on: inDays(1) }
  const wrong = await admin.post('/api/api-keys', { ...body, addresses: ['10.0.0.0/24', 'everywhere'] })
  expect([wrong.status, wrong.body.code]).toEqual([422, 'keys.wrong-address'])
  const { key } = (await admin.post('/api/api-keys', { ...body, addresses: ['10.0.0.0/24', '::1'] })).body
  const from = async (remoteAddress: string, more: Record<string, string> = {}) => {
    const headers = { authorization: `Bearer ${key}`, ...more }
    return (await app.app.inject({ method: 'POST', url: '/api/test-ping', remoteAddress, headers }))
      .statusCode
  }
  expect([await from('10.0.0.9'), await from('::ffff:10.0.0.9'), await from('::1')]).toEqual([200, 200, 200])
  expect([await from('10.0.1.9'), await from('10.0.1.9', { 'x-forwarded-for': '10.0.0.9' })]).toEqual([
    401, 401,
  ])
})

test('a key goes with the place of its person', async () => {
  const { bearer } = await makeKey(['masterdata.read'])
  await app.admin.query(`update memberships set roles = '{audit-administrator}' where person_id = $1`, [
    app.world.people.admin,
  ])
  expect((await app.nobody().post('/api/test-ping', undefined, bearer)).status).toBe(403)
  await app.admin.query(`update memberships set roles = '{administrator}' where person_id = $1`, [
    app.world.people.admin,
  ])
})

test('a key opens nothing of what people do about themselves', async () => {
  const { bearer } = await makeKey(['masterdata.read'])
  expect((await app.nobody().get('/api/profile', bearer)).status).toBe(403)
  expect((await app.nobody().get('/api/notifications', bearer)).status).toBe(403)
})
