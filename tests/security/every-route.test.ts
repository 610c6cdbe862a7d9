import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { modules } from '#apps/server/modules.ts'
import { asReader, type Reader } from '#platform/db.ts'
import type { Route } from '#platform/http.ts'
import { platformRoutes } from '#platform/routes.ts'
import { type Client, startTestApp, type TestApp } from '#tests/http.ts'
import type { PersonLogin } from '#tests/world.ts'
import { CANARY, canaryIds, filled, idForField, namesARow, plantCanaries } from './canaries.ts'
import { validFor } from './valid-call.ts'

// Every route, called validly, as everybody who should see nothing of it.
let app: TestApp
let routes: readonly Route[]
let ids: Map<string, string>

beforeAll(async () => {
  app = await startTestApp({ modules })
  routes = [...platformRoutes(app.ground), ...modules.flatMap((module) => module.routes)]
  await plantCanaries(app)
  ids = await canaryIds(app)
})

afterAll(() => app.close())

interface Heard {
  status: number
  text: string
}

/** Calls a route with everything it asks for, on rows of 澜州. `more` is put into its body. */
async function call(client: Client, route: Route, more: Record<string, unknown> = {}): Promise<Heard> {
  const idFor = (field: string) => idForField(ids, field)
  const query = Object(validFor(route.query, idFor)) as Record<string, string>
  const search = new URLSearchParams(query).toString()
  const path = `/api${filled(ids, route.path)}${search ? `?${search}` : ''}`
  const send = {
    GET: client.get,
    DELETE: client.delete,
    POST: client.post,
    PUT: client.put,
    PATCH: client.patch,
  }[route.method]
  const body = validFor(route.body, idFor)
  const answer = await (route.method === 'GET'
    ? client.get(path)
    : send(path, body === undefined ? undefined : { ...Object(body), ...more }))
  return { status: answer.status, text: answer.bytes.toString('latin1') + JSON.stringify(answer.body ?? '') }
}

const reads = () => routes.filter((route) => route.method === 'GET')
const holds = (roles: readonly string[], route: Route) =>
  route.permission === 'signed-in' ||
  roles.some((role) => app.ground.rolePermissions[role]?.includes(route.permission))

async function seen(login: PersonLogin, canaries: readonly string[]): Promise<string[]> {
  const client = await app.as(login)
  const found: string[] = []
  for (const route of reads()) {
    const { status, text } = await call(client, route)
    if (status >= 500) found.push(`${route.id} answered ${status}`)
    for (const canary of canaries) if (text.includes(canary)) found.push(`${route.id} shows ${canary}`)
  }
  return found
}

test('nobody gets in anywhere', async () => {
  const letIn: string[] = []
  for (const route of routes) {
    const { status } = await call(app.nobody(), route)
    if (status !== 401) letIn.push(`${route.id} answered ${status}`)
  }
  expect(letIn).toEqual([])
})

test('the scan reaches every route: somebody of the company is answered with 200 by each', async () => {
  const answered = new Set<string>()
  for (const login of ['steward', 'manager', 'admin', 'security', 'audit'] as const) {
    const client = await app.as(login)
    for (const route of reads()) if ((await call(client, route)).status === 200) answered.add(route.id)
  }
  const unreached = reads().filter((route) => !answered.has(route.id))
  expect(unreached.map((route) => route.id)).toEqual(UNREACHED)
})

/** There is no workbook of errors here, no seal, no photo, and no text that waits under the name that is made up. */
const UNREACHED = [
  'masterdata.openErrorWorkbook',
  'flows.verifySeal',
  'flows.drawPage',
  'flows.draftInstitution',
]

test('the owners do see their canaries: the scan finds what is there', async () => {
  const found = (await seen('steward', Object.values(CANARY))).join()
  for (const canary of Object.values(CANARY)) expect(found).toContain(canary)
  expect((await seen('audit', [CANARY.lanzhou])).join()).toContain(CANARY.lanzhou)
})

describe('no row that is not theirs', () => {
  test.each(['by-steward', 'by-admin', 'by-clerk'] as const)('%s of another company', async (login) => {
    expect(await seen(login, Object.values(CANARY))).toEqual([])
  })

  test('who serves both companies sees of the one only what is the one’s', async () => {
    const client = await app.as('both', app.world.company.beiyu)
    for (const route of reads()) {
      const { text } = await call(client, route)
      for (const canary of Object.values(CANARY))
        expect([route.id, text.includes(canary)]).toEqual([route.id, false])
    }
  })

  test('the clerk of another distributor', async () => {
    expect(await seen('clerk-anhe', [CANARY.kangze, CANARY.hangzhou])).toEqual([])
  })

  test('the rep of another territory, and the own one before the release', async () => {
    const { lanzhou } = app.world.company
    const early = await seen('rep-hangzhou', [CANARY.hangzhou, CANARY.kangze])
    // Their own target is all: the canary of 康泽 is also a person's name there, which is nobody's in the field.
    expect(early.filter((one) => !one.startsWith('targets.'))).toEqual([])
    await app.admin.query(`update flow_months set state = 'released' where company_id = $1`, [lanzhou])
    expect(await seen('rep-chengdu', [CANARY.hangzhou])).toEqual([])
    expect((await seen('rep-hangzhou', [CANARY.hangzhou])).join()).toContain('flows.listLines')
    await app.admin.query(`update flow_months set state = 'open' where company_id = $1`, [lanzhou])
  })
})

