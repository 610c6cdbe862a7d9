import { type Column, cellOf } from './columns.tsx'

type PhoneCardsProps<Row> = {
  rows: readonly Row[]
  columns: readonly Column<Row>[]
  /** Column keys: the first is the heading, a state stands beside it, the others are lines. */
  keys: readonly string[]
  idOf: (row: Row) => string
  onOpen?: (row: Row) => void
}

/** Rows as cards, for a screen that one hand holds. */
export function PhoneCards<Row>(props: PhoneCardsProps<Row>) {
  const shown = props.keys
    .map((key) => props.columns.find((column) => column.key === key))
    .filter((column) => column !== undefined)
  const [heading, ...others] = shown
  const states = others.filter(({ kind }) => kind === 'state')
  const lines = others.filter(({ kind }) => kind !== 'state')
  return (
    <ul className="qc-cards">
      {props.rows.map((row) => {
        const title = heading ? cellOf(row, heading) : null
        return (
          <li key={props.idOf(row)}>
            <div className="qc-card-head">
              {props.onOpen ? (
                <button type="button" className="qc-card-open" onClick={() => props.onOpen?.(row)}>
                  {title}
                </button>
              ) : (
                <strong>{title}</strong>
              )}
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
