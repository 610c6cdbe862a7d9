import { describe, expect, test } from 'vitest'
import { diffCharacters } from './diff-characters.ts'

const shown = (raw: string, name: string) =>
  diffCharacters(raw, name)
    .map(({ kind, raw: a, name: b }) =>
      kind === 'same' ? a : kind === 'missing' ? `+${b}` : kind === 'extra' ? `-${a}` : `${a}>${b}`,
    )
    .join('|')

describe('a raw text beside a name', () => {
  test('a division left out is missing, the rest is the same', () => {
    expect(shown('人民医院', '示例县人民医院')).toBe('+示例县|人民医院')
  })
  test('a remark in the raw text is extra', () => {
    expect(shown('示例县人民医院（门诊）', '示例县人民医院')).toBe('示例县人民医院|-（门诊）')
  })
  test('one character for another is a change', () => {
    expect(shown('示列县医院', '示例县医院')).toBe('示|列>例|县医院')
  })
  test('width and case do not differ', () => {
    expect(shown('１０ＭＧ×7片', '10mg×7片')).toBe('１０ＭＧ×7片')
  })
  test('joined, both texts come back whole', () => {
    const stretches = diffCharacters('省一院（东区）', '示例省第一人民医院东院区')
    expect(stretches.map(({ raw }) => raw).join('')).toBe('省一院（东区）')
    expect(stretches.map(({ name }) => name).join('')).toBe('示例省第一人民医院东院区')
  })
  test('an empty side is all missing or all extra', () => {
    expect(shown('', '医院')).toBe('+医院')
    expect(shown('医院', '')).toBe('-医院')
    expect(shown('', '')).toBe('')
  })
})
