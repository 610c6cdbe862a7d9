import { type PointerEvent, type ReactNode, useRef } from 'react'
import { useText } from '../i18n.ts'
import { type Column, cellOf, textOf } from './columns.tsx'

type PhoneCardsProps<Row> = {
  rows: readonly Row[]
  columns: readonly Column<Row>[]
  /** Column keys: the first is the heading, a state stands beside it, the others are lines. */
  keys: readonly string[]
  idOf: (row: Row) => string
  onOpen?: (row: Row) => void
  /** While cards are being ticked; a tap then ticks instead of opening. */
  picked?: readonly string[]
  /** Ticks a card or takes the tick off; a long press on a card calls it too. */
  onPick?: (id: string) => void
}

const HOLD_MS = 450

/** Rows as cards, for a screen that one hand holds. */
export function PhoneCards<Row>(props: PhoneCardsProps<Row>) {
  const shown = props.keys
    .map((key) => props.columns.find((column) => column.key === key))
    .filter((column) => column !== undefined)
  const [heading, ...others] = shown
  const states = others.filter(({ kind }) => kind === 'state')
  const lines = others.filter(({ kind }) => kind !== 'state')
  const hold = useLongPress((id) => props.onPick?.(id))
  return (
    <ul className="qc-cards">
      {props.rows.map((row) => {
        const id = props.idOf(row)
        return (
          <li
            key={id}
            className={props.picked?.includes(id) ? 'qc-card-picked' : undefined}
            {...(props.onPick && !props.picked ? hold(id) : undefined)}
          >
            <div className="qc-card-head">
              <CardTitle {...props} row={row} heading={heading} />
              {states.map((column) => (
                <span key={column.key}>{cellOf(row, column)}</span>
              ))}
            </div>
            <dl>
              {lines.map((column) => (
                <div key={column.key}>
                  <dt>{column.title}</dt>
                  <dd>{cellOf(row, column)}</dd>
                </div>
              ))}
            </dl>
          </li>
        )
      })}
    </ul>
  )
}

type CardTitleProps<Row> = PhoneCardsProps<Row> & { row: Row; heading: Column<Row> | undefined }

/** What the whole card does when it is tapped: tick, open, or nothing. */
function CardTitle<Row>({ row, heading, picked, onPick, onOpen, idOf }: CardTitleProps<Row>): ReactNode {
  const t = useText()
  const id = idOf(row)
  const words = heading ? textOf(row, heading) : ''
  if (picked && onPick)
    return (
      <label className="qc-card-open qc-card-pick">
        <input
          type="checkbox"
          aria-label={t('ui.select_row', { row: words || id })}
          checked={picked.includes(id)}
          onChange={() => onPick(id)}
        />
        {words}
      </label>
    )
  const title = heading ? cellOf(row, heading) : null
  if (!onOpen) return <strong>{title}</strong>
  return (
    <button type="button" className="qc-card-open" onClick={() => onOpen(row)}>
      {/* A heading that is a link would be a control within a control. */}
      {words || title}
    </button>
  )
}

/** A finger that rests; one that moves is scrolling. */
function useLongPress(onHold: (id: string) => void) {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const end = () => clearTimeout(timer.current)
  return (id: string) => ({
    onPointerDown: (event: PointerEvent) => {
      end()
      if (event.pointerType === 'touch') timer.current = setTimeout(() => onHold(id), HOLD_MS)
    },
    onPointerUp: end,
    onPointerMove: end,
    onPointerCancel: end,
  })
}
