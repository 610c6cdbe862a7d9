import { afterAll, beforeAll, expect, test } from 'vitest'
import { csv, type Desk, sale, startDesk } from '#tests/flow-desk.ts'
import { reopenAlikes } from './reopen-alikes.ts'

const MONTH = '2026-10'
let desk: Desk
let sent = 0

beforeAll(async () => {
  desk = await startDesk()
  await desk.open(MONTH)
})
afterAll(() => desk.close())

/** A file with the given rows and one of its own, so that its bytes are new. Returns its batch. */
async function send(rows: readonly string[]): Promise<string> {
  sent += 1
  const own = sale('2026-10-30', '杭州临泽医院', 100 + sent, { doc: `OWN${sent}` })
  return desk.send({ name: `第${sent}份.csv`, content: csv([...rows, own]), month: MONTH })
}

async function discard(id: string): Promise<void> {
  const steward = await desk.as('steward')
  expect((await steward.delete(`/api/flow-batches/${id}?reason=重了`)).status).toBe(200)
}

const verdicts = async (id: string) =>
  (await desk.lines(id)).slice(0, -1).map((line) => [line.state, line.issues])

test('when the file that came first is discarded, the next one stands, and only one of those left', async () => {
  const rows = [1, 2, 3].map((n) => sale('2026-10-05', '杭州临泽医院', n))
  const [first, second, third] = [await send(rows), await send(rows), await send(rows)]
  expect(await verdicts(second)).toEqual([1, 2, 3].map(() => ['waiting', ['duplicate']]))
  await discard(first)
  expect(await verdicts(second)).toEqual([1, 2, 3].map(() => ['posted', []]))
  expect(await verdicts(third)).toEqual([1, 2, 3].map(() => ['waiting', ['duplicate']]))
  await discard(second)
  expect(await verdicts(third)).toEqual([1, 2, 3].map(() => ['posted', []]))
})

test('a line with another doubt goes on waiting for that one; what a person settled stays settled', async () => {
  const rows = [
    sale('2026-10-06', '杭州临泽医院', 1, { unit: '托盘' }),
    sale('2026-10-06', '杭州临泽医院', 2, { doc: 'KEPT' }),
    sale('2026-10-06', '无人知晓大药房', 3),
  ]
  const first = await send(rows)
  const second = await send(rows)
  const kept = (await desk.lines(second))[1]
  const steward = await desk.as('steward')
  const decision = { month: MONTH, issue: 'duplicate', action: 'exclude', line_ids: [kept?.id] }
  expect((await steward.post('/api/flow-issue-decisions', decision)).status).toBeLessThan(300)
  await discard(first)
  expect(await verdicts(second)).toEqual([
    ['waiting', ['unknown-unit']],
    ['excluded', ['duplicate-excluded']],
    ['waiting', []],
  ])
})

test('a file whose columns are confirmed again comes behind those that waited for it', async () => {
  const rows = [sale('2026-10-07', '杭州临泽医院', 1)]
  const first = await send(rows)
  const second = await send(rows)
  const { mapping } = await desk.batch(first)
  const steward = await desk.as('steward')
  const again = await steward.put(`/api/flow-batches/${first}/mapping`, { kind: 'sales', mapping })
  expect(again.status).toBe(200)
  await desk.runJobs()
  expect([await verdicts(first), await verdicts(second)]).toEqual([
    [['waiting', ['duplicate']]],
    [['posted', []]],
  ])
})

test('a batch that was written while its first lines went does not wait for them', async () => {
  const rows = [sale('2026-10-08', '杭州临泽医院', 1), sale('2026-10-08', '杭州临泽医院', 1)]
  const gone = await send(rows.slice(0, 1))
  const id = await send(rows)
  await desk.admin.query('delete from flow_lines where batch_id = $1', [gone])
  const batch = { id, month: `${MONTH}-01`, distributor_id: desk.world.distributors.kangze }
  const reopen = () => desk.runAs('steward', (ctx) => reopenAlikes(ctx, batch, 'staying'))
  expect(await reopen()).toBe(1)
  expect(await verdicts(id)).toEqual([
    ['posted', []],
    ['waiting', ['duplicate']],
  ])
  expect(await reopen()).toBe(0)
})