describe('a row by its id', () => {
  const NEIGHBOURS = [
    ['by-steward', ['flow-steward']],
    ['by-admin', ['administrator']],
    ['by-clerk', ['distributor-clerk']],
  ] as const

  test.each(NEIGHBOURS)(
    'is not there for %s of another company, whatever is asked of it',
    async (login, roles) => {
      const before = await fingerprint()
      const client = await app.as(login)
      for (const route of routes.filter((one) => namesARow(one.path))) {
        const { status, text } = await call(client, route)
        expect([route.id, status]).toEqual([route.id, holds(roles, route) ? 404 : 403])
        for (const canary of Object.values(CANARY)) expect(text).not.toContain(canary)
      }
      expect(await fingerprint()).toEqual(before)
    },
  )

  test('is not there for another distributor: neither batch nor line, to read or to change', async () => {
    const client = await app.as('clerk-anhe')
    const own = routes.filter((route) => /^\/flow-(batches|lines)\/:id/.test(route.path))
    expect(own.length).toBeGreaterThanOrEqual(5)
    for (const route of own) {
      expect([route.id, (await call(client, route)).status]).toEqual([route.id, 404])
    }
  })

  test('is not there for the rep of another territory', async () => {
    await app.admin.query(`update flow_months set state = 'released'`)
    for (const [login, status] of [
      ['rep-hangzhou', 200],
      ['rep-chengdu', 404],
    ] as const) {
      const client = await app.as(login)
      expect((await client.get(`/api/flow-lines/${ids.get('flow_lines')}`)).status).toBe(status)
    }
    await app.admin.query(`update flow_months set state = 'open'`)
  })

  test('ids of another company in a body are as unknown as ids of nobody', async () => {
    const before = await fingerprint()
    for (const [login, roles] of NEIGHBOURS) {
      const client = await app.as(login)
      for (const route of routes.filter((one) => one.body && !namesARow(one.path))) {
        if (!JSON.stringify(validFor(route.body, () => app.world.company.lanzhou)).includes('_id')) continue
        const { status, text } = await call(client, route)
        const refused = holds(roles, route) ? [404, 409, 422] : [403]
        expect([route.id, login, refused.includes(status)]).toEqual([route.id, login, true])
        for (const canary of Object.values(CANARY)) expect(text).not.toContain(canary)
      }
    }
    expect(await fingerprint()).toEqual(before)
  })
})

async function fingerprint(): Promise<unknown> {
  const tables =
    `institutions products distributors territories posts prices code_values flow_months flow_batches
    flow_lines flow_names flow_decisions targets memberships approvals api_keys jobs master_imports`.split(
      /\s+/,
    )
  const all = tables.map(
    (table) =>
      `(select jsonb_agg(to_jsonb(t) order by to_jsonb(t)::text) from ${table} t where company_id = $1) as ${table}`,
  )
  const { rows } = await app.admin.query(`select ${all.join(', ')}`, [app.world.company.lanzhou])
  return rows
}

test('a person without the permission is refused before anything is looked at', async () => {
  for (const [login, role] of [
    ['finance', 'finance'],
    ['rep-hangzhou', 'sales-rep'],
    ['clerk-kangze', 'distributor-clerk'],
    ['audit', 'audit-administrator'],
  ] as const) {
    const client = await app.as(login)
    for (const route of routes.filter((one) => !holds([role], one))) {
      expect([login, route.id, (await call(client, route)).status]).toEqual([login, route.id, 403])
    }
  }
})

test('a body with a field too many is refused by every route that takes one', async () => {
  for (const login of ['steward', 'admin', 'security'] as const) {
    const client = await app.as(login)
    for (const route of routes.filter((one) => one.body)) {
      for (const more of [
        { company_id: app.world.company.beiyu },
        { approved_by: 'me' },
        { state: 'done' },
      ]) {
        if (
          Object.keys(more).some((field) =>
            JSON.stringify(validFor(route.body, () => app.world.company.beiyu)).includes(`"${field}"`),
          )
        )
          continue
        expect([route.id, (await call(client, route, more)).status]).toEqual([route.id, 400])
      }
    }
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

describe('a wall that falls is noticed', () => {
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
  })

  test('so does the scan of all routes: a distributor sees another’s lines and files at once', async () => {
    await app.admin.query('alter policy readers on flow_lines using (true)')
    await app.admin.query('alter policy readers on flow_batches using (true)')
    const found = (await seen('clerk-anhe', [CANARY.kangze, CANARY.hangzhou])).join()
    expect(found).toContain(`flows.getLine shows ${CANARY.hangzhou}`)
    expect(found).toContain(`flows.listBatches shows ${CANARY.kangze}`)
  })
})
