import {
  type Day,
  formatCount,
  formatDate,
  formatMoment,
  formatMoney,
  formatPercent,
  formatQuantity,
} from './format.ts'

/** Integer fen as yuan: `<Money fen={row.amount_fen} />`. */
export function Money({ fen, currency }: { fen: number | string | null | undefined; currency?: string }) {
  const text = formatMoney(fen, currency)
  return <span className={text.startsWith('-') ? 'qc-num qc-minus' : 'qc-num'}>{text}</span>
}

/** Decimal text with its unit: `<Qty value={row.quantity} unit="盒" />`. */
export function Qty({ value, unit }: { value: string | number | null | undefined; unit?: string }) {
  const text = formatQuantity(value, unit)
  return <span className={text.startsWith('-') ? 'qc-num qc-minus' : 'qc-num'}>{text}</span>
}

export function Count({ value }: { value: number | null | undefined }) {
  return <span className="qc-num">{formatCount(value)}</span>
}

export function Percent({ ratio, digits }: { ratio: number | string | null | undefined; digits?: number }) {
  return <span className="qc-num">{formatPercent(ratio, digits)}</span>
}

/** A day, `2026-07-31`; with `moment` also hours and minutes in the reader's time zone. */
export function DateText({ value, moment }: { value: Day; moment?: boolean }) {
  if (!value) return <span>—</span>
  return (
    <time className="qc-nowrap" dateTime={typeof value === 'string' ? value : value.toISOString()}>
      {moment ? formatMoment(value) : formatDate(value)}
    </time>
  )
}
