/** A calendar month, 'YYYY-MM'. */
export type Month = string

const MONTH = /^(\d{4})-(0[1-9]|1[0-2])$/

/** Whether the text is a month 'YYYY-MM'. */
export function isMonth(text: string): text is Month {
  return MONTH.test(text)
}

/** The month of an ISO date: '2026-10-31' → '2026-10'. */
export function monthOf(isoDate: string): Month {
  return isoDate.slice(0, 7)
}

/** First day of the month as an ISO date. */
export function firstDay(month: Month): string {
  return `${month}-01`
}

/** The month `count` months later (earlier when negative). */
export function addMonths(month: Month, count: number): Month {
  const index = Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1 + count
  const year = Math.floor(index / 12)
  return `${String(year).padStart(4, '0')}-${String((index % 12) + 1).padStart(2, '0')}`
}

/** Last day of the month as an ISO date. */
export function lastDay(month: Month): string {
  const next = addMonths(month, 1)
  const day = new Date(Date.UTC(Number(next.slice(0, 4)), Number(next.slice(5, 7)) - 1, 0))
  return day.toISOString().slice(0, 10)
}

/** All months from first to last, both included. */
export function monthsBetween(first: Month, last: Month): Month[] {
  const months: Month[] = []
  for (let month = first; month <= last; month = addMonths(month, 1)) months.push(month)
  return months
}
