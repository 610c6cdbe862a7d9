import { expect, test } from 'vitest'
import { pressed } from './keys.ts'

const key = (name: string, mod = false) => pressed({ key: name, metaKey: mod, ctrlKey: false })

test('a letter is the same with caps lock, and ⌘ and Ctrl are one', () => {
  expect(key('N')).toBe('n')
  expect(key('K', true)).toBe('mod+k')
  expect(pressed({ key: 'k', metaKey: false, ctrlKey: true })).toBe('mod+k')
})

test('signs and named keys stay as they are', () => {
  expect(key('?')).toBe('?')
  expect(key('ArrowDown')).toBe('ArrowDown')
})
