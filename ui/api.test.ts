import { expect, test } from 'vitest'
import { queryString } from './api.ts'

test('empty values are not asked for, lists are one value, and text is encoded', () => {
  expect(
    queryString({ q: '', page: 1, state: ['a', 'b'], name: '北京 & 3', none: null, zero: 0, off: false }),
  ).toBe('?page=1&state=a%2Cb&name=%E5%8C%97%E4%BA%AC+%26+3&zero=0&off=false')
  expect(queryString(undefined)).toBe('')
})
