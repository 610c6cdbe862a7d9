import { expect, test } from 'vitest'
import type { Impact } from '../../../shapes.ts'
import { bodyOf, scopesOf } from './scopes.ts'

type Part = Impact['parts'][number]

const part = (distributor_id: string, province: string | null, more: Partial<Part> = {}): Part => ({
  distributor_id,
  distributor_name: `商业${distributor_id}`,
  province,
  state: 'waiting',
  target_name: null,
  line_count: 2,
  amount_fen: 100,
  ...more,
})

test('a text of several provinces can be decided for all, a province or a distributor, each with what it settles', () => {
  const parts = [
    part('a', '浙江省', { state: 'confirmed', target_name: '某院' }),
    part('b', '浙江省'),
    part('c', '四川省', { line_count: 5 }),
    part('d', null),
  ]
  expect(scopesOf(parts).map((one) => [one.key, one.line_count, one.confirmed_count, one.waits])).toEqual([
    ['', 11, 1, true],
    ['p:浙江省', 4, 1, true],
    ['p:四川省', 5, 0, true],
    ['d:b', 2, 0, true],
    ['d:c', 5, 0, true],
    ['d:d', 2, 0, true],
    ['d:a', 2, 1, false],
  ])
})

test('where all come from one province it is no choice of its own', () => {
  expect(scopesOf([part('a', '浙江省'), part('b', '浙江省')]).map(({ key }) => key)).toEqual([
    '',
    'd:a',
    'd:b',
  ])
})

test('a request says the scope', () => {
  expect([bodyOf(''), bodyOf('p:四川省'), bodyOf('d:x')]).toEqual([
    {},
    { province: '四川省' },
    { distributor_id: 'x' },
  ])
})
