import { lastDayOf, parseDate } from './dates.ts'
import { parseDecimal } from './decimals.ts'
import { cleaned, detached } from './plain-text.ts'

const CACHE_MAX = 20_000
const TRIED = 4_000
const SLOTS = 4_096
const DAY_SLOTS = 256

/** A place for a text by its length and three of its characters: enough to find most again without hashing all of it. */
function slotOf(text: string, mask: number): number {
  const length = text.length
  const end = text.charCodeAt(length - 1) * 37 + text.charCodeAt((length * 3) >> 2) * 11
  return (end * 5 + text.charCodeAt(length >> 1) * 3 + length) & mask
}

/**
 * A column's texts, cleaned. Flow files repeat names, specs and units by the thousand, so each distinct text is made
 * once; a column whose texts hardly repeat (document numbers) gives up remembering.
 */
export class TextCells {
  private known = new Map<string, string>()
  private tried = 0
  private made = 0
  private remembers = true
  /** Texts that needed no cleaning, where they are found without asking the map. */
  private readonly near: string[] = []

  of(raw: string | undefined): string {
    if (raw === undefined || raw === '') return ''
    if (!this.remembers) return detached(cleaned(raw))
    const slot = slotOf(raw, SLOTS - 1)
    const near = this.near[slot]
    this.tried++
    if (near === raw) return near
    const text = this.known.get(raw) ?? this.make(raw)
    if (text.length === raw.length) {
      if (this.near.length === 0) for (let at = 0; at < SLOTS; at++) this.near.push('')
      this.near[slot] = text
    }
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
  private readonly nearRaw: string[] = new Array(DAY_SLOTS).fill('')
  private readonly nearDate: (string | null)[] = new Array(DAY_SLOTS).fill('')
  private readonly year: number | undefined
  private readonly monthEnds: boolean

  /** `monthEnds`: a month alone counts as its last day. */
  constructor(year?: number, monthEnds = false) {
    this.year = year
    this.monthEnds = monthEnds
  }

  of(raw: string | undefined): string | null {
    if (raw === undefined || raw === '') return ''
    const slot = slotOf(raw, DAY_SLOTS - 1)
    if (this.nearRaw[slot] === raw) return this.nearDate[slot] as string | null
    const known = this.known.get(raw)
    if (known !== undefined) return known
    let date = parseDate(cleaned(raw), this.year)
    if (date !== null) date = this.monthEnds && date.length === 7 ? lastDayOf(date) : detached(date)
    if (this.known.size >= CACHE_MAX) this.known.clear()
    const kept = detached(raw)
    this.known.set(kept, date)
    this.nearRaw[slot] = kept
    this.nearDate[slot] = date
    return date
  }
}

/** A decimal cell; '' for a blank, null for what is no number. */
export function decimalOf(raw: string | undefined): string | null {
  if (raw === undefined || raw === '') return ''
  return parseDecimal(raw)
}
