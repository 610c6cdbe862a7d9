import { expect, test } from 'vitest'
import { missingKeys } from '#ui/i18n.ts'
import { messages } from './messages.ts'

test('every word of targets is there in both languages', () => {
  expect(missingKeys(messages)).toEqual([])
})
