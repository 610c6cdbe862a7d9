import { afterAll, beforeAll, expect, test } from 'vitest'
import { csv, type Desk, sale, startDesk } from '#tests/flow-desk.ts'
import { lockedAsIs } from './lock-month.ts'

const MONTH = '2026-10'
let desk: Desk

beforeAll(async () => {
  desk = await startDesk()
  await desk.open('2026-09')
  await desk.open(MONTH)
})
afterAll(() => desk.close())

const outlook = async () => (await (await desk.as('steward')).get(`/api/flow-months/${MONTH}/outlook`)).body

test('a lock now would hold the posted sales; what waits, is left out or has not come is said beside it', async () => {
  const lately = csv([sale('2026-09-02', '成都锦屏医院', 5)])
  await desk.send({ name: '上月.csv', content: lately, month: '2026-09', distributor: 'anhe' })
  await desk.runAs('steward', (ctx) => lockedAsIs(ctx, '2026-09'))
  const empty = { line_count: 0, amount_fen: 0 }
  const before = { month: '2026-09', line_count: 1, amount_fen: 5 * 380_000 }
  expect(await outlook()).toEqual({
    counted: empty,
    owned: empty,
    waiting: empty,
    left_out: empty,
    missing: { count: 2, amount_fen: 5 * 380_000 },
    before,
  })
  const rows = [
    sale('2026-10-01', '杭州临泽医院', 2),
    sale('2026-10-02', '没人认识的地方', 3),
    sale('2026-09-30', '杭州临泽医院', 7),
  ]
  await desk.send({ name: '本月.csv', content: csv(rows), month: MONTH })
  const now = await outlook()
  expect(now).toMatchObject({
    counted: { line_count: 1, amount_fen: 2 * 380_000 },
    owned: { line_count: 1, amount_fen: 2 * 380_000 },
    waiting: { line_count: 1, amount_fen: 3 * 380_000 },
    left_out: { line_count: 1, amount_fen: 7 * 380_000 },
    missing: { count: 1, amount_fen: 5 * 380_000 },
  })
  await desk.runAs('steward', (ctx) => lockedAsIs(ctx, MONTH))
  const { rows: versions } = await desk.admin.query('select * from flow_versions where month = $1', [
    `${MONTH}-01`,
  ])
  expect(versions[0]).toMatchObject(now.counted)
})

test('a distributor whose right file came has arrived, though another of its files failed', async () => {
  await desk.open('2026-11')
  await desk.send({ name: '对.csv', content: csv([sale('2026-11-01', '杭州临泽医院', 1)]), month: '2026-11' })
  await desk.send({ name: '空.csv', content: '一,二\n', month: '2026-11' })
  await desk.send({ name: '只有坏的.csv', content: '三,四\n', month: '2026-11', distributor: 'anhe' })
  const steward = await desk.as('steward')
  const { rows } = (await steward.get('/api/flow-months/2026-11/completeness')).body
  const of = (id: string) => rows.find((row: { distributor_id: string }) => row.distributor_id === id).tables
  const { kangze, anhe } = desk.world.distributors
  expect(of(kangze)).toEqual({ sales: { batch_count: 2, line_count: 1, failed_count: 1, state: 'done' } })
  expect(of(anhe)).toEqual({ sales: { batch_count: 1, line_count: 0, failed_count: 1, state: 'failed' } })
})
