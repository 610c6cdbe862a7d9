import { expect, test } from 'vitest'
import { pinyinKey, searchText } from './search-text.ts'

test('a name is found by its pinyin initials, its aliases and its code', () => {
  const text = searchText('重庆市第三人民医院', ['重庆三院'], 'YY10001')
  expect(text).toContain('cqsdsrmyy')
  expect(text).toContain('cqsy')
  expect(text).toContain('重庆三院')
  expect(text).toContain('yy10001')
})

test('full-width letters and signs are searched as half width', () => {
  expect(searchText('协和医院（ＡＢ院区）', [], 'Ｈ１')).toContain('协和医院(ab院区)')
  expect(searchText('协和医院', [], 'Ｈ１')).toContain('h1')
})

test('a text that is told twice is kept once', () => {
  expect(searchText('协和医院', ['协和医院'], 'xhyy')).toBe('协和医院 xhyy')
})

test('names sort by syllable, not by letter', () => {
  const names = ['西安市医院', '先锋医院', '安徽医院']
  expect(names.sort((a, b) => (pinyinKey(a) < pinyinKey(b) ? -1 : 1))).toEqual([
    '安徽医院',
    '西安市医院',
    '先锋医院',
  ])
})
