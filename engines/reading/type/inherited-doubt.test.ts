import { expect, test } from 'vitest'
import { inspectSheet } from '../map/inspect-sheet.ts'
import type { RawRow } from '../open/source.ts'
import { newCounts } from '../read-lines.ts'
import type { ReadLine } from '../shapes.ts'
import { LineBuilder } from './line-builder.ts'

const A = '清河县人民医院'
const B = '东岭县中医院'

/** Lines of a scanned table; a cell with a question mark behind it was not read surely. */
async function linesOf(...printed: string[][]): Promise<ReadLine[]> {
  const rows: RawRow[] = printed.map((cells, at) => ({
    row: at + 1,
    page: 1,
    cells: cells.map((cell) => cell.replace('?', '')),
    confidences: cells.map((cell) => (cell.endsWith('?') ? 0.6 : 0.95)),
  }))
  const sheet = {
    name: 'scan',
    index: 0,
    async *rows() {
      yield rows
    },
  }
  const layouts = await inspectSheet(sheet, 'scan.pdf')
  const lines: ReadLine[] = []
  for (const layout of Array.isArray(layouts) ? layouts : []) {
    const builder = new LineBuilder(layout, {}, newCounts())
    for (const row of rows) builder.add(row, lines)
  }
  return lines
}

const doubtsOf = (lines: ReadLine[]) =>
  lines.map(({ reading, issues }) => [
    reading.customer_raw,
    ...issues.filter(({ code }) => code === 'reading.doubtful-cell').map(({ field }) => field),
  ])

test('lines under a heading that was not read surely are doubtful in what it names', async () => {
  const lines = await linesOf(
    ['日期', '品名', '规格', '批号', '数量'],
    [`客户：${A}?`, '', '', '', ''],
    ['2024-07-01', '氯沙坦钾片', '50mg*14片', 'A1', '5'],
    ['2024-07-02', '氯沙坦钾片', '50mg*14片', 'A1', '6'],
    [`客户：${B}`, '', '', '', ''],
    ['2024-07-03', '氯沙坦钾片', '50mg*14片', 'A1', '7'],
  )
  expect(doubtsOf(lines)).toEqual([[A, 'customer_raw'], [A, 'customer_raw'], [B]])
})

test('a cell filled down is as sure as the one it was filled from', async () => {
  const lines = await linesOf(
    ['日期', '客户', '品名', '规格', '数量'],
    ['2024-07-01', `${A}?`, '氯沙坦钾片', '50mg*14片', '5'],
    ['2024-07-02', '?', '氯沙坦钾片', '50mg*14片', '6'],
    ['2024-07-03', '?', '氯沙坦钾片', '50mg*14片', '7'],
    ['2024-07-03', B, '氯沙坦钾片', '50mg*14片', '8'],
    ['2024-07-04', '?', '氯沙坦钾片', '50mg*14片', '9'],
  )
  expect(doubtsOf(lines)).toEqual([[A, 'customer_raw'], [A, 'customer_raw'], [A, 'customer_raw'], [B], [B]])
})
