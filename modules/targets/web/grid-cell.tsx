import { App } from 'antd'
import { type ClipboardEvent, type KeyboardEvent, useState } from 'react'
import { useText } from '#ui/i18n.ts'
import type { TargetGridRow } from '../shapes.ts'
import { useEditsOf } from './use-edits.ts'
import { blockOf, fenOf, yuanOf } from './yuan.ts'

type GridCellProps = { row: TargetGridRow; month: string; groupName: string }

/** One target as a field: arrows and Enter move as in a spreadsheet, a block that is pasted fills the cells below. */
export function GridCell({ row, month, groupName }: GridCellProps) {
  const t = useText()
  const { message } = App.useApp()
  const edits = useEditsOf()
  const known = row.months[month]
  const key = `${row.territory_id}|${row.product_group}|${month}`
  const edit = edits.all.get(key)
  const [typed, setTyped] = useState<string | null>(null)
  const shown = yuanOf(edit?.amount_fen ?? known?.amount_fen)
  const isBad = typed !== null && typed.trim() !== '' && fenOf(typed) === null
  const commit = (cell: HTMLInputElement) => {
    if (typed !== null && !isBad) edits.put([{ cell, text: typed }])
    if (isBad) void message.warning(t('targets.not_an_amount', { text: typed }))
    setTyped(null)
  }
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    const cell = event.currentTarget
    if (event.key === 'Escape') {
      setTyped(null)
      return
    }
    const next = neighbour(cell, event, typed === null)
    if (next === undefined) return
    event.preventDefault()
    // Leaving the field commits it.
    if (next) next.focus()
    else commit(cell)
  }
  const onPaste = (event: ClipboardEvent<HTMLInputElement>) => {
    const text = event.clipboardData.getData('text/plain')
    if (!/[\t\n]/.test(text.trim())) return
    event.preventDefault()
    const { placed, beyond } = place(event.currentTarget, blockOf(text))
    const bad = edits.put(placed)
    setTyped(null)
    if (bad + beyond > 0) void message.warning(t('targets.pasted_partly', { bad, beyond }))
  }
  return (
    <input
      className={['qt-cell', edit && 'qt-cell-edited', isBad && 'qt-cell-bad'].filter(Boolean).join(' ')}
      inputMode="decimal"
      autoComplete="off"
      aria-label={t('targets.edit_of', { name: row.territory_name, group: groupName, month })}
      aria-invalid={isBad}
      data-key={key}
      data-version={known?.version ?? ''}
      data-before={known?.amount_fen ?? ''}
      value={typed ?? shown}
      placeholder="—"
      onChange={(event) => setTyped(event.target.value)}
      onFocus={(event) => event.target.select()}
      onBlur={(event) => commit(event.target)}
      onKeyDown={onKeyDown}
      onPaste={onPaste}
    />
  )
}

const cellsOf = (row: Element | undefined | null) => [
  ...(row?.querySelectorAll<HTMLInputElement>('input.qt-cell') ?? []),
]

/** The cell that a key leads to; null at the border of the grid, undefined when the key stays in the field. */
function neighbour(
  cell: HTMLInputElement,
  event: KeyboardEvent<HTMLInputElement>,
  untouched: boolean,
): HTMLInputElement | null | undefined {
  const row = cell.closest('tr')
  const place = cellsOf(row).indexOf(cell)
  if (event.key === 'ArrowDown' || (event.key === 'Enter' && !event.shiftKey))
    return cellsOf(row?.nextElementSibling)[place] ?? null
  if (event.key === 'ArrowUp' || event.key === 'Enter')
    return cellsOf(row?.previousElementSibling)[place] ?? null
  if (!untouched) return undefined
  if (event.key === 'ArrowLeft') return cellsOf(row)[place - 1] ?? null
  if (event.key === 'ArrowRight') return cellsOf(row)[place + 1] ?? null
  return undefined
}

/** Lays a block over the grid from a cell on: to the right and down, as far as the page goes. */
function place(from: HTMLInputElement, block: readonly string[][]) {
  const start = from.closest('tr')
  const column = cellsOf(start).indexOf(from)
  const placed: { cell: HTMLInputElement; text: string }[] = []
  let beyond = 0
  let row: Element | null | undefined = start
  for (const texts of block) {
    const cells = cellsOf(row)
    for (const [step, text] of texts.entries()) {
      const cell = cells[column + step]
      if (cell) placed.push({ cell, text })
      else if (text !== '') beyond += 1
    }
    row = row?.nextElementSibling
  }
  return { placed, beyond }
}
