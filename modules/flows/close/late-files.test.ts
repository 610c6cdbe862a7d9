import { afterAll, beforeAll, expect, test } from 'vitest'
import { csv, type Desk, sale, startDesk } from '#tests/flow-desk.ts'
import { completenessWithDelay } from './late-files.ts'

const MONTH = '2026-07'
let desk: Desk

beforeAll(async () => {
  desk = await startDesk()
  await desk.open(MONTH)
})
afterAll(() => desk.close())

const delays = async (now: string) => {
  const rows = await desk.runAs('steward', (ctx) =>
    completenessWithDelay({ ...ctx, now: new Date(now) }, MONTH),
  )
  const of = (id: string) => rows.find((row) => row.distributor_id === id)?.late_days
  const { kangze, anhe } = desk.world.distributors
  return [of(kangze), of(anhe)]
}

test('a distributor is late by the working days since the calendar wants its files, until they came', async () => {
  // Due on Wednesday, 5 August, the third working day after July.
  expect(await delays('2026-08-05T15:00:00Z')).toEqual([0, 0])
  expect(await delays('2026-08-05T16:30:00Z')).toEqual([1, 1])
  const id = await desk.send({
    name: '七月.csv',
    content: csv([sale('2026-07-02', '成都锦屏医院', 5)]),
    month: MONTH,
  })
  await desk.admin.query(`update flow_batches set received_at = '2026-08-07 09:00+08' where id = $1`, [id])
  expect(await delays('2026-08-11T02:00:00Z')).toEqual([2, 4])
  const steward = await desk.as('steward')
  const holiday = { day: '2026-08-06', kind: 'holiday', name: '公司日' }
  expect((await steward.post('/api/calendar-days', holiday)).status).toBe(201)
  expect(await delays('2026-08-11T02:00:00Z')).toEqual([1, 3])
})

test('a month is opened with the days its calendar gives it', async () => {
  const steward = await desk.as('steward')
  const days = { starts_on: '2026-08-01', ends_on: '2026-08-25' }
  const made = await steward.post('/api/calendar-months', {
    month: '2026-08',
    ...days,
    files_due_on: '2026-08-28',
    close_due_on: '2026-09-04',
  })
  expect(made.status, JSON.stringify(made.body)).toBe(201)
  await desk.open('2026-08')
  const { body } = await steward.get('/api/flow-months/2026-08')
  expect(body).toMatchObject({ ...days, files_due_on: '2026-08-28', close_due_on: '2026-09-04' })
})
