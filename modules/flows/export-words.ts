import type { LineState } from './shapes.ts'

/** A word in both languages; which one a file carries is the choice of whoever asks for it. */
export type Word = { zh: string; en: string }

export const lineStateWords: Record<LineState, Word> = {
  posted: { zh: '已计入', en: 'Posted' },
  waiting: { zh: '待处理', en: 'Waiting' },
  excluded: { zh: '不计入', en: 'Excluded' },
  rejected: { zh: '有错误', en: 'Faulty' },
}

/** Issues of a line, without what a person made of them. */
export const issueWords: Record<string, Word> = {
  duplicate: { zh: '疑似重复', en: 'Possible duplicate' },
  'unknown-unit': { zh: '单位不认识', en: 'Unknown unit' },
  'sign-conflict': { zh: '数量与金额正负不一致', en: 'Quantity and amount differ in sign' },
  doubtful: { zh: '图片里看不清', en: 'Hard to read in the picture' },
  'out-of-period': { zh: '日期不在本月', en: 'Date outside the month' },
  'reading.bad-date': { zh: '日期读不懂', en: 'Date not understood' },
  'reading.bad-qty': { zh: '数量读不懂', en: 'Quantity not understood' },
  'reading.bad-price': { zh: '单价读不懂', en: 'Price not understood' },
  'reading.bad-amount': { zh: '金额读不懂', en: 'Amount not understood' },
  'reading.missing-date': { zh: '缺日期', en: 'Date missing' },
  'reading.missing-qty': { zh: '缺数量', en: 'Quantity missing' },
  'reading.missing-customer': { zh: '缺客户', en: 'Customer missing' },
  'reading.missing-product': { zh: '缺产品', en: 'Product missing' },
  'reading.missing-supplier': { zh: '缺供应商', en: 'Supplier missing' },
  'reading.doubtful-cell': { zh: '图片里看不清', en: 'Hard to read in the picture' },
  'reading.lot-digits-lost': { zh: '批号位数可能丢失', en: 'Digits of the lot may be lost' },
  'reading.amount-differs': { zh: '数量 × 单价与金额不符', en: 'Quantity × price is not the amount' },
}

const madeOfIt: Record<string, Word> = {
  kept: { zh: '已保留', en: 'kept' },
  excluded: { zh: '已剔除', en: 'excluded' },
}

/** `duplicate-kept` → 疑似重复（已保留）; a code that has no word yet stays as it is. */
export function issueWord(code: string, language: keyof Word): string {
  const [, issue = code, made = ''] = /^(.*)-(kept|excluded)$/.exec(code) ?? []
  const word = issueWords[issue]?.[language] ?? issue
  const end = madeOfIt[made]?.[language]
  if (!end) return word
  return language === 'zh' ? `${word}（${end}）` : `${word} (${end})`
}
