import { expect, test } from 'vitest'
import { missingKeys } from '#ui/i18n.ts'
import { messages } from './messages.ts'

test('every word of flows is there in both languages', () => {
  expect(missingKeys(messages)).toEqual([])
})

test('both languages fill the same places', () => {
  const places = (text: string) => [...new Set(text.match(/\{\{\w+\}\}/g) ?? [])].sort().join(' ')
  const differ = Object.entries(messages['zh-CN'])
    .filter(([key, text]) => places(text) !== places(messages.en[key] ?? messages.en[`${key}_other`] ?? ''))
    .map(([key]) => key)
  expect(differ).toEqual([])
})
