import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Client, startTestApp, type TestApp } from '#tests/http.ts'
import { WORLD_PASSWORD } from '#tests/world.ts'

let app: TestApp
let admin: Client
let security: Client

beforeAll(async () => {
  app = await startTestApp()
  admin = await app.as('admin')
  security = await app.as('security')
})
afterAll(() => app.close())

const person = (more: object = {}) => ({
  login: `new-${Math.random().toString(36).slice(2, 10)}`,
  name: '新来者',
  roles: ['finance'],
  scope: 'company',
  ...more,
})

test('a new person gets a password for once and nothing opens before it is changed', async () => {
  const input = person({ email: 'new@example.test' })
  const { status, body } = await admin.post('/api/people', input)
  expect(status).toBe(201)
  expect(body.one_time_password.replaceAll('-', '')).toMatch(/^[0-9a-f]{32}$/)
  const client = app.nobody()
  const signedIn = await client.post('/api/session', { login: input.login, password: body.one_time_password })
  expect(signedIn.body.must_change_password).toBe(true)
  expect((await client.get('/api/jobs')).body.code).toBe('auth.password-must-change')
  const change = { current: body.one_time_password, next: 'a better one of mine' }
  expect((await client.put('/api/profile/password', change)).status).toBe(200)
  expect((await client.get('/api/jobs')).status).toBe(200)
  expect((await client.get('/api/session')).body.must_change_password).toBe(false)
})

test.each([
  [['administrator', 'security-administrator']],
  [['security-administrator', 'audit-administrator']],
  [['audit-administrator', 'finance', 'administrator']],
])('%j are never one person, for the deed and for the database', async (roles) => {
  const { body } = await admin.post('/api/people', person({ roles }))
  expect([body.code, body.fields]).toEqual(['people.two-admins', { roles: 'two-admins' }])
  const url = `/api/people/${app.world.people['rep-hangzhou']}`
  expect((await admin.patch(url, { roles })).body.code).toBe('people.two-admins')
  const behind = app.admin.query('update memberships set roles = $1 where person_id = $2', [
    roles,
    app.world.people['rep-hangzhou'],
  ])
  await expect(behind).rejects.toThrow('one_administrator_role')
})

test('each administrator does their own part and not the others’', async () => {
  const clerk = app.world.people['clerk-anhe']
  const audit = await app.as('audit')
  const parts = async (client: Client) => [
    (await client.post('/api/people', person())).status,
    (await client.put(`/api/people/${clerk}/password`)).status,
    (await client.get('/api/audit')).status,
  ]
  expect(await parts(admin)).toEqual([201, 403, 403])
  expect(await parts(security)).toEqual([403, 200, 403])
  expect(await parts(audit)).toEqual([403, 403, 200])
})

test('roles, scope and distributor must fit each other', async () => {
  const codes = []
  for (const more of [
    { roles: ['emperor'] },
    { roles: ['administrator', 'audit-administrator'] },
    { scope: 'distributor' },
    { scope: 'distributor', distributor_id: app.world.distributors.haicheng },
    { login: 'steward' },
  ]) {
    codes.push((await admin.post('/api/people', person(more))).body.code)
  }
  expect(codes).toEqual([
    'people.unknown-role',
    'people.two-admins',
    'people.needs-distributor',
    'not-found',
    'people.already-here',
  ])
})

test('nobody changes their own roles or resets their own password by the side door', async () => {
  const own = `/api/people/${app.world.people.admin}`
  expect((await admin.patch(own, { roles: ['administrator', 'finance'] })).body.code).toBe('people.own-roles')
  expect((await admin.patch(own, { disabled: true })).body.code).toBe('people.own-roles')
  const guard = `/api/people/${app.world.people.security}/password`
  expect((await security.put(guard)).body.code).toBe('people.own-password')
  const { body } = await admin.get('/api/people?q=admin&size=1')
  expect(body.rows[0].login).toBe('admin')
  const { email, roles, scope, distributor_id } = body.rows[0]
  const form = { name: '何若水二', email, roles, scope, distributor_id }
  expect((await admin.patch(own, form)).body.name).toBe('何若水二')
  expect((await admin.get('/api/session')).status).toBe(200)
})

test.each([
  ['disabling', { disabled: true }, 'steward'],
  ['other roles', { roles: ['director'] }, 'manager'],
  ['another scope', { scope: 'territory' }, 'finance'],
] as const)('%s ends the sessions of a person at once', async (_, change, login) => {
  const client = await app.as(login)
  expect((await client.get('/api/session')).status).toBe(200)
  expect((await admin.patch(`/api/people/${app.world.people[login]}`, change)).status).toBe(200)
  expect((await client.get('/api/session')).status).toBe(401)
})

