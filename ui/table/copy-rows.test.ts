import { expect, test } from 'vitest'
import type { Column } from './columns.tsx'
import { copyRows } from './copy-rows.ts'

type Row = { code: string; amount_fen: number; quantity: string }
const columns: Column<Row>[] = [
  { key: 'code', title: '编码' },
  { key: 'amount_fen', title: '金额', kind: 'money' },
  { key: 'quantity', title: '数量', kind: 'quantity' },
]
const rows: Row[] = [{ code: '0000123456789012345678', amount_fen: -123405, quantity: '1200.5' }]

test('copied figures are bare numbers, money in yuan', () => {
  expect(copyRows(rows, columns).text).toBe('编码\t金额\t数量\n0000123456789012345678\t-1234.05\t1200.5')
})

test('copied codes keep their type and their leading zeros', () => {
  const { html } = copyRows(rows, columns)
  expect(html).toContain(`<td style="mso-number-format:'\\@'">0000123456789012345678</td>`)
  expect(html).toContain('<td>-1234.05</td>')
})

test('a name cannot become markup on the clipboard', () => {
  expect(copyRows([{ code: '<img onerror=x>', amount_fen: 0, quantity: '1' }], columns).html).not.toContain(
    '<img',
  )
})
