import type { KeyboardEvent, MouseEvent } from 'react'

const controls =
  'a, button, input, textarea, select, label, [role="button"], [role="menuitem"], .ant-checkbox-wrapper'

/** A click on a control inside a row, in a layer above it, or at the end of marking text, does not open the row. */
export function opensRow(event: MouseEvent<HTMLElement>): boolean {
  const target = event.target
  if (!(target instanceof Element) || !event.currentTarget.contains(target)) return false
  if (target.closest(controls) || target.closest('.ant-table-selection-column')) return false
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
