import { expect, test } from 'vitest'
import { fenOf } from './target-cell.tsx'

test('yuan as typed become whole fen without passing a float', () => {
  expect(fenOf('1234.5')).toBe(123450)
  expect(fenOf('0.29')).toBe(29)
  expect(fenOf('1000000')).toBe(100000000)
  expect(fenOf('')).toBeNull()
  expect(fenOf('-5')).toBeNull()
  expect(fenOf('1.234')).toBeNull()
  expect(fenOf(null)).toBeNull()
})
