import { expect, test } from 'vitest'
import { pgArray, pgTextArray } from './pg-array.ts'

test('plain values need no quotes, null is NULL', () => {
  expect(pgArray([1, null, 'a-b', true])).toBe('{1,NULL,a-b,true}')
})

test('text that the array syntax would read otherwise is quoted', () => {
  expect(pgTextArray(['盒', '', 'null', 'NULL', 'a,b', 'say "no"', 'c\\d', 'x y', '{z}'])).toBe(
    '{盒,"","null","NULL","a,b","say \\"no\\"","c\\\\d","x y","{z}"}',
  )
})

test('a NUL character is left out', () => {
  expect(pgTextArray(['a\0b'])).toBe('{"ab"}')
})
