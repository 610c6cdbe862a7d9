const SENTENCES: Readonly<Record<string, string>> = {
  required: '必填',
  'too-long': '内容太长',
  'not-a-date': '不是日期，请写成 2026-07-31',
  'not-a-number': '不是数字',
  'not-yes-or-no': '请填“是”或“否”',
  'unknown-choice': '不是可选的值',
  'taken-as-other': '不认识，已归为“其他”',
  'not-a-unit-ladder': '请写成 板=0.5；箱=200',
  'unit-twice': '单位重复',
  'ends-before-start': '早于生效日期',
  'twice-in-file': '与文件第 {value} 行重复',
  'unknown-code': '编码不存在',
  'row-above-is-bad': '上级所在的行有错误',
  circle: '上下级成了环',
  overlapping: '与已有的有效期重叠',
  'unknown-unit': '产品没有这个单位',
  'already-merged': '该机构已合并到另一机构',
}

/** What is wrong with a cell, for the red column of the error workbook. */
export function issueSentence(code: string, value: string): string {
  const sentence = SENTENCES[code] ?? code
  if (sentence.includes('{value}')) return sentence.replace('{value}', value)
  return value === '' ? sentence : `“${value}” ${sentence}`
}
