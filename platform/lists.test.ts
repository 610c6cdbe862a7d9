import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '#tests/http.ts'
import { COUNT_CAP, type Counting, containing, page } from './lists.ts'

let app: TestApp

beforeAll(async () => {
  app = await startTestApp()
  await app.admin.query(
    `insert into events (company_id, name, subject_kind, subject_id, payload)
     select $1, 'test.' || n % 3, 'test.thing', n, '{}' from generate_series(1, 10050) n`,
    [app.world.company.lanzhou],
  )
})
afterAll(() => app.close())

const list = (more: { page?: number; size?: number; sort?: string }, subject?: string) =>
  app.runAs('steward', (ctx) => {
    let query = ctx.db.selectFrom('events').select(['id', 'name', 'subject_id'])
    if (subject) query = query.where('subject_id', 'like', containing(subject))
    return page(ctx.db, query, { page: 1, size: 50, ...more }, { name: 'name', at: 'id' }, '-at')
  })

test('the newest come first when nothing else is asked for', async () => {
  expect((await list({ size: 2 })).rows.map((row) => row.subject_id)).toEqual(['10050', '10049'])
})

test('rows with equal keys keep one order over all pages', async () => {
  const seen = new Set<string>()
  for (let number = 1; number <= 20; number += 1) {
    for (const row of (await list({ page: number, size: 200, sort: 'name' })).rows) seen.add(row.id)
  }
  expect(seen.size).toBe(4000)
})

test('counting ends at the cap and says so', async () => {
  expect(await list({ size: 1 })).toMatchObject({ total: COUNT_CAP, total_capped: true })
  expect(await list({ size: 1 }, '10050')).toMatchObject({ total: 1, total_capped: false })
})

test('a list may be counted beside its rows, up to a cap of its own beyond the page, or by what somebody knows', async () => {
  const counted = (counting: Counting, number = 1) =>
    app.runAs('steward', (ctx) =>
      page(
        ctx.db,
        ctx.db.selectFrom('events').select('id'),
        { page: number, size: 50 },
        { id: 'id' },
        'id',
        'id',
        counting,
      ),
    )
  const beside = await counted({ beside: true })
  expect(beside).toMatchObject({ total: 10_050, total_capped: false })
  expect(Object.keys(beside.rows[0] ?? {})).toEqual(['id'])
  expect(await counted({ cap: 100 }, 3)).toMatchObject({ total: 250, total_capped: true })
  expect(await counted({ known: async () => 77 })).toMatchObject({ total: 77, total_capped: false })
})

test('a page beyond the end is empty and still counted', async () => {
  expect(await list({ page: 9 }, '10050')).toEqual({ rows: [], total: 1, total_capped: false })
})

test('only named columns can be sorted by', async () => {
  await expect(list({ sort: 'payload; drop table events' })).rejects.toThrow('invalid-request')
})

test('what a person types is looked for as it stands', async () => {
  expect((await list({}, '%')).total).toBe(0)
  expect((await list({}, '_')).total).toBe(0)
  expect(containing(' A%_\\b ')).toBe('%a\\%\\_\\\\b%')
})
