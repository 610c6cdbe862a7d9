import { expect, test } from 'vitest'
import { changesOf } from './changes-of.ts'

test('only fields that differ are changes; what was not there is a dash', () => {
  expect(changesOf({ level: '3B', name: 'a' }, { level: '3A', name: 'a', roles: ['x'] })).toEqual([
    { field: 'level', before: '3B', after: '3A' },
    { field: 'roles', before: '—', after: '["x"]' },
  ])
})

test('a bare value and nothing at all are compared too', () => {
  expect(changesOf(null, 3)).toEqual([{ field: 'value', before: '—', after: '3' }])
  expect(changesOf(undefined, undefined)).toEqual([])
})
