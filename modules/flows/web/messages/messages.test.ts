import { expect, test } from 'vitest'
import { missingKeys } from '#ui/i18n.ts'
import { words as english } from './en.ts'
import { words as chinese } from './zh-cn.ts'

test('every word of flows is there in both languages', () => {
  expect(missingKeys({ 'zh-CN': chinese, en: english })).toEqual([])
})
