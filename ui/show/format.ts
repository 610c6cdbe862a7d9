/** `1234567` fen → `¥12,345.67`. Accepts an integer number or its text; null and undefined give `—`. */
export function formatMoney(fen: number | string | bigint | null | undefined, currency = '¥'): string {
  if (fen === null || fen === undefined || fen === '') return '—'
  const amount = BigInt(fen)
  const cents = amount < 0n ? -amount : amount
  const sign = amount < 0n ? '-' : ''
  return `${sign}${currency}${grouped((cents / 100n).toString())}.${(cents % 100n).toString().padStart(2, '0')}`
}

/** A decimal text keeps its digits: `"1234.50"` → `1,234.5`. Trailing zeros say nothing and go. */
export function formatQuantity(quantity: string | number | null | undefined, unit?: string): string {
  if (quantity === null || quantity === undefined || quantity === '') return '—'
  const text = typeof quantity === 'number' ? String(quantity) : quantity
  const parts = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text)
  if (!parts) return unit ? `${text} ${unit}` : text
  const [, sign = '', whole = '0', fraction = ''] = parts
  const rest = fraction.replace(/0+$/, '')
  const number = `${sign}${grouped(whole)}${rest ? `.${rest}` : ''}`
  return unit ? `${number} ${unit}` : number
}

export function formatCount(count: number | null | undefined): string {
  return count === null || count === undefined ? '—' : grouped(String(Math.trunc(count)))
}

/** `0.1234` → `12.3%`. */
export function formatPercent(ratio: number | string | null | undefined, digits = 1): string {
  if (ratio === null || ratio === undefined || ratio === '') return '—'
  return `${(Number(ratio) * 100).toFixed(digits)}%`
}

/** ISO text as JSON brings it, or the Date a shape made of it. */
export type Day = string | Date | null | undefined

/** A day stays as it is; a moment is shown in the reader's time zone as `2026-07-31 14:05`. */
export function formatDate(day: Day): string {
  if (!day) return '—'
  return typeof day === 'string' ? day.slice(0, 10) : formatMoment(day).slice(0, 10)
}

export function formatMoment(day: Day): string {
  if (!day) return '—'
  const moment = new Date(day)
  if (Number.isNaN(moment.getTime())) return String(day)
  const two = (value: number) => String(value).padStart(2, '0')
  const date = `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`
  return `${date} ${two(moment.getHours())}:${two(moment.getMinutes())}`
}

export function formatBytes(bytes: number): string {
  const units = ['B', 'KB', 'MB', 'GB']
  let value = bytes
  let unit = 0
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024
    unit += 1
  }
  return `${unit === 0 ? value : value.toFixed(1)} ${units[unit] ?? 'GB'}`
}

function grouped(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+$)/g, ',')
}
