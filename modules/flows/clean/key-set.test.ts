import { expect, test } from 'vitest'
import { KeySet } from './key-set.ts'

test('a key is new once, however many there are and whatever its sign', () => {
  const keys = new KeySet()
  const some = Array.from({ length: 5_000 }, (_, n) => BigInt.asIntN(64, BigInt(n) * 0x9e3779b97f4a7c15n))
  expect(some.filter((key) => keys.add(key))).toHaveLength(5_000)
  expect(some.filter((key) => keys.add(key))).toHaveLength(0)
  expect(keys.add(-7n)).toBe(true)
  expect(keys.add(-7n)).toBe(false)
})

test('keys that fall on the same place are told apart', () => {
  const keys = new KeySet()
  const alike = [1n, 1n + (1n << 32n), 1n + (2n << 32n), -(1n << 62n) + 1n]
  expect(alike.map((key) => keys.add(key))).toEqual([true, true, true, true])
  expect(alike.map((key) => keys.add(key))).toEqual([false, false, false, false])
})
