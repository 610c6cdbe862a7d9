import { afterAll, beforeAll, expect, test } from 'vitest'
import { csv, type Desk, sale, startDesk } from '#tests/flow-desk.ts'
import { discardBatch } from '../arrive/discard-batch.ts'

const MONTH = '2026-10'
let desk: Desk

beforeAll(async () => {
  desk = await startDesk()
  await desk.open(MONTH)
})
afterAll(() => desk.close())

/** The counters, and what they should be: counted over the lines. */
async function compare(): Promise<number> {
  const kept = await desk.admin.query(
    `select month, name_id, batch_id, waiting_count, waiting_fen, posted_count, posted_fen from flow_name_sums
     where waiting_count <> 0 or waiting_fen <> 0 or posted_count <> 0 or posted_fen <> 0 order by name_id, batch_id`,
  )
  const counted = await desk.admin.query(
    `select l.month, n.id as name_id, l.batch_id, count(*) filter (where state = 'waiting')::int as waiting_count,
       coalesce(sum(abs(amount_fen)) filter (where state = 'waiting'), 0)::bigint as waiting_fen,
       count(*) filter (where state = 'posted')::int as posted_count,
       coalesce(sum(abs(amount_fen)) filter (where state = 'posted'), 0)::bigint as posted_fen
     from flow_lines l cross join lateral (values (customer_name_id), (product_name_id)) n(id)
     where n.id is not null and state in ('waiting', 'posted') group by 1, 2, 3 order by 2, 3`,
  )
  expect(kept.rows).toEqual(counted.rows)
  return kept.rows.length
}

test('lines and money of a name are what its lines add up to, whatever happens to them', async () => {
  const send = (name: string, rows: string[], distributor: 'kangze' | 'anhe' = 'kangze') =>
    desk.send({ name, content: csv(rows), month: MONTH, distributor })
  const first = await send('一.csv', [
    sale('2026-10-05', '临泽医院', 2),
    sale('2026-10-06', '无人识得的单位', 3),
    sale('2026-10-06', '无人识得的单位', 3),
    sale('2026-10-07', '无人识得的单位', 1, { unit: '斤' }),
  ])
  await send('二.csv', [sale('2026-10-08', '无人识得的单位', 4)], 'anhe')
  expect(await compare()).toBeGreaterThan(3)

  const steward = await desk.as('steward')
  const list = (state: string) => steward.get(`/api/flow-reviews?kind=customer&state=${state}&month=${MONTH}`)
  const waits = (await list('waiting')).body
  expect(waits.rows[0]).toMatchObject({ raw_text: '无人识得的单位', line_count: 4, distributor_count: 2 })
  const { normal_text } = waits.rows[0]

  const decided = await steward.post('/api/flow-decisions', {
    kind: 'customer',
    normal_text,
    action: 'choose',
    target_id: desk.world.institutions.wangjiang,
  })
  await compare()
  expect((await list('waiting')).body.rows).toEqual([])
  expect((await list('confirmed')).body.rows[0]).toMatchObject({ line_count: 4, target_name: '杭州望江诊所' })

  await steward.post('/api/flow-issue-decisions', { month: MONTH, issue: 'duplicate', action: 'exclude' })
  await compare()
  await steward.delete(`/api/flow-decisions/${decided.body.id}`)
  await compare()
  await desk.runAs('steward', (ctx) => discardBatch(ctx, first, '重传'))
  await compare()
  expect((await list('waiting')).body.rows[0]).toMatchObject({ line_count: 1, distributor_count: 1 })
})
