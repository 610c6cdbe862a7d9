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

test('two prices of the same reach do not hold on one day', async () => {
  const product_id = app.world.products.gauze
  const price = (valid_from: string, valid_to: string | null, province = '浙江省') =>
    steward.post('/api/prices', {
      product_id,
      kind: 'tender',
      province,
      unit: '盒',
      price: '88.50',
      valid_from,
      valid_to,
    })
  expect((await price('2026-01-01', '2026-06-30')).status).toBe(201)
  expect((await price('2026-06-30', null)).body.code).toBe('masterdata.price-overlapping')
  expect((await price('2026-07-01', null)).status).toBe(201)
  expect((await price('2026-01-01', null, '四川省')).status).toBe(201)
  const list = await steward.get(`/api/prices?product_id=${product_id}&kind=tender&on_day=2026-08-01`)
  expect(list.body.rows.map((row: { price: string }) => row.price)).toEqual(['88.5', '88.5'])
})

test('a price is for a unit of the product', async () => {
  const answer = await steward.post('/api/prices', {
    product_id: app.world.products.gauze,
    kind: 'list',
    unit: '桶',
    price: '1',
    valid_from: '2030-01-01',
  })
  expect(answer.body).toMatchObject({
    code: 'masterdata.unknown-unit',
    fields: { unit: 'masterdata.unknown-unit' },
  })
})

test('a product keeps its ladder, and the base unit is one of itself', async () => {
  const product = {
    code: 'L1',
    name: '敷贴',
    spec: '6cm',
    base_unit: '片',
    units: [{ unit: '盒', factor: '10.50' }],
  }
  const created = await steward.post('/api/products', product)
  expect(created.status, JSON.stringify(created.body)).toBe(201)
  const row = (await steward.get(`/api/products/${created.body.id}`)).body
  expect(row.units).toEqual([{ unit: '盒', factor: '10.5' }])
  const twice = await steward.put(`/api/products/${created.body.id}`, {
    ...product,
    version: 1,
    units: [{ unit: '片', factor: '2' }],
  })
  expect(twice.body.code).toBe('masterdata.unit-twice')
})

test('values of a code list are switched off, not removed', async () => {
  const created = await steward.post('/api/code-lists/product-group', {
    code: 'GK',
    label_zh: '骨科',
    label_en: 'Orthopaedics',
  })
  expect(created.status).toBe(201)
  const again = await steward.post('/api/code-lists/product-group', {
    code: 'GK',
    label_zh: '骨',
    label_en: 'O',
  })
  expect(again.body.code).toBe('masterdata.code-taken')
  const off = await steward.put(`/api/code-values/${created.body.id}`, {
    code: 'GK',
    label_zh: '骨科',
    label_en: 'Orthopaedics',
    active: false,
    version: 1,
  })
  expect(off.status, JSON.stringify(off.body)).toBe(200)
  const list = await steward.get('/api/code-lists/product-group?active=false')
  expect(list.body.rows).toMatchObject([{ code: 'GK', active: false, version: 2 }])
  const lists = await steward.get('/api/code-lists')
  expect(lists.body.rows).toContainEqual({ list: 'institution-level', count: 0 })
})

test('a distributor moves between its states by the table of moves', async () => {
  const id = app.world.distributors.anhe
  const move = (state: string, version: number) =>
    steward.put(`/api/distributors/${id}/standing`, { state, version })
  expect((await move('exited', 1)).status).toBe(200)
  expect((await move('suspended', 2)).body.code).toBe('masterdata.wrong-state')
  expect((await move('active', 2)).status).toBe(200)
})
