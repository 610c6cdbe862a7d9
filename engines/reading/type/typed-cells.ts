import { lastDayOf, parseDate } from './dates.ts'
import { parseDecimal } from './decimals.ts'
import { cleaned, detached } from './plain-text.ts'

const CACHE_MAX = 20_000
const TRIED = 4_000

/**
 * A column's texts, cleaned. Flow files repeat names, specs and units by the thousand, so each distinct text is made
 * once; a column whose texts hardly repeat (document numbers) gives up remembering.
 */
export class TextCells {
  private known = new Map<string, string>()
  private tried = 0
  private made = 0
  private remembers = true
  private lastRaw = ''
  private lastText = ''

  of(raw: string | undefined): string {
    if (raw === undefined || raw === '') return ''
    if (raw === this.lastRaw) return this.lastText
    if (!this.remembers) return detached(cleaned(raw))
    this.tried++
    let text = this.known.get(raw)
    if (text === undefined) {
      text = this.make(raw)
    }
    this.lastRaw = raw
    this.lastText = text
    return text
  }

  private make(raw: string): string {
    if (this.tried === TRIED || ++this.made % TRIED === 0) {
      if (this.made * 2 > this.tried) {
        this.remembers = false
        this.known = new Map()
      }
    }
    const text = detached(cleaned(raw))
    if (this.known.size >= CACHE_MAX) this.known.clear()
    this.known.set(text.length === raw.length ? text : detached(raw), text)
    return text
  }
}

/** A column's dates, each distinct text parsed once. null = printed, and no date. */
export class DateCells {
  private readonly known = new Map<string, string | null>()
  private readonly year: number | undefined
  private readonly monthEnds: boolean

  /** `monthEnds`: a month alone counts as its last day. */
  constructor(year?: number, monthEnds = false) {
    this.year = year
    this.monthEnds = monthEnds
  }

  of(raw: string | undefined): string | null {
    if (raw === undefined || raw === '') return ''
    const known = this.known.get(raw)
    if (known !== undefined) return known
    let date = parseDate(cleaned(raw), this.year)
    if (date !== null) date = this.monthEnds && date.length === 7 ? lastDayOf(date) : detached(date)
    if (this.known.size >= CACHE_MAX) this.known.clear()
    this.known.set(detached(raw), date)
    return date
  }
}

/** A decimal cell; '' for a blank, null for what is no number. */
export function decimalOf(raw: string | undefined): string | null {
  if (raw === undefined || raw === '') return ''
  return parseDecimal(raw)
}
