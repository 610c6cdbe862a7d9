import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { whatIsAway } from '#apps/server/health.ts'
import { readKeyring } from '#platform/secrets.ts'
import { startTestApp, type TestApp } from '#tests/http.ts'
import { WORLD_PASSWORD } from '#tests/world.ts'
import { signIn as tryToSignIn } from './sign-in.ts'
import { sealTotpSecret, totpCode } from './totp.ts'

let app: TestApp

beforeAll(async () => {
  app = await startTestApp()
})
afterAll(() => app.close())
beforeEach(() => app.admin.query('delete from sign_in_failures'))

const signIn = (login: string, password: string, totp?: string, client = app.nobody()) =>
  client.post('/api/session', { login, password, ...(totp && { totp }) })

/** Failures as if they had been tried one after the other from devices that nobody knows. */
const fail = (login: string, count: number, device = 'somewhere', print: Buffer | null = null) =>
  app.admin.query(
    `insert into sign_in_failures (login, device, password_print)
     select $1, $2 || n, $3 from generate_series(1, $4) n`,
    [login, device, print, count],
  )

test('unknown, wrong, disabled and right-but-late read alike', async () => {
  await app.admin.query(`update people set disabled_at = now() where login = 'by-admin'`)
  const answers = [
    await signIn('nobody-at-all', 'whatever it is 1'),
    await signIn('steward', 'whatever it is 1'),
    await signIn('by-admin', WORLD_PASSWORD),
  ]
  await app.admin.query(`update people set disabled_at = null where login = 'by-admin'`)
  for (const { status, body } of answers) {
    expect([status, body.code]).toEqual([401, 'auth.wrong-credentials'])
    expect(Object.keys(body).sort()).toEqual(Object.keys(answers[0]?.body).sort())
  }
})

test('the session token is nowhere in the database', async () => {
  const steward = await app.as('steward')
  const token = steward.cookies.get('__Host-qc') ?? ''
  expect(token.length).toBeGreaterThanOrEqual(43)
  const { rows } = await app.admin.query(
    `select count(*)::int as n from sessions s where s::text like '%' || $1 || '%'`,
    [token],
  )
  expect(rows[0].n).toBe(0)
})

test('the cookie is for this host, for https and for no script', async () => {
  const { headers } = await signIn('steward', WORLD_PASSWORD)
  const cookie = [headers['set-cookie']].flat().find((one) => String(one).startsWith('__Host-qc='))
  for (const word of ['Path=/', 'HttpOnly', 'Secure', 'SameSite=Lax']) expect(cookie).toContain(word)
})

test('twenty failures elsewhere block unknown devices, and never the device the person has used', async () => {
  const home = await app.as('manager')
  await fail('manager', 20)
  const stranger = await signIn('manager', WORLD_PASSWORD)
  expect([stranger.status, stranger.body.code]).toEqual([429, 'auth.too-many'])
  await fail('manager', 1000)
  expect((await signIn('manager', WORLD_PASSWORD, undefined, home)).status).toBe(200)
})

test('a known device has a budget of its own, and it ends too', async () => {
  const home = await app.as('finance')
  for (let i = 0; i < 10; i += 1) {
    expect((await signIn('finance', 'wrong and wrong', undefined, home)).status).toBe(401)
  }
  expect((await signIn('finance', WORLD_PASSWORD, undefined, home)).status).toBe(429)
})

test('a hundred guesses at the same moment are twenty', async () => {
  const guess = (i: number) =>
    tryToSignIn(
      app.ground,
      { login: 'clerk-anhe', password: `guess ${i}`, device: `device ${i}` },
      new Date(),
    )
  const answers = await Promise.allSettled(Array.from({ length: 100 }, (_, i) => guess(i)))
  const looked = answers.filter(
    (one) => one.status === 'rejected' && one.reason.code === 'auth.wrong-credentials',
  )
  expect(looked.length).toBeGreaterThan(0)
  // Inserts that cross each other on the gate's connections may not see one another.
  expect(looked.length).toBeLessThanOrEqual(23)
})

test('failures slow down before they block', async () => {
  await fail('director', 6)
  const started = performance.now()
  await signIn('director', 'wrong and wrong')
  expect(performance.now() - started).toBeGreaterThan(550)
})

test('one password tried over twenty accounts is caught, for accounts that were never tried too', async () => {
  for (let i = 0; i < 20; i += 1) await signIn(`victim-${i}`, 'Spring2026!spray')
  const next = await signIn('audit', 'Spring2026!spray')
  expect([next.status, next.body.code]).toEqual([429, 'auth.too-many'])
  expect((await signIn('audit', WORLD_PASSWORD)).status).toBe(200)
})

