const SENTENCES: Readonly<Record<string, readonly [zh: string, en: string]>> = {
  required: ['必填', 'required'],
  'too-long': ['内容太长', 'too long'],
  'not-a-date': ['不是日期，请写成 2026-07-31', 'not a date; write 2026-07-31'],
  'not-a-month': ['不是月份，请写成 2026-07', 'not a month; write 2026-07'],
  'not-an-amount': ['不是金额，请写成 1234.50', 'not an amount; write 1234.50'],
  'not-a-number': ['不是数字', 'not a number'],
  'not-yes-or-no': ['请填“是”或“否”', 'write Yes or No'],
  'unknown-choice': ['不是可选的值', 'not one of the choices'],
  'not-in-list': ['代码表里没有，或已停用', 'not in the code list, or switched off'],
  'taken-as-other': ['不认识，已归为“其他”', 'not known, taken as “Other”'],
  'not-a-unit-ladder': ['请写成 板=0.5；箱=200', 'write 板=0.5; 箱=200'],
  'unit-twice': ['单位重复', 'stands twice'],
  'ends-before-start': ['早于生效日期', 'before it begins'],
  'twice-in-file': ['与文件第 {value} 行重复', 'the same as row {value} of the file'],
  'unknown-code': ['编码不存在', 'there is no such code'],
  'row-above-is-bad': ['上级所在的行有错误', 'the row of what stands above it has an error'],
  circle: ['上下级成了环', 'stands above itself'],
  overlapping: ['与已有的有效期重叠', 'overlaps a time that is there'],
  'days-overlap': ['与其他月份的日期重叠', 'overlaps the days of another month'],
  'days-out-of-order': ['日期先后不对', 'the days are not in order'],
  'unknown-unit': ['产品没有这个单位', 'the product has no such unit'],
  'already-merged': ['该机构已合并到另一机构', 'merged into another institution'],
}

/** What is wrong with a cell, for the red column of the error workbook, in the language of who imports. */
export function issueSentence(code: string, value: string, locale: string): string {
  const english = locale === 'en'
  const sentence = SENTENCES[code]?.[english ? 1 : 0] ?? code
  if (sentence.includes('{value}')) return sentence.replace('{value}', value)
  return value === '' ? sentence : `“${value}” ${sentence}`
}
