import { afterAll, beforeAll, expect, test } from 'vitest'
import { csv, type Desk, sale, startDesk } from '#tests/flow-desk.ts'

const MONTH = '2026-10'
let desk: Desk

beforeAll(async () => {
  desk = await startDesk()
  await desk.open(MONTH)
})
afterAll(() => desk.close())

const send = (name: string, rows: string[]) => desk.send({ name, content: csv(rows), month: MONTH })
const discard = async (id: string, by: 'steward' | 'clerk-kangze' = 'steward') => {
  const person = await desk.as(by)
  expect((await person.delete(`/api/flow-batches/${id}?reason=发错了`)).status).toBe(200)
}

test('when the first of alike files goes, the lines of the next one count, and those of a third wait for it', async () => {
  const rows = [sale('2026-10-01', '杭州临泽医院', 1), sale('2026-10-02', '没人认识的地方', 2)]
  const first = await send('一.csv', rows)
  const second = await send('二.csv', [...rows, sale('2026-10-03', '杭州临泽医院', 3)])
  const third = await send('三.csv', [...rows, sale('2026-10-04', '杭州临泽医院', 4)])
  const told = async (id: string) => (await desk.lines(id)).map((line) => [line.state, line.issues])
  const double = ['waiting', ['duplicate']]
  expect(await told(second)).toEqual([double, double, ['posted', []]])
  await discard(first)
  expect(await told(first)).toEqual([])
  // What stands by itself now follows its name again: the known one counts, the unknown one waits for a decision.
  expect(await told(second)).toEqual([
    ['posted', []],
    ['waiting', []],
    ['posted', []],
  ])
  expect(await told(third)).toEqual([double, double, ['posted', []]])
  await discard(second, 'clerk-kangze')
  expect(await told(third)).toEqual([
    ['posted', []],
    ['waiting', []],
    ['posted', []],
  ])
})
