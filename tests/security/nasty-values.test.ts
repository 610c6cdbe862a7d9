import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { modules } from '#apps/server/modules.ts'
import type { Route } from '#platform/http.ts'
import { platformRoutes } from '#platform/routes.ts'
import { type Client, startTestApp, type TestApp } from '#tests/http.ts'
import type { Answer } from '#tests/http-client.ts'
import { canaryIds, filled, idForField, plantCanaries } from './canaries.ts'
import { validFor } from './valid-call.ts'

// Every field of every route with values that nobody means: they may be refused or taken as text, and break nothing.
let app: TestApp
let routes: readonly Route[]
let ids: Map<string, string>

beforeAll(async () => {
  app = await startTestApp({ modules })
  routes = [...platformRoutes(app.ground), ...modules.flatMap((module) => module.routes)]
  await plantCanaries(app)
  ids = await canaryIds(app)
  vi.useFakeTimers({ toFake: ['Date'] })
})
afterAll(async () => {
  vi.useRealTimers()
  await app.close()
})

const TEXTS = [
  '\u0000',
  '\u202Egnp.exe',
  '\uD800',
  "'; drop table people; --",
  '%_\\',
  '{"a":1}',
  '../../etc/passwd',
  '=cmd|calc',
  '１２３',
  '1e21',
  'NaN',
  '99999999999999999999999999',
  '2026-02-30',
  '9999-12-31',
  '-1',
  'x'.repeat(5000),
]
const VALUES = [...TEXTS, null, -1, 1e21, true, [[]], { a: 1 }]

const idFor = (field: string) => idForField(ids, field)

/** Sends a call with one field set to each value; the values after which the answer was a fault. */
async function tryEach(values: readonly unknown[], call: (value: unknown) => Promise<Answer>) {
  const answers = await Promise.all(values.map(async (value) => ({ value, answer: await call(value) })))
  // Nobody is slowed down for calling often: this is about values.
  vi.setSystemTime(Date.now() + 60_000)
  return answers.filter(({ answer }) => answer.status === 500).map(({ value }) => shown(value))
}

const shown = (value: unknown) => JSON.stringify(value).slice(0, 40)

/** The names of what a shape of an object takes, those too that may be left out. */
function fieldsOf(shape: Route['body']): string[] {
  return shape && 'shape' in shape ? Object.keys(shape.shape as object) : []
}

/** These would end the sessions of those who ask. */
const ENDS_SESSIONS = ['platform.changePassword', 'platform.changePerson', 'platform.resetPassword']
const ASKERS = {
  steward: 'flow-steward',
  admin: 'administrator',
  manager: 'channel-manager',
  audit: 'audit-administrator',
} as const

test('no field of a body or a query breaks a route', async () => {
  const broken: string[] = []
  const clients = new Map<string, Client>()
  for (const login of Object.keys(ASKERS) as (keyof typeof ASKERS)[]) clients.set(login, await app.as(login))
  for (const route of routes.filter((one) => !ENDS_SESSIONS.includes(one.id))) {
    const login = Object.entries(ASKERS).find(([, role]) =>
      app.ground.rolePermissions[role]?.includes(route.permission),
    )
    const client = clients.get(login?.[0] ?? 'steward')
    if (!client) continue
    const path = `/api${filled(ids, route.path)}`
    const body = Object(validFor(route.body, idFor) ?? {})
    const query = Object(validFor(route.query, idFor) ?? {}) as Record<string, string>
    const method = route.method.toLowerCase() as 'get' | 'post' | 'put' | 'patch' | 'delete'
    const call = (more: Record<string, string>, sent: unknown) => {
      const address = `${path}?${new URLSearchParams({ ...query, ...more })}`
      return method === 'get' ? client.get(address) : client[method](address, sent)
    }
    for (const field of fieldsOf(route.body)) {
      const faults = await tryEach(VALUES, (value) => call({}, { ...body, [field]: value }))
      broken.push(...faults.map((value) => `${route.id} body ${field} = ${value}`))
    }
    for (const field of fieldsOf(route.query)) {
      const faults = await tryEach(TEXTS, (value) => call({ [field]: String(value) }, route.body && body))
      broken.push(...faults.map((value) => `${route.id} query ${field} = ${value}`))
    }
  }
  expect(broken).toEqual([])
}, 120_000)

test('a parameter that is sent twice is refused, not chosen from', async () => {
  const steward = await app.as('steward')
  const taken: string[] = []
  const may = new Set(app.ground.rolePermissions['flow-steward'])
  for (const route of routes.filter((one) => one.method === 'GET' && may.has(one.permission))) {
    const query = Object(validFor(route.query, idFor) ?? {}) as Record<string, string>
    for (const field of fieldsOf(route.query)) {
      const value = query[field] ?? '1'
      const twice = new URLSearchParams([...Object.entries({ ...query, [field]: value }), [field, value]])
      const { status } = await steward.get(`/api${filled(ids, route.path)}?${twice}`)
      vi.setSystemTime(Date.now() + 2000)
      if (status !== 400) taken.push(`${route.id} ${field} ${status}`)
    }
  }
  expect(taken).toEqual([])
}, 60_000)
