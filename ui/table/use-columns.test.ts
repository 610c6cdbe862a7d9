import { expect, test } from 'vitest'
import { ordered } from './use-columns.ts'

const columns = ['a', 'b', 'c'].map((key) => ({ key, title: key }))

test('a remembered order is kept', () => {
  expect(ordered(columns, ['c', 'a', 'b']).map(({ key }) => key)).toEqual(['c', 'a', 'b'])
})

test('a column that came later keeps its place, one that left is dropped', () => {
  expect(ordered(columns, ['c', 'gone', 'a']).map(({ key }) => key)).toEqual(['c', 'b', 'a'])
})
