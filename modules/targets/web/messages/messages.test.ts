import { expect, test } from 'vitest'
import { missingKeys } from '#ui/i18n.ts'
import { targetRefusals } from '../../shapes.ts'
import { words as english } from './en.ts'
import { words as chinese } from './zh-cn.ts'

test('every word of targets is there in both languages', () => {
  expect(missingKeys({ 'zh-CN': chinese, en: english })).toEqual([])
})

test('each refusal of targets has a sentence', () => {
  expect(targetRefusals.filter((code) => !(`refusal.${code}` in chinese))).toEqual([])
})
