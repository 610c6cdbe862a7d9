import { afterAll, beforeAll, expect, test } from 'vitest'
import { csv, type Desk, sale, startDesk } from '#tests/flow-desk.ts'

// Texts and sorting of the list of lines.

const MONTH = '2026-10'
let desk: Desk

beforeAll(async () => {
  desk = await startDesk()
  await desk.open(MONTH)
  const rows = [
    sale('2026-10-01', '杭州临泽医院', 4, { doc: 'CK-001' }),
    sale('2026-10-02', '杭州临泽医院', -1, { doc: 'CK-001' }),
    sale('2026-10-03', '成都锦屏医院', 9, { doc: 'CK-002' }),
    sale('2026-10-04', '杭州CK-002门诊', 7, { doc: 'CK-003' }),
  ]
  await desk.send({ name: 'a.csv', content: csv(rows), month: MONTH })
})
afterAll(() => desk.close())

async function list(query: string) {
  const steward = await desk.as('steward')
  const { status, body } = await steward.get(`/api/flow-lines?month=${MONTH}${query}`)
  return { status, body, qty: (body.rows ?? []).map((row: { qty: string }) => row.qty), total: body.total }
}
const said = (text: string) => `&q=${encodeURIComponent(text)}`

test('a text finds customers, by page and in any order, and counts them all', async () => {
  expect(await list(said('临泽'))).toMatchObject({ qty: ['-1', '4'], total: 2 })
  expect(await list(`${said('临泽')}&sort=amount_fen`)).toMatchObject({ qty: ['-1', '4'], total: 2 })
  expect(await list(`${said('临泽')}&sort=-amount_fen`)).toMatchObject({ qty: ['4', '-1'], total: 2 })
  expect(await list(`${said('杭州')}&page=2&size=1`)).toMatchObject({ qty: ['-1'], total: 3 })
  expect(await list(said('没有这一家'))).toMatchObject({ status: 200, qty: [], total: 0 })
})

test('a number that is one of a document or lot finds just its lines, another one customers that have it', async () => {
  expect(await list(said('CK-001'))).toMatchObject({ qty: ['-1', '4'], total: 2 })
  expect(await list(said('CK-002'))).toMatchObject({ qty: ['9'], total: 1 })
  expect(await list(said('2门诊'))).toMatchObject({ qty: ['7'], total: 1 })
})

test('by quantity as many lines are sorted as can be at once; of more it says what to narrow', async () => {
  expect(await list('&sort=-qty')).toMatchObject({ qty: ['9', '7', '4', '-1'], total: 4 })
  await desk.admin.query(
    `insert into flow_lines (company_id, month, batch_id, line_no, sheet_row, distributor_id, qty, unit, lot, doc_no,
       is_return, state, issues, alike_key)
     select company_id, month, batch_id, 100 + n, 1, distributor_id, n, unit, 'MANY', '', false, 'excluded', '{}', n
     from (select * from flow_lines limit 1) one, generate_series(1, 20000) n`,
  )
  const many = await list('&sort=-qty')
  expect([many.status, many.body.code, many.body.params]).toEqual([
    400,
    'flows.too-many-to-sort',
    { max: 20_000 },
  ])
  expect((await list('&sort=-qty&state=excluded')).qty[0]).toBe('20000')
  expect(await list(`${said('MANY')}&sort=-qty&size=1`)).toMatchObject({ qty: ['20000'] })
  expect((await list('&sort=-qty&state=posted')).qty[0]).toBe('9')
})
