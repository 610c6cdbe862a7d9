import { expect, test } from 'vitest'
import { blockOf, fenOf, yuanOf } from './yuan.ts'

test('yuan as typed or pasted become whole fen without passing a float', () => {
  expect(fenOf('1234.5')).toBe(123450)
  expect(fenOf('0.29')).toBe(29)
  expect(fenOf('¥1,000,000')).toBe(100000000)
  expect(fenOf('１２００元')).toBe(120000)
  expect(fenOf('')).toBeNull()
  expect(fenOf('-5')).toBeNull()
  expect(fenOf('1.234')).toBeNull()
  expect(fenOf(null)).toBeNull()
})

test('an amount reads back as it was written', () => {
  expect([123450, 100000000, 5, 0].map(yuanOf)).toEqual(['1,234.50', '1,000,000', '0.05', '0'])
  expect(yuanOf(null)).toBe('')
})

test('a block copied from a spreadsheet is rows of cells', () => {
  expect(blockOf('1\t2\r\n"1,000"\t\r\n')).toEqual([
    ['1', '2'],
    ['1,000', ''],
  ])
})
