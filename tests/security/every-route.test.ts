import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { modules } from '#apps/server/modules.ts'
import { asReader, type Reader } from '#platform/db.ts'
import type { Route } from '#platform/http.ts'
import { platformRoutes } from '#platform/routes.ts'
import { type Client, startTestApp, type TestApp } from '#tests/http.ts'
import type { PersonLogin } from '#tests/world.ts'
import { CANARY, filled, plantCanaries } from './canaries.ts'

// Every route, called as everybody who should see nothing of it.
let app: TestApp
let routes: readonly Route[]

beforeAll(async () => {
  app = await startTestApp({ modules })
  routes = [...platformRoutes(app.ground), ...modules.flatMap((module) => module.routes)]
  await plantCanaries(app)
})

afterAll(() => app.close())

async function call(client: Client, route: Route): Promise<{ status: number; text: string }> {
  const path = `/api${await filled(app, route.path)}`
  const query =
    route.path === '/attainment' || route.path.startsWith('/attainment/') ? '?from=2026-10&to=2026-10' : ''
  const send = {
    GET: client.get,
    DELETE: client.delete,
    POST: client.post,
    PUT: client.put,
    PATCH: client.patch,
  }[route.method]
  const answer = route.method === 'GET' ? await client.get(path + query) : await send(path, {})
  return { status: answer.status, text: answer.bytes.toString('latin1') + JSON.stringify(answer.body ?? '') }
}

async function seen(login: PersonLogin, canaries: readonly string[]): Promise<string[]> {
  const client = await app.as(login)
  const found: string[] = []
  for (const route of routes.filter((one) => one.method === 'GET')) {
    const { status, text } = await call(client, route)
    if (status >= 500) found.push(`${route.id} answered ${status}`)
    for (const canary of canaries) if (text.includes(canary)) found.push(`${route.id} shows ${canary}`)
  }
  return found
}

test('nobody gets in anywhere', async () => {
  const let_in: string[] = []
  for (const route of routes) {
    const { status } = await call(app.nobody(), route)
    if (status !== 401 && status !== 415 && status !== 400) let_in.push(`${route.id} answered ${status}`)
  }
  expect(let_in).toEqual([])
})

test('the owners do see their canaries: the scan finds what is there', async () => {
  const found = await seen('steward', Object.values(CANARY))
  for (const canary of Object.values(CANARY)) expect(found.join()).toContain(canary)
})

describe('no row that is not theirs', () => {
  test.each(['by-steward', 'by-admin', 'by-clerk'] as const)('%s of another company', async (login) => {
    expect(await seen(login, Object.values(CANARY))).toEqual([])
  })

  test('the clerk of another distributor', async () => {
    expect(await seen('clerk-anhe', [CANARY.kangze, CANARY.hangzhou])).toEqual([])
  })

  test('the rep of another territory', async () => {
    await app.admin.query(`update flow_months set state = 'released' where company_id = $1`, [
      app.world.company.lanzhou,
    ])
    expect(await seen('rep-chengdu', [CANARY.hangzhou])).toEqual([])
    await app.admin.query(`update flow_months set state = 'open' where company_id = $1`, [
      app.world.company.lanzhou,
    ])
  })
})

test('what changes something in another company finds nothing to change', async () => {
  const refused = new Set([400, 401, 403, 404, 409, 415, 422, 429])
  const before = await fingerprint()
  for (const login of ['by-steward', 'by-admin'] as const) {
    const client = await app.as(login)
    for (const route of routes.filter((one) => one.method !== 'GET' && one.path.includes(':'))) {
      const { status, text } = await call(client, route)
      expect([route.id, refused.has(status) || status === 200, status < 500]).toEqual([route.id, true, true])
      for (const canary of Object.values(CANARY)) expect(text).not.toContain(canary)
    }
  }
  expect(await fingerprint()).toEqual(before)
})

async function fingerprint(): Promise<unknown> {
  const { rows } = await app.admin.query(
    `select (select jsonb_agg(to_jsonb(i) order by i.id) from institutions i where company_id = $1) as institutions,
      (select count(*) from flow_lines where company_id = $1) as lines,
      (select jsonb_agg(to_jsonb(m)) from flow_months m where company_id = $1) as months,
      (select jsonb_agg(to_jsonb(t)) from targets t where company_id = $1) as targets`,
    [app.world.company.lanzhou],
  )
  return rows
}

test('a person without the permission is refused before anything is looked at', async () => {
  const client = await app.as('finance')
  const mine = app.ground.rolePermissions.finance ?? []
  for (const route of routes.filter(
    (one) => one.permission !== 'signed-in' && !mine.includes(one.permission),
  )) {
    const { status } = await call(client, route)
    expect([route.id, [400, 403, 415].includes(status)]).toEqual([route.id, true])
  }
})

test('a body with an unknown field is refused by every route that takes one', async () => {
  const client = await app.as('steward')
  for (const route of routes.filter((one) => one.body)) {
    const path = `/api${await filled(app, route.path)}`
    const send = {
      POST: client.post,
      PUT: client.put,
      PATCH: client.patch,
      DELETE: client.delete,
      GET: client.get,
    }
    const answer = await send[route.method](path, { company_id: app.world.company.beiyu, approved_by: 'me' })
    expect([route.id, answer.status]).toEqual([route.id, 400])
  }
})

/** What a query that forgot its own filter would bring this reader: the second wall alone. */
async function unfiltered(reader: Reader): Promise<string> {
  const tables = [
    'institutions',
    'products',
    'distributors',
    'flow_batches',
    'flow_lines',
    'flow_names',
    'targets',
  ] as const
  return asReader(app.ground.app, reader, async (tx) => {
    const rows = []
    for (const table of tables) rows.push(await tx.selectFrom(table).selectAll().execute())
    return JSON.stringify(rows)
  })
}

test('the second wall alone hides the same rows, and a dropped policy is noticed', async () => {
  const { company, distributors, people } = app.world
  const neighbour: Reader = {
    companyId: company.beiyu,
    personId: people['by-steward'],
    scope: { kind: 'company' },
  }
  const other: Reader = {
    companyId: company.lanzhou,
    personId: people['clerk-anhe'],
    scope: { kind: 'distributor', distributorId: distributors.anhe },
  }
  for (const canary of Object.values(CANARY)) expect(await unfiltered(neighbour)).not.toContain(canary)
  expect(await unfiltered(other)).not.toContain(CANARY.kangze)

  await app.admin.query('drop policy company on institutions')
  expect(await unfiltered(neighbour)).toContain(CANARY.lanzhou)
  await app.admin.query('alter policy readers on flow_batches using (true)')
  expect(await unfiltered(other)).toContain(CANARY.kangze)
})
