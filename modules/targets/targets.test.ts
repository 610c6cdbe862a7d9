import { afterAll, beforeAll, expect, test } from 'vitest'
import { masterdataJobs } from '#modules/masterdata/jobs.ts'
import { masterdataRoutes } from '#modules/masterdata/routes.ts'
import { startTestApp, type TestApp } from '#tests/http.ts'
import type { Client } from '#tests/http-client.ts'
import { targetRoutes } from './routes.ts'
import type { TargetGrid, TargetGridRow } from './shapes.ts'

let app: TestApp
let manager: Client
let hangzhou: string
beforeAll(async () => {
  app = await startTestApp({
    modules: [
      { name: 'masterdata', routes: masterdataRoutes, jobs: masterdataJobs },
      { name: 'targets', routes: targetRoutes },
    ],
  })
  manager = await app.as('manager')
  hangzhou = app.world.territories.hangzhou
  for (const [code, label_zh, label_en] of [
    ['heart', '心血管', 'Cardiovascular'],
    ['wound', '伤口护理', 'Wound care'],
  ])
    await manager.post('/api/code-lists/product-group', { code, label_zh, label_en })
})
afterAll(() => app.close())

async function grid(): Promise<TargetGrid> {
  const answer = await manager.get('/api/targets/grid?year=2027')
  expect(answer.status, JSON.stringify(answer.body)).toBe(200)
  return answer.body
}

const rowOf = (found: TargetGrid, group: string): TargetGridRow | undefined =>
  found.rows.find((row) => row.territory_id === hangzhou && row.product_group === group)

async function bring(text: string, who = manager) {
  const sent = await who.upload('/api/imports', {
    file_name: 'targets.csv',
    bytes: text,
    fields: { kind: 'targets' },
  })
  if (sent.status !== 201) return sent
  await app.runJobs()
  return who.get(`/api/imports/${sent.body.id}`)
}

test('a file of targets is checked, written and undone; groups by name, months and yuan as people write them', async () => {
  const file = [
    '辖区编码,产品组,月份,目标金额（元）',
    'T-HZ,心血管,2027年1月,"1,200.50"',
    'T-HZ,wound,202702,800',
    'T-HZ,没有的组,2027-03,1',
    'T-XX,心血管,2027-03,1',
    'T-HZ,心血管,2027-03,约一万',
  ].join('\n')
  const { body } = await bring(file)
  expect(body).toMatchObject({ state: 'checked', insert_count: 2, error_count: 3 })
  await manager.post(`/api/imports/${body.id}/run`)
  await app.runJobs()
  expect(rowOf(await grid(), 'heart')?.months).toEqual({ '2027-01': { amount_fen: 120050, version: 1 } })
  const exported = await manager.get('/api/targets/export?year=2027&format=csv')
  expect(String(exported.bytes)).toContain('T-HZ,心血管,2027-01,1200.5')
  const same = await bring(String(exported.bytes))
  expect(same.body).toMatchObject({ same_count: 2, insert_count: 0, update_count: 0, error_count: 0 })
  expect((await manager.delete(`/api/imports/${body.id}/run`)).body).toEqual({ restored: 0, removed: 2 })
  expect((await grid()).sums).toEqual({})
})

test('targets are imported only by who may set them', async () => {
  const steward = await app.as('steward')
  const answer = await bring('辖区编码,产品组,月份,目标金额\nT-HZ,心血管,2027-01,1\n', steward)
  expect([answer.status, answer.body.params]).toEqual([403, { permission: 'targets.write' }])
  const kinds = (await steward.get('/api/imports/kinds')).body.rows.map((row: { kind: string }) => row.kind)
  expect(kinds).toContain('institutions')
  expect(kinds).not.toContain('targets')
})

test('a block of cells is set at once, refused when one was changed meanwhile, and undone', async () => {
  const cell = (month: string, amount_fen: number, version: number | null) => ({
    territory_id: hangzhou,
    product_group: 'heart',
    month,
    amount_fen,
    version,
  })
  const first = await manager.put('/api/targets/cells', {
    cells: [cell('2027-05', 100, null), cell('2027-06', 200, null)],
  })
  expect(first.body, JSON.stringify(first.body)).toMatchObject({ changes: 2 })
  const second = await manager.put('/api/targets/cells', {
    cells: [cell('2027-05', 100, 1), cell('2027-06', 250, 1)],
  })
  expect(second.body.changes).toBe(1)
  expect((await grid()).sums).toEqual({ '2027-05': 100, '2027-06': 250 })
  const stale = await manager.put('/api/targets/cells', {
    cells: [cell('2027-06', 300, 1), cell('2027-07', 1, null)],
  })
  expect([stale.status, stale.body.code, stale.body.params]).toEqual([
    409,
    'targets.cells-changed-meanwhile',
    { count: 1 },
  ])
  expect((await manager.delete(`/api/targets/cells/${second.body.import_id}`)).body).toEqual({
    restored: 1,
    removed: 0,
  })
  expect((await grid()).sums).toEqual({ '2027-05': 100, '2027-06': 200 })
})
