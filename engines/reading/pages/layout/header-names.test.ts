import { expect, test } from 'vitest'
import { tidyHeaderName } from './header-names.ts'

test.each([
  ['含税价！', '含税价', 'strokes of a rule are left out'],
  ['发浆号码', '发票号码', 'one misread character leaves one known name'],
  ['数量（盒）', '数量（盒）', 'what is known stays as printed'],
  ['销售1日1期', '销售日期', 'strokes within it are left out too'],
  ['产地仓', '产地仓', 'what is like nothing known stays'],
])('a column’s name %s is %s: %s', (read, printed) => {
  expect(tidyHeaderName(read)).toBe(printed)
})

test('a short name is what the recogniser saw second, where that is known', () => {
  const glyph = (text: string, sure: number, others = '') => ({ text, sure, others, left: 0, right: 1 })
  expect(tidyHeaderName('体量', [glyph('体', 0.48, '钠销纳'), glyph('量', 1)])).toBe('销量')
  expect(tidyHeaderName('体量', [glyph('体', 0.99, '钠销纳'), glyph('量', 1)])).toBe('体量')
})
