import { expect, test } from 'vitest'
import { costlyTurns } from './in-turn.ts'

const limits = { at_once: 2, at_once_company: 1, waiting_company: 5, wait_seconds_max: 60 }

/** Work that ends when told to. */
function held(order: string[], name: string) {
  let end = () => {}
  const over = new Promise<void>((resolve) => {
    end = resolve
  })
  return {
    end: () => end(),
    work: async () => {
      order.push(name)
      await over
    },
  }
}
const settled = () => new Promise((resolve) => setImmediate(resolve))

test('one company’s flood stands behind the first call of another', async () => {
  const turns = costlyTurns({ ...limits, at_once: 1 })
  const order: string[] = []
  const flood = ['a1', 'a2', 'a3', 'a4'].map((name) => held(order, name))
  const other = held(order, 'b1')
  const all = [...flood.map(({ work }) => turns.inTurn('a', work)), turns.inTurn('b', other.work)]
  for (const one of [...flood, other]) one.end()
  await Promise.all(all)
  expect(order).toEqual(['a1', 'a2', 'b1', 'a3', 'a4'])
})

test('a company never has all places, and work that fails gives its place back', async () => {
  const turns = costlyTurns(limits)
  const order: string[] = []
  const [first, second, other] = [held(order, 'a1'), held(order, 'a2'), held(order, 'b1')]
  const all = [turns.inTurn('a', first.work), turns.inTurn('a', second.work), turns.inTurn('b', other.work)]
  await settled()
  expect(order).toEqual(['a1', 'b1'])
  for (const one of [first, second, other]) one.end()
  await Promise.all(all)
  await expect(turns.inTurn('a', () => Promise.reject(new Error('x')))).rejects.toThrow('x')
  expect(await turns.inTurn('a', async () => 1)).toBe(1)
})

test('beyond the bound, and after waiting too long, the caller is told when to come again', async () => {
  const turns = costlyTurns({ ...limits, waiting_company: 1, wait_seconds_max: 0.02 })
  const order: string[] = []
  const first = held(order, 'a1')
  const running = turns.inTurn('a', first.work)
  await settled()
  const refused = { code: 'too-much-waiting', status: 429, params: { seconds: 10 } }
  const waits = turns.inTurn('a', async () => {})
  await expect(turns.inTurn('a', async () => {})).rejects.toMatchObject(refused)
  await expect(waits).rejects.toMatchObject(refused)
  first.end()
  await running
  expect(await turns.inTurn('a', async () => 2)).toBe(2)
})
