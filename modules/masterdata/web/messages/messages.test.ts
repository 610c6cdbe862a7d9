import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { missingKeys } from '#ui/i18n.ts'
import { masterdataRefusals } from '../../shapes.ts'
import { words as english } from './en.ts'
import { words as chinese } from './zh-cn.ts'

test('both languages hold the same keys', () => {
  expect(missingKeys({ 'zh-CN': chinese, en: english })).toEqual([])
})

test('each refusal has a sentence', () => {
  expect(masterdataRefusals.filter((code) => !(`refusal.${code}` in chinese))).toEqual([])
})

test('each key that a page asks for is there', () => {
  const folder = join(import.meta.dirname, '..')
  const asked = readdirSync(folder, { recursive: true })
    .map(String)
    .filter((name) => /\.tsx?$/.test(name) && !name.includes('messages'))
    .flatMap((name) => [
      ...readFileSync(join(folder, name), 'utf8').matchAll(/'(masterdata\.[a-z_]+(?:\.[a-zA-Z-]+)?)'/g),
    ])
    .map((match) => match[1] ?? '')
    .filter(
      (key) =>
        !/^masterdata\.(read|write|import)$|^masterdata\.(institutions|products|distributors)\.?$/.test(key),
    )
  expect([...new Set(asked)].filter((key) => !(key in chinese) && !/code-lists$/.test(key))).toEqual([])
})
