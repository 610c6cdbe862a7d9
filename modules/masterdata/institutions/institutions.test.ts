import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '#tests/http.ts'
import type { Client } from '#tests/http-client.ts'
import { masterdataJobs } from '../jobs.ts'
import { listInstitutionEntries, masterStamp, resolveInstitution } from '../public.ts'
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

async function create(code: string, name: string, more: Record<string, unknown> = {}): Promise<string> {
  const answer = await steward.post('/api/institutions', { code, name, kind: 'hospital', ...more })
  expect(answer.status, JSON.stringify(answer.body)).toBe(201)
  return answer.body.id
}

async function find(id: string) {
  return (await steward.get(`/api/institutions/${id}/whole`)).body
}

/** The editable fields of a row, as a form sends them back. */
function fieldsOf(row: Record<string, unknown>) {
  const { code, name, aliases, kind, category, level, province, city, county, region_code, address, tax_id } =
    row
  const rest = { parent_id: row.parent_id, version: row.version }
  return {
    code,
    name,
    aliases,
    kind,
    category,
    level,
    province,
    city,
    county,
    region_code,
    address,
    tax_id,
    ...rest,
  }
}

test('a change on an old version is refused and names who was faster', async () => {
  const id = await create('E1', '东湖医院')
  const row = await find(id)
  const manager = await app.as('manager')
  const first = await manager.put(`/api/institutions/${id}`, { ...fieldsOf(row), level: '三级甲等' })
  expect(first.status, JSON.stringify(first.body)).toBe(200)
  const late = await steward.put(`/api/institutions/${id}`, { ...fieldsOf(row), city: '武汉市' })
  expect(late.status).toBe(409)
  expect(late.body).toMatchObject({ code: 'masterdata.changed-meanwhile', params: { who: '陆明舟' } })
  const history = await steward.get(`/api/institutions/${id}/history`)
  expect(history.body.rows.map((one: { deed: string }) => one.deed)).toEqual([
    'masterdata.change',
    'masterdata.create',
  ])
  expect(history.body.rows[0].changes).toEqual([{ field: 'level', before: null, after: '三级甲等' }])
})

test('a code names one institution', async () => {
  await create('E2', '南湖医院')
  const again = await steward.post('/api/institutions', { code: 'E2', name: '别院', kind: 'clinic' })
  expect(again.status).toBe(409)
  expect(again.body.fields).toEqual({ code: 'masterdata.code-taken' })
})

test('an institution is found by alias and by pinyin initials, and never twice for a wild card', async () => {
  await create('E3', '桂溪骨科医院', { aliases: ['城南骨伤院'] })
  for (const q of ['gxgk', '城南骨伤', 'E3', '桂溪 医院', 'ｇｘｇｋ']) {
    const found = await steward.get(`/api/institutions?q=${encodeURIComponent(q)}`)
    expect(
      found.body.rows.map((row: { code: string }) => row.code),
      q,
    ).toEqual(['E3'])
  }
  expect((await steward.get('/api/institutions?q=%25')).body.total).toBe(0)
  const everything = await steward.get('/api/search?q=gxgk')
  expect(everything.body.rows).toEqual([
    expect.objectContaining({
      kind: 'institution',
      title: '桂溪骨科医院',
      href: expect.stringMatching(/^\/institutions\//),
    }),
  ])
})

test('campuses hang below their head and never in a circle', async () => {
  const head = await create('E4', '总院')
  const campus = await create('E5', '分院', { parent_id: head })
  const row = await find(head)
  expect(row.campuses.map((one: { name: string }) => one.name)).toEqual(['分院'])
  const circle = await steward.put(`/api/institutions/${head}`, { ...fieldsOf(row), parent_id: campus })
  expect(circle.body).toMatchObject({ code: 'masterdata.circle', fields: { parent_id: 'masterdata.circle' } })
})

test('a merged institution stays resolvable, its survivor learns its names, and a merge can be taken back', async () => {
  const twin = await create('E6', '西岭医院（老院区）', { aliases: ['西岭老院'] })
  const real = await create('E7', '西岭医院')
  const branch = await create('E8', '西岭医院门诊部', { parent_id: twin })
  const before = await app.runAs('steward', (ctx) => masterStamp(ctx))
  const merged = await steward.post(`/api/institutions/${twin}/merger`, { into_id: real, version: 1 })
  expect(merged.status, JSON.stringify(merged.body)).toBe(200)
  expect(await app.runAs('steward', (ctx) => masterStamp(ctx))).not.toBe(before)
  expect(await app.runAs('steward', (ctx) => resolveInstitution(ctx, twin))).toMatchObject({
    id: real,
    via: [twin],
  })
  const survivor = await find(real)
  expect(survivor.aliases).toEqual(['西岭医院（老院区）', '西岭老院'])
  expect(survivor.campuses.map((one: { id: string }) => one.id)).toEqual([branch])
  expect(survivor.merged_here.map((one: { id: string }) => one.id)).toEqual([twin])
  const entries = await app.runAs('steward', (ctx) => listInstitutionEntries(ctx))
  expect(entries.some((entry) => entry.id === twin)).toBe(false)
  const onward = await create('E9', '西岭医疗集团')
  await steward.post(`/api/institutions/${real}/merger`, { into_id: onward, version: survivor.version })
  expect((await app.runAs('steward', (ctx) => resolveInstitution(ctx, twin))).id).toBe(onward)
  await steward.delete(`/api/institutions/${real}/merger`, { version: survivor.version + 1 })
  const back = await steward.delete(`/api/institutions/${twin}/merger`, { version: 2 })
  expect(back.status, JSON.stringify(back.body)).toBe(200)
  expect((await find(real)).aliases).toEqual([])
})

test('retired institutions leave the matching index and come back', async () => {
  const id = await create('E10', '北岭医院')
  await steward.post(`/api/institutions/${id}/retirement`, { version: 1, reason: '已停业' })
  const again = await steward.post(`/api/institutions/${id}/retirement`, { version: 2 })
  expect(again.body.code).toBe('masterdata.wrong-state')
  const entries = await app.runAs('steward', (ctx) => listInstitutionEntries(ctx))
  expect(entries.some((entry) => entry.id === id)).toBe(false)
  expect((await steward.delete(`/api/institutions/${id}/retirement`, { version: 2 })).status).toBe(200)
})

test('every change is told to the other modules', async () => {
  const id = await create('E11', '听雨医院')
  const { rows } = await app.admin.query(
    `select name, payload from events where subject_kind = 'masterdata.institutions' and subject_id = $1`,
    [id],
  )
  expect(rows).toEqual([
    { name: 'masterdata.changed', payload: { kind: 'institutions', id, deed: 'create' } },
  ])
})

test('a company sees no institution of its neighbour, and reading does not allow writing', async () => {
  const neighbour = app.world.institutions.neighbour
  expect((await steward.get(`/api/institutions/${neighbour}`)).status).toBe(404)
  const director = await app.as('director')
  expect((await director.get('/api/institutions')).status).toBe(200)
  const denied = await director.post('/api/institutions', { code: 'X', name: 'X', kind: 'other' })
  expect(denied.status).toBe(403)
})
