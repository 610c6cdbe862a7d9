import { expect, test } from 'vitest'
import { addMonths, lastDay, monthsBetween } from './period.ts'

test('months step over the turn of the year in both directions', () => {
  expect(addMonths('2026-12', 1)).toBe('2027-01')
  expect(addMonths('2026-01', -1)).toBe('2025-12')
  expect(addMonths('2026-05', -29)).toBe('2023-12')
})

test('the last day of a month knows leap years', () => {
  expect(lastDay('2024-02')).toBe('2024-02-29')
  expect(lastDay('2026-02')).toBe('2026-02-28')
  expect(lastDay('2026-12')).toBe('2026-12-31')
})

test('months between two months include both ends', () => {
  expect(monthsBetween('2025-11', '2026-02')).toEqual(['2025-11', '2025-12', '2026-01', '2026-02'])
})
