import { expect, test } from 'vitest'
import { parseSearch, stringifySearch } from './use-url-state.ts'

test('what stands in the address is plain text and comes back the same', () => {
  const state = { q: '协和 100%', level: '3A', page: '2' }
  expect(parseSearch(stringifySearch(state))).toEqual(state)
  expect(stringifySearch({ q: '', page: undefined })).toBe('')
})
