import { expect, test } from 'vitest'
import { approvalRefusals } from '#platform/approvals/shapes.ts'
import { authRefusals } from '#platform/auth/shapes.ts'
import { missingKeys } from '#ui/i18n.ts'
import * as english from './messages/en.ts'
import * as chinese from './messages/zh-cn.ts'
import { pages } from './modules.ts'

test('everything is said in both languages', () => {
  expect(missingKeys({ 'zh-CN': chinese.words, en: english.words })).toEqual([])
})

test('each module keeps its keys in both languages', () => {
  const modules = (all: object) => Object.keys(all).map((file) => file.split('/').at(-4))
  expect(modules(chinese.moduleWords)).toEqual(modules(english.moduleWords))
  expect(modules(chinese.moduleWords).length).toBeGreaterThan(2)
})

test('both languages fill the same places', () => {
  const places = (text: string) => [...new Set(text.match(/\{\{\w+\}\}/g) ?? [])].sort().join(' ')
  const { words } = english
  const differ = Object.entries(chinese.words)
    .filter(([key, text]) => places(text) !== places(words[key] ?? words[`${key}_other`] ?? ''))
    .map(([key]) => key)
  expect(differ).toEqual([])
})

test('every refusal of the platform has a sentence', () => {
  const codes = [...authRefusals, ...approvalRefusals]
  expect(codes.filter((code) => !chinese.words[`refusal.${code}`])).toEqual([])
})

test('every title, menu entry and group has words', () => {
  const asked = pages.flatMap(({ title_key, menu }) =>
    menu ? [title_key, menu.label_key, `menu.${menu.group}`] : [title_key],
  )
  expect(pages.length).toBeGreaterThan(8)
  expect(asked.filter((key) => !(key in chinese.words))).toEqual([])
})
