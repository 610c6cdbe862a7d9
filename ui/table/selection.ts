import { type ClipboardEvent, useState } from 'react'
import type { Query } from '../api.ts'
import type { Column } from './columns.tsx'
import { copyRows } from './copy-rows.ts'

/** What was ticked. `whole` means every row that `query` finds, not only the loaded ones. */
export type Selection<Row> = {
  ids: string[]
  rows: Row[]
  whole: boolean
  count: number
  query: Query
  clear: () => void
}

type Picked<Row> = { ids: string[]; rows: Row[]; whole: boolean }

const nothing = { ids: [], rows: [], whole: false }

/** The ticks of a table; they stay while pages are turned. */
export function useSelection<Row>(total: number, query: Query) {
  const [picked, setPicked] = useState<Picked<Row>>(nothing)
  // On a phone a tap opens a row, until ticking is asked for.
  const [ticking, setTicking] = useState(false)
  const selection: Selection<Row> = {
    ...picked,
    count: picked.whole ? total : picked.ids.length,
    query,
    clear: () => {
      setPicked(nothing)
      setTicking(false)
    },
  }
  /** Rows of other pages that stay ticked are remembered from when they were seen. */
  const pick = (ids: string[], seen: readonly Row[], idOf: (row: Row) => string) => {
    const known = new Map([...picked.rows, ...seen].map((row) => [idOf(row), row]))
    const rows = ids.map((id) => known.get(id)).filter((row) => row !== undefined)
    setPicked({ ids, rows, whole: false })
  }
  return {
    selection,
    pick,
    ticking,
    startTicking: () => setTicking(true),
    /** One card of a phone; the first one begins the ticking. */
    tick: (id: string, seen: readonly Row[], idOf: (row: Row) => string) => {
      setTicking(true)
      const { ids } = picked
      pick(ids.includes(id) ? ids.filter((other) => other !== id) : [...ids, id], seen, idOf)
    },
    pickWhole: () => setPicked({ ...picked, whole: true }),
  }
}

/** Copies the ticked rows, unless some text is marked: then the browser copies that. */
export function copyPicked<Row>(
  event: ClipboardEvent,
  rows: readonly Row[],
  columns: readonly Column<Row>[],
): void {
  const marked = globalThis.getSelection()?.toString() ?? ''
  if (marked !== '' || rows.length === 0) return
  const { html, text } = copyRows(rows, columns)
  event.clipboardData.setData('text/html', html)
  event.clipboardData.setData('text/plain', text)
  event.preventDefault()
}
