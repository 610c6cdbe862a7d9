import { expect, test } from 'vitest'
import { missingOf, twiceIn } from './use-mapping.ts'

const none = new Set<string>()

test('name and spec in one column stand in for the product, a month for the date', () => {
  const mapping = { '0': 'month', '1': 'customer_raw', '2': 'product_and_spec', '3': 'qty' }
  expect(missingOf('sales', mapping, none)).toEqual([])
})

test('what the titles of the file tell is not asked for', () => {
  expect(missingOf('sales', { '0': 'product_raw', '1': 'qty' }, new Set(['occurred_on']))).toEqual([
    'customer_raw',
  ])
})

test('the kind of table decides what is needed', () => {
  const mapping = { '0': 'occurred_on', '1': 'customer_raw', '2': 'product_raw', '3': 'qty' }
  expect(missingOf('sales', mapping, none)).toEqual([])
  expect(missingOf('purchase', mapping, none)).toEqual(['supplier_raw'])
  expect(missingOf('stock', mapping, none)).toEqual([])
})

test('a field claimed by two columns is told once, unused columns are not', () => {
  expect(twiceIn({ '0': 'qty', '1': 'qty', '2': 'qty', '3': null, '4': null, '5': 'unit' })).toEqual(['qty'])
})
