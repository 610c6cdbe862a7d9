import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { modules } from '#apps/server/modules.ts'
import { newApiKey } from '#platform/auth/api-keys.ts'
import { DATA_CLASSES } from '#platform/data-classes.ts'
import type { Route } from '#platform/http.ts'
import { RATES } from '#platform/rates.ts'
import { platformRoutes } from '#platform/routes.ts'
import { startTestApp, type TestApp } from '#tests/http.ts'

// Every route with what it declares, and what its door makes of it.
let app: TestApp
let routes: readonly Route[]

beforeAll(async () => {
  app = await startTestApp({ modules })
  routes = [...platformRoutes(app.ground, modules), ...modules.flatMap((module) => module.routes)]
})
afterAll(() => app.close())

const pathOf = (route: Route) =>
  `/api${route.path.replaceAll(/:[a-z_]+/g, '00000000-0000-7000-8000-000000000000')}`

test('each declares permission, rate class, data class and the shape of its answer', () => {
  expect(routes.length).toBeGreaterThan(100)
  for (const { id, permission, rate, data, answer } of routes) {
    expect([id, permission !== '', rate in RATES, data in DATA_CLASSES, Boolean(answer)]).toEqual([
      id,
      true,
      true,
      true,
      true,
    ])
  }
})

test('what reads a whole table into a file, or takes files in, is costly', () => {
  const whole = routes.filter(({ id, upload }) => upload || /\.export[A-Z]/.test(id))
  expect(whole.length).toBeGreaterThan(8)
  expect(whole.filter(({ rate }) => rate !== 'costly').map(({ id }) => id)).toEqual([])
})

test('what changes something counts as a write, and reading does not', () => {
  const wrong = routes.filter(({ method, rate }) => rate === 'write' && method === 'GET')
  const reading = routes.filter(({ method, rate }) => rate === 'read' && method !== 'GET')
  expect(wrong.map(({ id }) => id)).toEqual([])
  // A preview is asked with a body, and changes nothing.
  expect(reading.map(({ id }) => id).filter((id) => !/\.(preview|draft)/.test(id))).toEqual([])
})

test('what touches ways in is secret, and asks for the password again', () => {
  const secret = routes.filter(({ data }) => data === 'secret')
  expect(secret.length).toBeGreaterThan(5)
  for (const { id, fresh } of secret) {
    expect([id, fresh === true || id === 'platform.changePassword']).toEqual([id, true])
  }
})

describe('the door keeps what the classes say', () => {
  test('a key with every permission is answered with neither people nor secrets', async () => {
    const everything = [...new Set(Object.values(app.ground.rolePermissions).flat())]
    const { key, prefix, hash } = newApiKey()
    const roles = Object.keys(app.ground.rolePermissions).filter((role) => !role.endsWith('administrator'))
    await app.admin.query('update memberships set roles = $1 where person_id = $2', [
      roles,
      app.world.people.steward,
    ])
    await app.admin.query(
      `insert into api_keys (company_id, prefix, key_hash, name, person_id, permissions, expires_at)
      values ($1, $2, $3, 'all', $4, $5, now() + interval '1 day')`,
      [app.world.company.lanzhou, prefix, hash, app.world.people.steward, everything],
    )
    const bearer = { authorization: `Bearer ${key}` }
    const client = app.nobody()
    expect((await client.get('/api/products', bearer)).status).toBe(200)
    const closed = routes.filter(({ data }) => !DATA_CLASSES[data].keys)
    expect(closed.length).toBeGreaterThan(10)
    for (const route of closed) {
      const answer = await client.get(pathOf(route), bearer)
      if (route.method === 'GET') expect([route.id, answer.status]).toEqual([route.id, 403])
    }
  })

  test('a distributor is not answered with what is the company’s own, even with the permission', async () => {
    const everything = [...new Set(routes.map(({ permission }) => permission))]
    const before = app.ground.rolePermissions
    app.ground.rolePermissions = { ...before, 'distributor-clerk': everything }
    const clerk = await app.as('clerk-kangze')
    for (const route of routes.filter((one) => one.method === 'GET' && one.permission !== 'signed-in')) {
      const { status } = await clerk.get(pathOf(route))
      const open = DATA_CLASSES[route.data].distributors
      expect([route.id, status === 403 || !open]).toEqual([route.id, !open])
      if (!open) expect([route.id, status === 403 || status === 400]).toEqual([route.id, true])
    }
    app.ground.rolePermissions = before
  })

  test('no answer of the API is kept by a browser or a proxy, save a picture that this server drew', async () => {
    const steward = await app.as('steward')
    for (const route of routes.filter((one) => one.method === 'GET')) {
      const { headers } = await steward.get(pathOf(route))
      expect([route.id, headers['cache-control']]).toEqual([route.id, 'no-store'])
    }
  })
})
