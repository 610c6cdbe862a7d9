import { expect, test } from 'vitest'
import { headerFields } from './header-dictionary.ts'
import { headerText, isCumulative, meaningsOf } from './header-text.ts'

test.each([
  ['数量（盒）', '数量', '盒'],
  [' 出 库 日 期 ', '出库日期', undefined],
  ['客 户\n名 称', '客户名称', undefined],
  ['规　格', '规格', undefined],
  ['金额（元）', '金额', undefined],
  ['批 号\n（Lot）', '批号', undefined],
  ['*客户名称', '客户名称', undefined],
  ['数量/盒', '数量', '盒'],
  ['序列号/批号', '序列号/批号', undefined],
])('%j is asked for as %s', (printed, text, unit) =>
  expect(headerText(printed)).toEqual(unit ? { text, unit } : { text }),
)

test.each([
  ['本月销售数量', 'qty'],
  ['医保客户名称', 'customer_raw'],
  ['不含税金额', 'amount'],
  ['实际销售日期', 'occurred_on'],
])('%s means %s', (text, field) => expect(meaningsOf(text).meanings[0]?.field).toBe(field))

test.each(['本年累计数量', '期初结存数量', '去年同期金额', '客户类型', '生产厂家编号', '甘精胰岛素注射液'])(
  '%s is none of the fields',
  (text) => expect(meaningsOf(text).meanings[0]?.field ?? null).toBeNull(),
)

test('cumulative figures are not the month’s', () => expect(isCumulative('本年累计')).toBe(true))

test('every word of the dictionary is written as headers are normalised', () => {
  const wrong = [...headerFields.keys()].filter(
    (word) => word !== word.normalize('NFKC').toLowerCase() || /\s/.test(word),
  )
  expect(wrong).toEqual([])
})
