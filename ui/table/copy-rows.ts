import { type Column, fieldOf, isFigure, textOf } from './columns.tsx'

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const escaped = (text: string) => text.replace(/[&<>"]/g, (sign) => escapes[sign] ?? sign)

/** Money leaves as yuan and figures as bare numbers, so that a spreadsheet can add them up. */
function bare<Row>(row: Row, column: Column<Row>): string {
  const value = fieldOf(row, column.key)
  if (!isFigure(column) || value === null || value === undefined) return textOf(row, column)
  if (column.kind !== 'money') return String(value)
  const fen = BigInt(value as string | number)
  const size = (fen < 0n ? -fen : fen).toString().padStart(3, '0')
  return `${fen < 0n ? '-' : ''}${size.slice(0, -2)}.${size.slice(-2)}`
}

/**
 * Rows for the clipboard. The HTML marks text cells as text: a spreadsheet would otherwise turn a code of
 * eighteen digits into a rounded number, or read a cell that starts with `=` as a formula.
 */
export function copyRows<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
): { html: string; text: string } {
  const lines = [
    columns.map(({ title }) => title),
    ...rows.map((row) => columns.map((column) => bare(row, column))),
  ]
  const text = lines
    .map((cells) => cells.map((cell) => cell.replace(/[\t\r\n]+/g, ' ')).join('\t'))
    .join('\n')
  const htmlRows = lines.map((cells, index) => {
    const htmlCells = cells.map((cell, place) => {
      const column = columns[place]
      const asNumber = index > 0 && column !== undefined && isFigure(column)
      return asNumber
        ? `<td>${escaped(cell)}</td>`
        : `<td style="mso-number-format:'\\@'">${escaped(cell)}</td>`
    })
    return `<tr>${htmlCells.join('')}</tr>`
  })
  return { text, html: `<table>${htmlRows.join('')}</table>` }
}