test('a password for once ends the sessions of a person, and the old password is void', async () => {
  const client = await app.as('director')
  const reset = await security.put(`/api/people/${app.world.people.director}/password`)
  expect(reset.status).toBe(200)
  expect((await client.get('/api/session')).status).toBe(401)
  const again = app.nobody()
  expect((await again.post('/api/session', { login: 'director', password: WORLD_PASSWORD })).status).toBe(401)
  expect(
    (await again.post('/api/session', { login: 'director', password: reset.body.one_time_password })).status,
  ).toBe(200)
})

test('a new password of one’s own ends the other sessions and keeps this one', async () => {
  const here = await app.as('owner-kangze')
  const there = await app.as('owner-kangze')
  const next = 'eight loud mountains'
  expect((await here.put('/api/profile/password', { current: 'no', next })).body.code).toBe(
    'auth.wrong-password',
  )
  expect(
    (await here.put('/api/profile/password', { current: WORLD_PASSWORD, next: 'short' })).body.fields,
  ).toEqual({
    next: 'too-short',
  })
  expect((await here.put('/api/profile/password', { current: WORLD_PASSWORD, next })).status).toBe(200)
  expect((await here.get('/api/session')).status).toBe(200)
  expect((await there.get('/api/session')).status).toBe(401)
})

test('a login that exists elsewhere gets a place here and keeps its password; its name and ways in are its own', async () => {
  const added = await admin.post('/api/people', person({ login: 'by-steward', name: '别的名字' }))
  expect(added.status).toBe(201)
  expect(added.body.one_time_password).toBeNull()
  const url = `/api/people/${app.world.people['by-steward']}`
  expect((await security.put(`${url}/password`)).body.code).toBe('people.serves-other-companies')
  expect((await admin.patch(url, { email: 'mine@example.test' })).body.code).toBe(
    'people.serves-other-companies',
  )
  const both = await app.as('by-steward', app.world.company.lanzhou)
  expect((await both.get('/api/session')).body.company.name).toBe('澜州医疗')
  expect((await both.get('/api/profile')).body.name).toBe('北辰光')
})

test('who has a second factor is told with the person', async () => {
  const rows = async () =>
    (await admin.get('/api/people?size=100')).body.rows as { login: string; totp_on: boolean }[]
  expect((await rows()).filter((row) => row.totp_on)).toEqual([])
  await app.admin.query(`update credentials set totp_confirmed_at = now() where person_id = $1`, [
    app.world.people['rep-chengdu'],
  ])
  expect((await rows()).filter((row) => row.totp_on).map((row) => row.login)).toEqual(['rep-chengdu'])
})

test('people of another company cannot be seen or changed, and read like people who do not exist', async () => {
  const { body } = await admin.get('/api/people?size=200')
  expect(body.rows.map((row: { login: string }) => row.login)).not.toContain('by-clerk')
  const foreign = await admin.patch(`/api/people/${app.world.people['by-clerk']}`, { disabled: true })
  const random = await admin.patch('/api/people/019a0000-0000-7000-8000-000000000000', { disabled: true })
  expect([foreign.status, foreign.body.code]).toEqual([404, 'not-found'])
  expect({ ...foreign.body, request_id: '' }).toEqual({ ...random.body, request_id: '' })
})

test('what the gate changes stands in the audit trail, with who did it and no password', async () => {
  const { rows } = await app.admin.query(
    `select person_id, deed, a::text as text from audit a where deed like 'platform.%' order by id`,
  )
  expect(new Set(rows.map((row) => row.deed))).toContain('platform.change-password')
  expect(rows.every((row) => row.person_id !== null)).toBe(true)
  expect(rows.filter((row) => row.text.includes(WORLD_PASSWORD))).toEqual([])
})

test('the profile mlps3 wants three classes of signs and a new password every 90 days', async () => {
  const strict = await startTestApp({ config: { passwordProfile: 'mlps3' } })
  try {
    const steward = await strict.as('steward')
    const change = (next: string) => steward.put('/api/profile/password', { current: WORLD_PASSWORD, next })
    expect((await change('onlysmallletters')).body.fields).toEqual({ next: 'too-plain' })
    await strict.admin.query(`update credentials set password_set_at = now() - interval '91 days'`)
    expect((await steward.get('/api/jobs')).body.code).toBe('auth.password-must-change')
    expect((await change('Rivers7!')).status).toBe(200)
    expect((await steward.get('/api/jobs')).status).toBe(200)
  } finally {
    await strict.close()
  }
})
