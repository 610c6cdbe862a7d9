import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '#tests/http.ts'
import type { Client } from '#tests/http-client.ts'
import { masterdataJobs } from '../jobs.ts'
import { ownershipOf, territoriesOf } from '../public.ts'
import { masterdataRoutes } from '../routes.ts'

let app: TestApp
let steward: Client
beforeAll(async () => {
  app = await startTestApp({
    modules: [{ name: 'masterdata', routes: masterdataRoutes, jobs: masterdataJobs }],
  })
  steward = await app.as('steward')
})
afterAll(() => app.close())

test('a territory above counts the institutions of those below, each once', async () => {
  const { country, hangzhou } = app.world.territories
  const rows = (await steward.get('/api/territories')).body.rows as {
    id: string
    institution_count: number
    holders: string[]
  }[]
  expect(rows.find((row) => row.id === country)?.institution_count).toBe(2)
  expect(rows.find((row) => row.id === hangzhou)).toMatchObject({ institution_count: 1, holders: ['叶青禾'] })
})

test('a territory in use cannot be retired, and one cannot stand above itself', async () => {
  const { country, hangzhou } = app.world.territories
  const used = await steward.post(`/api/territories/${hangzhou}/retirement`, { version: 1 })
  expect(used.body).toMatchObject({ code: 'masterdata.still-used', params: { posts: 1, institutions: 1 } })
  const circle = await steward.put(`/api/territories/${country}`, {
    code: 'T-ALL',
    name: '全国',
    level: 'region',
    parent_id: hangzhou,
    version: 1,
  })
  expect(circle.body.code).toBe('masterdata.circle')
})

test('a new holder ends the one before the day before, and the month knows who sat there', async () => {
  const post = app.world.posts.hangzhou
  const seated = await steward.post(`/api/posts/${post}/holders`, {
    person_name: '新代表',
    valid_from: '2026-07-01',
  })
  expect(seated.status, JSON.stringify(seated.body)).toBe(201)
  const holders = (await steward.get(`/api/post-holders?post_id=${post}&sort=valid_from`)).body.rows
  expect(
    holders.map((row: { person_name: string; valid_to: string }) => [row.person_name, row.valid_to]),
  ).toEqual([
    ['叶青禾', '2026-06-30'],
    ['新代表', null],
  ])
  const of = async (month: string) =>
    (await app.runAs('steward', (ctx) => territoriesOf(ctx, month))).find((one) => one.code === 'T-HZ')
      ?.holders
  expect(await of('2026-06')).toEqual(['叶青禾'])
  expect(await of('2026-07')).toEqual(['新代表'])
  const earlier = await steward.post(`/api/posts/${post}/holders`, {
    person_name: '迟到者',
    valid_from: '2026-05-01',
  })
  expect(earlier.body.code).toBe('masterdata.post-held')
})

test('an institution has one owner at a time for a product group, and history stays', async () => {
  const { wangjiang } = app.world.institutions
  const { hangzhou, chengdu } = app.world.territories
  const give = (territory_id: string, valid_from: string) =>
    steward.post('/api/territory-institutions', {
      institution_id: wangjiang,
      territory_id,
      valid_from,
      product_group: 'GK',
    })
  expect((await give(hangzhou, '2026-01-01')).status).toBe(201)
  expect((await give(chengdu, '2026-04-01')).status).toBe(201)
  const back = await give(hangzhou, '2026-02-01')
  expect(back.body.code).toBe('masterdata.overlapping')
  const march = await app.runAs('steward', (ctx) => ownershipOf(ctx, '2026-03'))
  expect(march.filter((one) => one.institution_id === wangjiang)).toMatchObject([
    { territory_id: hangzhou, valid_to: '2026-03-31' },
  ])
  const { rows } = await app.admin.query(
    `select institution_owner($1, $2, 'GK', '2026-04-15') as now, institution_owner($1, $2, 'XX', '2026-04-15') as other`,
    [app.world.company.lanzhou, wangjiang],
  )
  expect(rows[0]).toEqual({ now: chengdu, other: null })
})

test('a rep sees only the own territory', async () => {
  const rep = await app.as('rep-chengdu')
  const rows = (await rep.get('/api/territories')).body.rows as { code: string }[]
  expect(rows.map((row) => row.code)).toEqual(['T-CD'])
})
