import { describe, expect, test } from 'vitest'
import { fromFen, negated, parseDecimal, toFen } from './decimals.ts'

describe('parseDecimal', () => {
  test.each([
    ['12', '12'],
    ['-12.50', '-12.5'],
    ['0.10', '0.1'],
    ['007', '7'],
    ['0', '0'],
    ['-0.00', '0'],
    ['.5', '0.5'],
    ['5.', '5'],
    ['120.000', '120'],
    ['1,234,567.80', '1234567.8'],
    ['１，２００', '1200'],
    ['￥1,200.00', '1200'],
    ['(12)', '-12'],
    ['（1,200.5）', '-1200.5'],
    ['12-', '-12'],
    ['－3', '-3'],
    ['+3', '3'],
    ['12盒', '12'],
    ['12.5元', '12.5'],
    ['1.2E+3', '1200'],
    ['1.5e-2', '0.015'],
    ['12345678901234567890.123456789', '12345678901234567890.123456789'],
  ])('%s is %s', (printed, decimal) => expect(parseDecimal(printed)).toBe(decimal))

  test.each(['', ' ', '-', '—', '/', '无', '#N/A'])('%j is a blank', (printed) =>
    expect(parseDecimal(printed)).toBe(''),
  )

  test.each(['盒', '5月', '2024年', '1,23', '12a', '1.2.3', '2024-07-01', '10mg*5片', '第3次'])(
    '%s is no number',
    (printed) => expect(parseDecimal(printed)).toBeNull(),
  )
})

test.each([
  ['12.34', 1234],
  ['-0.005', -1],
  ['0.004', 0],
  ['1032', 103200],
  ['163152.999', 16315300],
  ['1.1', 110],
])('%s yuan are %i fen', (yuan, fen) => expect(toFen(yuan)).toBe(fen))

test('fen beyond an exact integer are refused, not rounded', () =>
  expect(toFen('99999999999999999')).toBeNull())
test('fen come back as yuan', () =>
  expect([1234, -5, 0, 100].map(fromFen)).toEqual(['12.34', '-0.05', '0', '1']))
test('a sign is turned exactly', () => expect(['5', '-5', '0'].map(negated)).toEqual(['-5', '5', '0']))
