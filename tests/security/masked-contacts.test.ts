import { afterAll, beforeAll, expect, test } from 'vitest'
import { modules } from '#apps/server/modules.ts'
import type { Route } from '#platform/http.ts'
import { platformRoutes } from '#platform/routes.ts'
import { type Client, startTestApp, type TestApp } from '#tests/http.ts'

const PHONE = '13800001234'
let app: TestApp
let steward: Client
let url: string

beforeAll(async () => {
  app = await startTestApp({ modules })
  steward = await app.as('steward')
  url = `/api/distributors/${app.world.distributors.kangze}`
  await app.admin.query(`update distributors set contact_name = '欧阳修', contact_phone = $1 where id = $2`, [
    PHONE,
    app.world.distributors.kangze,
  ])
})
afterAll(() => app.close())

const stored = async () => {
  const { rows } = await app.admin.query(
    'select contact_name, contact_phone from distributors where id = $1',
    [app.world.distributors.kangze],
  )
  return rows[0]
}

/** What the form of a distributor sends: the row as it was shown. */
async function form(more: object) {
  const { body } = await steward.get(url)
  const { id: _id, state: _state, changed_at: _changed, ...rest } = body
  return { ...rest, ...more }
}

test('contacts are masked in lists, in one row and in its history', async () => {
  const { body } = await steward.get(url)
  expect([body.contact_name, body.contact_phone]).toEqual(['欧**', '138****1234'])
  const changed = await steward.put(url, await form({ city: '宁波市' }))
  expect(changed.status).toBe(200)
  for (const path of ['/api/distributors', `${url}/history`]) {
    const answer = await steward.get(path)
    expect([answer.status, answer.bytes.toString().includes(PHONE)]).toEqual([200, false])
  }
})

test('a form that sends a masked value back changes nothing of it, and neither does a file', async () => {
  expect((await steward.put(url, await form({ short_name: '康泽二' }))).status).toBe(200)
  expect(await stored()).toEqual({ contact_name: '欧阳修', contact_phone: PHONE })
  await app.admin.query(
    `update distributors set contact_name = '欧**', contact_phone = '138****1234' where id = $1`,
    [app.world.distributors.kangze],
  )
  expect(await stored()).toEqual({ contact_name: '欧阳修', contact_phone: PHONE })
})

test('in full with the right and a reason alone, and who looked is written down', async () => {
  expect((await steward.post(`${url}/contact`, {})).status).toBe(400)
  expect((await steward.post(`${url}/contact`, { reason: '' })).status).toBe(400)
  const shown = await steward.post(`${url}/contact`, { reason: '催十月的流向文件' })
  expect(shown.body).toEqual({ contact_name: '欧阳修', contact_phone: PHONE })
  const finance = await app.as('finance')
  expect((await finance.post(`${url}/contact`, { reason: '看看' })).status).toBe(403)
  const { rows } = await app.admin.query(
    `select person_id, reason from audit where deed = 'masterdata.reveal-contact'`,
  )
  expect(rows).toEqual([{ person_id: app.world.people.steward, reason: '催十月的流向文件' }])
})

test('a file is masked too, unless the right is held and a reason given', async () => {
  const file = (client: Client, reason = '') =>
    client.get(
      `/api/distributors/export?format=csv${reason && `&personal_reason=${encodeURIComponent(reason)}`}`,
    )
  const plain = await file(steward)
  expect([plain.status, plain.bytes.includes('138****1234'), plain.bytes.includes(PHONE)]).toEqual([
    200,
    true,
    false,
  ])
  expect((await file(steward, '年度对账')).bytes.includes(PHONE)).toBe(true)
  expect((await file(await app.as('finance'), '年度对账')).status).toBe(403)
  const { rows } = await app.admin.query(
    `select reason from audit where deed = 'masterdata.export' and reason is not null`,
  )
  expect(rows).toEqual([{ reason: '年度对账' }])
})

test('no route that reads tells a masked column in full', async () => {
  const routes: Route[] = [
    ...platformRoutes(app.ground, modules),
    ...modules.flatMap((module) => module.routes),
  ]
  const told: string[] = []
  for (const login of ['steward', 'manager', 'admin', 'security', 'audit', 'clerk-kangze'] as const) {
    const client = await app.as(login)
    for (const route of routes.filter((one) => one.method === 'GET' && one.data !== 'secret')) {
      const answer = await client.get(
        `/api${route.path.replaceAll(/:[a-z_]+/g, app.world.distributors.kangze)}`,
      )
      if (answer.bytes.includes(PHONE)) told.push(`${login} ${route.id}`)
    }
  }
  expect(told).toEqual([])
})
