import { describe, expect, test } from 'vitest'
import { formatBytes, formatCount, formatDate, formatMoney, formatPercent, formatQuantity } from './format.ts'

describe('figures', () => {
  test.each([
    [0, '¥0.00'],
    [5, '¥0.05'],
    [123456789, '¥1,234,567.89'],
    [-100, '-¥1.00'],
    [-5, '-¥0.05'],
    ['900719925474099301', '¥9,007,199,254,740,993.01'],
    [null, '—'],
  ])('money %s is shown as %s', (fen, text) => expect(formatMoney(fen)).toBe(text))

  test.each([
    ['1234.50', undefined, '1,234.5'],
    ['-12000', '盒', '-12,000 盒'],
    ['0.000', undefined, '0'],
    ['100', undefined, '100'],
    [null, '盒', '—'],
  ])('quantity %s %s is shown as %s', (quantity, unit, text) =>
    expect(formatQuantity(quantity, unit)).toBe(text),
  )

  test('counts have thousands separators', () => expect(formatCount(1204000)).toBe('1,204,000'))
  test('a ratio becomes a percentage', () => expect(formatPercent('0.1234')).toBe('12.3%'))
  test('a moment shown as a day keeps its date', () =>
    expect(formatDate('2026-07-31T10:00:00Z')).toBe('2026-07-31'))
  test('bytes climb units', () => expect(formatBytes(1536)).toBe('1.5 KB'))
})
