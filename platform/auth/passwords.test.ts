import { expect, test } from 'vitest'
import { checkNewPassword } from './passwords.ts'

const why = (password: string, profile: 'modern' | 'mlps3' = 'modern', login = 'heyaqin') => {
  try {
    checkNewPassword(profile, password, login)
    return null
  } catch (error) {
    return (error as { fields: { next: string } }).fields.next
  }
}

test.each([
  ['Password2026!!', 'common'],
  ['P@ssw0rd2026', 'common'],
  ['123456789012', 'common'],
  ['138-0013-80010', 'common'],
  ['abcabcabcabc', 'common'],
  ['woaini1314520', 'common'],
  ['Admin@123456', 'common'],
  ['qucheng20261', 'common'],
  ['2026-HeYaQin-ok', 'common'],
  ['short', 'too-short'],
  ['春眠不觉晓处处闻啼', 'too-short'],
  ['春眠不觉晓，处处闻啼鸟', 'too-short'],
  ['春眠不觉晓，处处闻啼鸟。', null],
  ['eight loud mountains', null],
  ['xue-shan-feng-chun31', null],
  ['x'.repeat(257), 'too-long'],
])('modern: %j → %j', (password, expected) => {
  expect(why(password)).toBe(expected)
})

test('a long password of 64 signs and more is taken whole', () => {
  expect(why(`${'rivers and mountains '.repeat(4)}!`)).toBeNull()
})

test.each([
  ['Rivers7!', null],
  ['Passw0rd!', 'common'],
  ['rivers77', 'too-plain'],
])('mlps3: %j → %j', (password, expected) => {
  expect(why(password, 'mlps3')).toBe(expected)
})
