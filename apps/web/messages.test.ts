import { expect, test } from 'vitest'
import { approvalRefusals } from '#platform/approvals/shapes.ts'
import { authRefusals } from '#platform/auth/shapes.ts'
import { missingKeys, uiMessages } from '#ui/i18n.ts'
import { doors } from './modules.ts'
import { refusalMessages } from './refusals.ts'

const spoken = { ui: { messages: uiMessages }, ...doors }

test.each(Object.entries(spoken))('%s says everything in both languages', (_name, door) => {
  expect(door.messages ? missingKeys(door.messages) : []).toEqual([])
})

test('every refusal of the platform has a sentence', () => {
  const words = refusalMessages['zh-CN']
  const codes = [...authRefusals, ...approvalRefusals]
  expect(codes.filter((code) => !words[`refusal.${code}`])).toEqual([])
})

test('every title, menu entry and group has words', () => {
  const chinese = new Set(
    Object.values(spoken).flatMap(({ messages }) => Object.keys(messages?.['zh-CN'] ?? {})),
  )
  const pages = Object.values(doors).flatMap((door) => door.pages ?? [])
  const asked = pages.flatMap(({ title_key, menu }) =>
    menu ? [title_key, menu.label_key, `menu.${menu.group}`] : [title_key],
  )
  expect(pages.length).toBeGreaterThan(8)
  expect(asked.filter((key) => !chinese.has(key))).toEqual([])
})
