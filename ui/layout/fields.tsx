import type { ReactNode } from 'react'

export type FieldLine = { label: string; value: ReactNode; wide?: boolean }

/** Names and values of one object, in two columns where there is room. Nothing is shown as `—`. */
export function Fields({ lines }: { lines: readonly FieldLine[] }) {
  return (
    <dl className="qc-fields">
      {lines.map(({ label, value, wide }) => (
        <div key={label} className={wide ? 'qc-field-wide' : undefined}>
          <dt>{label}</dt>
          <dd>{value === null || value === undefined || value === '' ? '—' : value}</dd>
        </div>
      ))}
    </dl>
  )
}
