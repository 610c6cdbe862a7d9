import type { ReactNode } from 'react'
import {
  formatCount,
  formatDate,
  formatMoment,
  formatMoney,
  formatPercent,
  formatQuantity,
} from '../show/format.ts'

export type ColumnKind =
  | 'text'
  | 'code'
  | 'count'
  | 'quantity'
  | 'money'
  | 'percent'
  | 'date'
  | 'moment'
  | 'state'

export type Column<Row> = {
  /** The field of the row; also the name the server sorts by. */
  key: string
  title: string
  kind?: ColumnKind
  /** Only when the field itself is not what to show. */
  render?: (row: Row) => ReactNode
  /** What hovering and copying give when `render` shows something else than the field. */
  text?: (row: Row) => string
  width?: number
  sortable?: boolean
  /** Offered in the column choice, not shown until chosen. */
  hidden?: boolean
}

const widths: Record<ColumnKind, number> = {
  text: 180,
  code: 130,
  count: 100,
  quantity: 110,
  money: 130,
  percent: 90,
  date: 116,
  moment: 150,
  state: 112,
}

const figures: readonly ColumnKind[] = ['count', 'quantity', 'money', 'percent']

export const isFigure = (column: { kind?: ColumnKind }): boolean => figures.includes(column.kind ?? 'text')
export const widthOf = (column: { kind?: ColumnKind; width?: number }): number =>
  column.width ?? widths[column.kind ?? 'text']

export function fieldOf<Row>(row: Row, key: string): unknown {
  return (row as Record<string, unknown>)[key]
}

/** The words of a cell, as hovering shows them and as they are copied for reading. */
export function textOf<Row>(row: Row, column: Column<Row>): string {
  if (column.text) return column.text(row)
  const value = fieldOf(row, column.key)
  if (value === null || value === undefined) return ''
  if (value instanceof Date) return column.kind === 'date' ? formatDate(value) : formatMoment(value)
  if (typeof value !== 'string' && typeof value !== 'number') return column.render ? '' : String(value)
  switch (column.kind) {
    case 'money':
      return formatMoney(value)
    case 'quantity':
      return formatQuantity(value)
    case 'count':
      return formatCount(Number(value))
    case 'percent':
      return formatPercent(value)
    case 'date':
      return formatDate(String(value))
    case 'moment':
      return formatMoment(String(value))
    default:
      return String(value)
  }
}

export function cellOf<Row>(row: Row, column: Column<Row>): ReactNode {
  const text = textOf(row, column)
  const content = column.render ? column.render(row) : text || '—'
  if (column.kind === 'state') return content
  return (
    <span className={isFigure(column) ? 'qc-cut qc-num' : 'qc-cut'} title={text || undefined}>
      {content}
    </span>
  )
}
