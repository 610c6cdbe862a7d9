import type { KeyboardEvent, MouseEvent } from 'react'

const controls = 'a, button, input, textarea, select, label, [role="button"], [role="menuitem"], .qc-pick'

/** A click on a control inside a row, in a layer above it, or at the end of marking text, does not open the row. */
function opensRow(event: MouseEvent<HTMLElement>): boolean {
  const target = event.target
  if (!(target instanceof Element) || !event.currentTarget.contains(target)) return false
  if (target.closest(controls)) return false
  return (globalThis.getSelection?.()?.toString() ?? '') === ''
}

/** ↑↓ Home End move between rows; returns the place moved to, or null when the key is not ours. */
export function moveInRows(event: KeyboardEvent<HTMLElement>, count: number): number | null {
  const target = event.target
  if (!(target instanceof HTMLElement) || target.dataset.place === undefined) return null
  const place = Number(target.dataset.place)
  const places: Record<string, number> = {
    ArrowDown: Math.min(count - 1, place + 1),
    ArrowUp: Math.max(0, place - 1),
    Home: 0,
    End: count - 1,
  }
  const next = places[event.key]
  if (next === undefined) return null
  event.preventDefault()
  event.currentTarget.querySelector<HTMLElement>(`[data-place="${next}"]`)?.focus()
  return next
}

/** A row holds the focus as a whole: Enter opens it, the space bar ticks it. */
export function rowProps<Row>(row: Row, place: number, onOpen: ((row: Row) => void) | undefined) {
  return {
    'data-place': place,
    tabIndex: place === 0 ? 0 : -1,
    onClick: (event: MouseEvent<HTMLElement>) => {
      if (onOpen && opensRow(event)) onOpen(row)
    },
    onKeyDown: (event: KeyboardEvent<HTMLElement>) => {
      if (event.target !== event.currentTarget) return
      if (event.key === 'Enter') onOpen?.(row)
      if (event.key !== ' ') return
      event.preventDefault()
      event.currentTarget.querySelector<HTMLInputElement>('.qc-pick input')?.click()
    },
  }
}
