import { expect, test } from 'vitest'
import type { TableLayout } from '#engines/reading/public.ts'
import { driftOf } from './layout-drift.ts'
import { guessedMapping, missingFields } from './mapping.ts'

function layout(headers: Record<string, string | null>, more: Partial<TableLayout> = {}): TableLayout {
  const columns = Object.entries(headers).map(([header, field], column) => ({
    column,
    header,
    field: field as TableLayout['columns'][number]['field'],
    confidence: 1,
    why: 'header',
  }))
  return {
    sheet: 'Sheet1',
    sheet_index: 0,
    header_row: 1,
    header_rows: 1,
    last_row: null,
    kind: 'sales',
    kind_confidence: 1,
    columns,
    fingerprint: '',
    sample_rows: [],
    context: {},
    fill_down: [],
    pivot: [],
    group_heading: null,
    ...more,
  }
}

test('year, month and day in columns of their own are a date', () => {
  const parts = layout(
    { 年: null, 月: null, 日: null, 客户: 'customer_raw', 品名: 'product_raw', 数量: 'qty' },
    { date_parts: { year: 0, month: 1, day: 2 } },
  )
  expect(missingFields('sales', guessedMapping(parts), parts)).toEqual([])
  const { date_parts: _, ...plain } = parts
  expect(missingFields('sales', guessedMapping(plain), plain)).toEqual(['occurred_on'])
})

test('the second level of a pivot tells its field too', () => {
  const pivot = layout(
    { 客户: 'customer_raw', '': null },
    {
      pivot: [
        { column: 1, field: 'month', text: '2026-10', also: { field: 'product_raw', text: '冠脉支架' } },
      ],
    },
  )
  expect(missingFields('sales', guessedMapping(pivot), pivot)).toEqual([])
})

const BEFORE = layout({
  日期: 'occurred_on',
  客户: 'customer_raw',
  品名: 'product_raw',
  数量: 'qty',
  备注: null,
})

test.each([
  [
    'a column that moved is followed by its header',
    { 日期: 'occurred_on', 数量: 'qty', 客户: 'customer_raw', 品名: 'product_raw', 备注: null },
    { changes: ['moved'], asks: false, mapped: true },
  ],
  [
    'a new column that no line needs asks nobody',
    {
      日期: 'occurred_on',
      客户: 'customer_raw',
      品名: 'product_raw',
      数量: 'qty',
      备注: null,
      业务员: 'salesperson',
    },
    { changes: ['added'], asks: false, mapped: false },
  ],
  [
    'a new price asks',
    {
      日期: 'occurred_on',
      客户: 'customer_raw',
      品名: 'product_raw',
      数量: 'qty',
      备注: null,
      含税单价: 'price',
    },
    { changes: ['added'], asks: true, mapped: false },
  ],
  [
    'a quantity under another name that is known asks nobody',
    { 日期: 'occurred_on', 客户: 'customer_raw', 品名: 'product_raw', 销量: 'qty', 备注: null },
    { changes: ['renamed'], asks: false, mapped: false },
  ],
  [
    'a table that shares little is another layout, not a changed one',
    { a: null, b: null, c: null, 数量: 'qty', d: null },
    { changes: [], asks: false, mapped: false },
  ],
])('%s', (_, now, wanted) => {
  const drift = driftOf(BEFORE, guessedMapping(BEFORE), layout(now))
  expect({
    changes: drift.changes.map(({ change }) => change),
    asks: drift.asks,
    mapped: drift.mapping !== null,
  }).toEqual(wanted)
})

test('what a person said of a column before goes with it when it moves', () => {
  const now = layout({
    备注: null,
    日期: 'occurred_on',
    客户: 'customer_raw',
    品名: 'product_raw',
    数量: 'qty',
  })
  const said = { ...guessedMapping(BEFORE), 4: 'doc_no' as const }
  expect(driftOf(BEFORE, said, now).mapping).toMatchObject({ 0: 'doc_no', 1: 'occurred_on', 4: 'qty' })
})