test('a code of the second factor works once, also for two who use it at the same moment', async () => {
  const rep = await app.as('rep-hangzhou')
  const begun = await rep.post('/api/profile/totp')
  expect(begun.status).toBe(201)
  const { secret, uri } = begun.body
  expect(uri).toContain('otpauth://totp/')
  const step = Math.floor(Date.now() / 30_000)
  expect((await rep.put('/api/profile/totp', { code: totpCode(secret, step - 1) })).status).toBe(200)
  expect((await rep.get('/api/profile')).body.totp_on).toBe(true)

  expect((await signIn('rep-hangzhou', WORLD_PASSWORD)).body.code).toBe('auth.totp-required')
  expect((await signIn('rep-hangzhou', WORLD_PASSWORD, totpCode(secret, step - 1))).body.code).toBe(
    'auth.totp-wrong',
  )
  const code = totpCode(secret, step)
  const both = await Promise.all([1, 2].map(() => signIn('rep-hangzhou', WORLD_PASSWORD, code)))
  expect(both.map((one) => one.status).sort()).toEqual([200, 401])
  expect((await signIn('rep-hangzhou', WORLD_PASSWORD, code)).status).toBe(401)
})

test('a password that somebody else has set lets in for a week, and then reads like a wrong one', async () => {
  const age = (days: number, must_change: boolean) =>
    app.admin.query(
      `update credentials set must_change = $1, password_set_at = now() - make_interval(days => $2) where person_id = $3`,
      [must_change, days, app.world.people.director],
    )
  await age(6, true)
  expect((await signIn('director', WORLD_PASSWORD)).body.must_change_password).toBe(true)
  await age(8, true)
  expect((await signIn('director', WORLD_PASSWORD)).body.code).toBe('auth.wrong-credentials')
  await age(800, false)
  expect((await signIn('director', WORLD_PASSWORD)).status).toBe(200)
})

test('a sign-in stands in the audit trail with its address, a failed one does not come so far', async () => {
  const { rowCount } = await app.admin.query(`delete from sessions`)
  expect(rowCount).not.toBeNull()
  const count = async () => {
    const { rows } = await app.admin.query(
      `select new_value->>'address' as address from audit where deed = 'platform.sign-in' and person_id = $1`,
      [app.world.people.finance],
    )
    return rows
  }
  const before = (await count()).length
  await signIn('finance', 'wrong and wrong')
  await signIn('finance', WORLD_PASSWORD)
  expect((await count()).slice(before)).toEqual([{ address: '127.0.0.1' }])
})

test('the secret of a second factor is kept sealed, for its own person; unsealed or carried over it opens nothing', async () => {
  const manager = await app.as('manager')
  const { secret } = (await manager.post('/api/profile/totp')).body
  const step = Math.floor(Date.now() / 30_000)
  const confirmed = await manager.put('/api/profile/totp', { code: totpCode(secret, step - 1) })
  expect(confirmed.status).toBe(200)
  const keep = (kept: string) =>
    app.admin.query('update credentials set totp_secret = $1 where person_id = $2', [
      kept,
      app.world.people.manager,
    ])
  const { rows } = await app.admin.query('select totp_secret from credentials where person_id = $1', [
    app.world.people.manager,
  ])
  const kept = rows[0].totp_secret
  expect(kept).toMatch(/^s1\.[0-9a-f]{8}\./)
  expect(JSON.stringify((await app.admin.query('select * from credentials')).rows)).not.toContain(secret)

  const foreign = sealTotpSecret(app.ground.keyring, app.world.people.finance, secret)
  for (const other of [secret, foreign]) {
    await keep(other)
    const { status, body } = await signIn('manager', WORLD_PASSWORD, totpCode(secret, step))
    expect([status, body.code]).toEqual([409, 'auth.totp-unreadable'])
  }
  expect(await whatIsAway(app.ground)).toEqual([])
  // Sealed with a key that is no longer the first: it opens, and moves under the new one.
  const older = '8'.repeat(64)
  const newer = readKeyring(`${'7'.repeat(64)},${older}`)
  await keep(sealTotpSecret(readKeyring(older), app.world.people.manager, secret))
  expect(await whatIsAway(app.ground)).toEqual(['secrets-key'])
  const attempt = { login: 'manager', password: WORLD_PASSWORD, device: 'x', totp: totpCode(secret, step) }
  await tryToSignIn({ ...app.ground, keyring: newer }, attempt, new Date())
  expect(await whatIsAway(app.ground)).toEqual([])
  await keep(secret)
  expect((await manager.delete('/api/profile/totp', { code: totpCode(secret, step + 1) })).body.code).toBe(
    'auth.totp-unreadable',
  )
  const admin = await app.as('security')
  const url = `/api/people/${app.world.people.manager}/totp`
  expect((await admin.delete(url)).status).toBe(200)
  expect((await admin.delete(url)).body.code).toBe('auth.totp-off')
  expect((await manager.get('/api/session')).status).toBe(401)
  expect((await signIn('manager', WORLD_PASSWORD)).status).toBe(200)
})

