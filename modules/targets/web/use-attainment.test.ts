import { describe, expect, test } from 'vitest'
import { below, linesOf } from './use-attainment.ts'

const url = {
  from: '2026-06',
  to: '2026-07',
  by: 'territory',
  level: 'region',
  territory_id: '',
  product_group: 'PG1',
}
const row = (part: object) => ({
  key: 'k',
  name: 'n',
  target_fen: 100,
  amount_fen: 50,
  base_qty: null,
  rate: '0.5000',
  line_count: 1,
  last_year_fen: 40,
  ...part,
})

describe('a figure opens its own lines', () => {
  test('with the period, the filters and the key of its row', () => {
    expect(linesOf(url, row({ key: 't1' }))).toBe(
      '/flows/lines?from=2026-06&to=2026-07&state=posted&territory_id=t1&product_group=PG1',
    )
  })
  test('a month is its own period', () => {
    expect(linesOf({ ...url, by: 'month' }, row({ key: '2026-07' }))).toBe(
      '/flows/lines?from=2026-07&to=2026-07&state=posted&product_group=PG1',
    )
  })
  test('the total has no key', () => {
    expect(linesOf({ ...url, territory_id: 't0' })).toContain('territory_id=t0')
  })
})

test('a region leads to its provinces, a province to its territories, a territory nowhere but to lines', () => {
  expect(below(url, row({ key: 'r' }))).toEqual({ territory_id: 'r', level: 'province' })
  expect(below({ ...url, level: 'province' }, row({ key: 'p' }))).toEqual({
    territory_id: 'p',
    level: 'territory',
  })
  expect(below({ ...url, level: 'territory' }, row({}))).toBeNull()
  expect(below(url, row({ key: null }))).toBeNull()
})
