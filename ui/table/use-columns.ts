import { useState } from 'react'
import { remember, remembered } from '../preferences.ts'
import type { Column } from './columns.tsx'

type Remembered = { order: string[]; shown: Record<string, boolean> }

export type ColumnChoice<Row> = {
  all: Column<Row>[]
  visible: Column<Row>[]
  show: (key: string, shown: boolean) => void
  move: (key: string, by: -1 | 1) => void
  reset: () => void
}

/** Columns that appeared after the order was remembered stand where the page puts them. */
export function ordered<Row>(columns: readonly Column<Row>[], order: readonly string[]): Column<Row>[] {
  const known = order.filter((key) => columns.some((column) => column.key === key))
  const sorted: Column<Row>[] = []
  let next = 0
  for (const column of columns) {
    const isKnown = known.includes(column.key)
    const key = isKnown ? known[next++] : column.key
    const placed = columns.find((candidate) => candidate.key === key)
    if (placed) sorted.push(placed)
  }
  return sorted
}

/** Which columns and in which order, remembered in this browser under the table's name. */
export function useColumns<Row>(name: string, columns: readonly Column<Row>[]): ColumnChoice<Row> {
  const storageKey = `qucheng.table.${name}`
  const [choice, setChoice] = useState(() => remembered<Remembered>(storageKey, { order: [], shown: {} }))
  const all = ordered(columns, choice.order)
  const isShown = (column: Column<Row>) => choice.shown[column.key] ?? !column.hidden
  const change = (next: Remembered) => {
    setChoice(next)
    remember(storageKey, next)
  }
  return {
    all,
    visible: all.filter(isShown),
    show: (key, shown) => change({ ...choice, shown: { ...choice.shown, [key]: shown } }),
    move: (key, by) => {
      const order = all.map((column) => column.key)
      const from = order.indexOf(key)
      const to = from + by
      const other = order[to]
      if (from < 0 || other === undefined) return
      order[to] = key
      order[from] = other
      change({ ...choice, order })
    },
    reset: () => change({ order: [], shown: {} }),
  }
}
