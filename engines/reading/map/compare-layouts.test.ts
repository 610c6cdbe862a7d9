import { expect, test } from 'vitest'
import type { Field } from '../shapes.ts'
import { compareLayouts } from './compare-layouts.ts'

const layout = (...headers: [string, Field | null][]) => ({
  columns: headers.map(([header, field], column) => ({
    column,
    header,
    field,
    confidence: 1,
    why: 'header',
  })),
  pivot: [],
})
const BEFORE = layout(
  ['日期', 'occurred_on'],
  ['客户', 'customer_raw'],
  ['品名', 'product_raw'],
  ['数量', 'qty'],
  ['单价', 'price'],
  ['备注', 'remark'],
)

test('the same headers in the same order have not changed', () =>
  expect(compareLayouts(BEFORE, structuredClone(BEFORE))).toEqual([]))

test('a column put elsewhere moved, the ones it passed did not', () => {
  const now = layout(
    ['日期', 'occurred_on'],
    ['数量', 'qty'],
    ['客户', 'customer_raw'],
    ['品名', 'product_raw'],
    ['单价', 'price'],
    ['备注', 'remark'],
  )
  expect(compareLayouts(BEFORE, now)).toEqual([
    { change: 'moved', header: '数量', field: 'qty', from: 3, to: 1 },
  ])
})

test('new, missing and renamed headers are told, and push nobody', () => {
  const now = layout(
    ['序号', null],
    ['日期', 'occurred_on'],
    ['购货单位', 'customer_raw'],
    ['品名', 'product_raw'],
    ['数量', 'qty'],
    ['单价', 'price'],
  )
  expect(compareLayouts(BEFORE, now)).toEqual([
    { change: 'renamed', header: '购货单位', before: '客户', field: 'customer_raw', from: 1, to: 2 },
    { change: 'missing', header: '备注', field: 'remark', from: 5 },
    { change: 'added', header: '序号', field: null, to: 0 },
  ])
})

test('a column that stands where it stood has not moved, whatever passed it', () => {
  const before = layout(['品名', 'product_raw'], ['客户', 'customer_raw'], ['批号', 'lot'])
  const now = layout(['批号', 'lot'], ['客户', 'customer_raw'], ['品名', 'product_raw'])
  const moved = compareLayouts(before, now).filter(({ change }) => change === 'moved')
  expect(moved.length).toBeGreaterThan(0)
  expect(moved.map(({ header }) => header)).not.toContain('客户')
})
