import { afterAll, beforeAll, expect, test } from 'vitest'
import { modules } from '#apps/server/modules.ts'
import { platformRoutes } from '#platform/routes.ts'
import { type Client, startTestApp, type TestApp } from '#tests/http.ts'
import { type PersonLogin, WORLD_PASSWORD } from '#tests/world.ts'

let app: TestApp

beforeAll(async () => {
  app = await startTestApp()
})
afterAll(() => app.close())

/** Signed in, and left alone for a while. */
async function stale(login: PersonLogin): Promise<Client> {
  const client = await app.as(login)
  await app.admin.query(
    `update sessions set confirmed_at = now() - interval '6 minutes' where person_id = $1`,
    [app.world.people[login]],
  )
  return client
}

const confirm = (client: Client, password = WORLD_PASSWORD) =>
  client.post('/api/session/confirmation', { password })

test('what makes new ways in or gives rights asks for a fresh password, and nothing else does', () => {
  const routes = [...platformRoutes(app.ground), ...modules.flatMap((module) => module.routes)]
  expect(routes.filter((route) => route.fresh).map((route) => route.id)).toEqual([
    'platform.beginTotp',
    'platform.confirmTotp',
    'platform.removeTotp',
    'platform.addPerson',
    'platform.changePerson',
    'platform.resetPassword',
    'platform.resetTotp',
    'platform.addApiKey',
    'platform.setApprovalRule',
    'platform.endApprovalRule',
    'flows.applyThreshold',
    'flows.undoThreshold',
  ])
})

test('a session whose password was given long ago is asked for it, and goes on under a new token', async () => {
  const admin = await stale('admin')
  const key = { name: '接口', permissions: ['masterdata.read'], expires_on: '2099-01-01' }
  const asked = await admin.post('/api/api-keys', key)
  expect([asked.status, asked.body.code]).toEqual([403, 'fresh-password-needed'])
  expect((await admin.get('/api/people')).status).toBe(200)

  const before = admin.cookies.get('__Host-qc')
  const confirmed = await confirm(admin)
  expect([confirmed.status, confirmed.body]).toEqual([200, { fresh_minutes: 5 }])
  expect(admin.cookies.get('__Host-qc')).not.toBe(before)
  expect((await admin.post('/api/api-keys', key)).body.code).toBe('keys.wrong-expiry')
})

test('the token of before lives on for calls under way alone, is not fresh and cannot be made so twice', async () => {
  const admin = await stale('security')
  const copied = app.nobody()
  copied.cookies.set('__Host-qc', admin.cookies.get('__Host-qc') ?? '')
  expect((await confirm(admin)).status).toBe(200)
  expect((await copied.get('/api/people')).status).toBe(200)
  const url = `/api/people/${app.world.people.steward}/password`
  expect((await copied.put(url)).body.code).toBe('fresh-password-needed')
  expect((await confirm(copied)).body.code).toBe('try-again')
  const { rows } = await app.admin.query(
    `select max(expires_at) - now() < interval '11 seconds' as soon from sessions where confirmed_at = '-infinity'`,
  )
  expect(rows).toEqual([{ soon: true }])
  await app.admin.query(`update sessions set expires_at = now() where confirmed_at = '-infinity'`)
  expect((await copied.get('/api/people')).status).toBe(401)
  expect((await admin.put(url)).status).toBe(200)
})

test('five wrong passwords end the guessing, and the right one is then not taken either', async () => {
  const admin = await stale('admin')
  for (let i = 0; i < 5; i += 1) {
    const { status, body } = await confirm(admin, 'a guess')
    expect([status, body.code, body.fields]).toEqual([422, 'auth.wrong-password', { password: 'wrong' }])
  }
  expect((await confirm(admin)).status).toBe(429)
  await app.admin.query('delete from sign_in_failures')
  expect((await confirm(admin)).status).toBe(200)
})

test('nobody, a page of another site and a key confirm nothing', async () => {
  expect((await confirm(app.nobody())).status).toBe(401)
  const admin = await app.as('admin')
  const foreign = await admin.post(
    '/api/session/confirmation',
    { password: WORLD_PASSWORD },
    { 'sec-fetch-site': 'cross-site' },
  )
  expect(foreign.body.code).toBe('auth.foreign-origin')
  const made = await admin.post('/api/api-keys', {
    name: '接口',
    permissions: ['masterdata.read'],
    expires_on: new Date(Date.now() + 86_400_000).toISOString().slice(0, 10),
  })
  const bearer = { authorization: `Bearer ${made.body.key}` }
  const byKey = await app.nobody().post('/api/session/confirmation', { password: WORLD_PASSWORD }, bearer)
  expect(byKey.status).toBe(403)
})
