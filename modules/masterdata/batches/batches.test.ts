import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '#tests/http.ts'
import type { Client } from '#tests/http-client.ts'
import { masterdataJobs } from '../jobs.ts'
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

async function create(path: string, body: object): Promise<string> {
  const answer = await steward.post(path, body)
  expect(answer.status, JSON.stringify(answer.body)).toBe(201)
  return answer.body.id
}

const find = async (id: string) => (await steward.get(`/api/institutions/${id}`)).body

test('all that a filter finds is classed in one deed, told in each history, and undone as a whole', async () => {
  const ids: string[] = []
  for (const [code, level] of [
    ['B1', '三级甲等'],
    ['B2', '二级甲等'],
    ['B3', '三级甲等'],
  ]) {
    ids.push(
      await create('/api/institutions', {
        code,
        name: `批量${code}医院`,
        kind: 'hospital',
        level,
        tags: ['旧'],
      }),
    )
  }
  const [first = '', , third = ''] = ids
  const what = {
    query: { q: '批量' },
    set: { level: '三级甲等', segment: 'A' },
    add_tags: ['重点'],
    remove_tags: ['旧'],
  }
  const preview = await steward.post('/api/institutions/classification-preview', what)
  expect(preview.body).toMatchObject({
    matched: 3,
    changes: 3,
    before: [
      { field: 'segment', values: [{ value: null, count: 3 }] },
      {
        field: 'level',
        values: [
          { value: '三级甲等', count: 2 },
          { value: '二级甲等', count: 1 },
        ],
      },
    ],
  })
  const done = await steward.post('/api/institutions/classification', what)
  expect(done.body.changes).toBe(3)
  expect(await find(first)).toMatchObject({ level: '三级甲等', segment: 'A', tags: ['重点'], version: 2 })
  expect((await steward.get('/api/institutions?tag=重点&segment=A')).body.total).toBe(3)
  expect((await steward.get('/api/institutions/tags')).body.rows).toEqual([{ value: '重点', count: 3 }])
  const history = (await steward.get(`/api/institutions/${third}/history`)).body.rows
  expect(history[0]).toMatchObject({ import_id: done.body.import_id, deed: 'masterdata.change-many' })
  expect(history[0].changes.map((one: { field: string }) => one.field).sort()).toEqual(['segment', 'tags'])

  const again = await steward.post('/api/institutions/classification-preview', what)
  expect(again.body).toMatchObject({ matched: 3, changes: 0 })
  expect((await steward.delete(`/api/imports/${done.body.import_id}/run`)).body).toEqual({
    restored: 3,
    removed: 0,
  })
  expect(await find(first)).toMatchObject({ level: '三级甲等', segment: null, tags: ['旧'] })
})

test('a field that does not class the kind, and a choice of nothing, are refused', async () => {
  const id = await create('/api/products', { code: 'P1', name: '导管', spec: '1', base_unit: '根' })
  const set = { ids: [id], set: { level: 'x' } }
  expect((await steward.post('/api/products/classification', set)).status).toBe(400)
  const nothing = await steward.post('/api/products/classification', { ids: [id] })
  expect(nothing.body.code).toBe('masterdata.nothing-chosen')
  const group = { ids: [id], set: { product_group: 'G1' } }
  expect((await steward.post('/api/products/classification', group)).body.changes).toBe(1)
})

test('institutions are given to a territory from a day on; what held before ends the day before', async () => {
  const territory = (code: string) =>
    create('/api/territories', { code, name: `区${code}`, level: 'territory' })
  const [west, east] = [await territory('W'), await territory('E')]
  const ids = [
    await create('/api/institutions', { code: 'A1', name: '甲医院', kind: 'hospital' }),
    await create('/api/institutions', { code: 'A2', name: '乙医院', kind: 'hospital' }),
    await create('/api/institutions', { code: 'A3', name: '丙医院', kind: 'hospital' }),
  ]
  const own = (institution_id: string | undefined, territory_id: string, valid_from: string) =>
    create('/api/territory-institutions', { institution_id, territory_id, valid_from })
  await own(ids[0], west, '2026-01-01')
  await own(ids[1], east, '2026-01-01')
  const what = { ids, territory_id: east, valid_from: '2026-07-01' }
  const preview = await steward.post('/api/institutions/assignment-preview', what)
  expect(preview.body).toEqual({
    matched: 3,
    fresh: 1,
    moved: 1,
    same: 1,
    from: [{ value: '区W', count: 1 }],
  })
  const done = await steward.post('/api/institutions/assignment', what)
  expect(done.body.changes, JSON.stringify(done.body)).toBe(2)
  const owners = async () =>
    (await steward.get('/api/territory-institutions?sort=valid_from')).body.rows.map(
      (row: Record<string, string>) =>
        `${row.institution_code} ${row.territory_code} ${row.valid_from} ${row.valid_to ?? ''}`,
    )
  expect((await owners()).filter((one: string) => !one.startsWith('I')).sort()).toEqual([
    'A1 E 2026-07-01 ',
    'A1 W 2026-01-01 2026-06-30',
    'A2 E 2026-01-01 ',
    'A3 E 2026-07-01 ',
  ])
  expect((await steward.delete(`/api/imports/${done.body.import_id}/run`)).status).toBe(200)
  expect((await owners()).filter((one: string) => !one.startsWith('I')).sort()).toEqual([
    'A1 W 2026-01-01 ',
    'A2 E 2026-01-01 ',
  ])
})