test('the second factor is taken away with a code only, and guessing it ends after five', async () => {
  const rep = await app.as('rep-chengdu')
  const { secret } = (await rep.post('/api/profile/totp')).body
  const step = Math.floor(Date.now() / 30_000)
  await rep.put('/api/profile/totp', { code: totpCode(secret, step - 1) })
  const wrong = totpCode(secret, step + 1000)
  for (let i = 0; i < 5; i += 1) {
    expect((await rep.delete('/api/profile/totp', { code: wrong })).body.code).toBe('auth.totp-wrong')
  }
  expect((await rep.delete('/api/profile/totp', { code: totpCode(secret, step) })).status).toBe(429)
  await app.admin.query('delete from sign_in_failures')
  expect((await rep.delete('/api/profile/totp', { code: totpCode(secret, step) })).status).toBe(200)
  expect((await signIn('rep-chengdu', WORLD_PASSWORD)).status).toBe(200)
})

test('a session ends when it was idle too long, and when its time is over', async () => {
  const steward = await app.as('steward')
  await app.admin.query(`update sessions set seen_at = now() - interval '31 minutes' where person_id = $1`, [
    app.world.people.steward,
  ])
  expect((await steward.get('/api/session')).body.code).toBe('auth.signed-out')
  const again = await app.as('steward')
  await app.admin.query(`update sessions set expires_at = now() - interval '1 second' where person_id = $1`, [
    app.world.people.steward,
  ])
  expect((await again.get('/api/session')).status).toBe(401)
})

test('where a second factor must be, nothing opens before it is set up; a demo company is let in', async () => {
  const strict = await startTestApp({ config: { secondFactor: 'administrators' } })
  try {
    const [admin, steward] = [await strict.as('admin'), await strict.as('steward')]
    expect((await admin.get('/api/people')).body.code).toBe('auth.totp-must-set')
    expect((await admin.get('/api/session')).body.must_set_totp).toBe(true)
    expect((await steward.get('/api/session')).body.must_set_totp).toBe(false)
    const { secret } = (await admin.post('/api/profile/totp')).body
    const code = totpCode(secret, Math.floor(Date.now() / 30_000))
    expect((await admin.put('/api/profile/totp', { code })).status).toBe(200)
    expect((await admin.get('/api/people')).status).toBe(200)
    await strict.admin.query('update companies set is_demo = true')
    await strict.admin.query('update credentials set totp_confirmed_at = null, totp_secret = null')
    expect((await admin.get('/api/people')).status).toBe(200)
  } finally {
    await strict.close()
  }
})

test('a page that asks by itself keeps no session alive, a person does', async () => {
  const steward = await app.as('steward')
  const seenAt = async () => {
    const { rows } = await app.admin.query(
      `select seen_at > now() - interval '5 minutes' as lately from sessions where person_id = $1`,
      [app.world.people.steward],
    )
    return rows.at(-1).lately
  }
  await app.admin.query(`update sessions set seen_at = now() - interval '10 minutes'`)
  expect((await steward.get('/api/notifications/count', { 'x-qucheng': 'idle' })).status).toBe(200)
  expect(await seenAt()).toBe(false)
  expect((await steward.get('/api/notifications/count')).status).toBe(200)
  expect(await seenAt()).toBe(true)
})

test('who administers is signed out after half the time', async () => {
  const [admin, steward] = [await app.as('admin'), await app.as('steward')]
  await app.admin.query(`update sessions set seen_at = now() - interval '16 minutes'`)
  expect((await admin.get('/api/session')).body.code).toBe('auth.signed-out')
  expect((await steward.get('/api/session')).status).toBe(200)
})

test('signing out ends the session on the server', async () => {
  const steward = await app.as('steward')
  const token = steward.cookies.get('__Host-qc') ?? ''
  expect((await steward.delete('/api/session')).status).toBe(200)
  steward.cookies.set('__Host-qc', token)
  expect((await steward.get('/api/session')).status).toBe(401)
})

test('a password that is reset skips no second factor', async () => {
  const rep = await app.as('clerk-anhe')
  const { secret } = (await rep.post('/api/profile/totp')).body
  const step = Math.floor(Date.now() / 30_000)
  expect((await rep.put('/api/profile/totp', { code: totpCode(secret, step - 1) })).status).toBe(200)
  const security = await app.as('security')
  const reset = await security.put(`/api/people/${app.world.people['clerk-anhe']}/password`)
  const { one_time_password } = reset.body
  const without = await signIn('clerk-anhe', one_time_password)
  expect([without.status, without.body.code]).toEqual([401, 'auth.totp-required'])
  expect((await signIn('clerk-anhe', one_time_password, totpCode(secret, step))).status).toBe(200)
})
