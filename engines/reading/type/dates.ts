import { serialToText } from '../open/xlsx-styles.ts'

/**
 * A printed date → 'YYYY-MM-DD', a printed month → 'YYYY-MM', '' for a blank, null for what is neither. `year` completes
 * dates printed without one (7月31日).
 */
export function parseDate(text: string, year?: number): string | null {
  if (isIsoDay(text) && text.charCodeAt(0) !== 48)
    return validDay(text.slice(0, 4), text.slice(5, 7), text.slice(8, 10))
  return parseUnusual(text, year)
}

function isIsoDay(text: string): boolean {
  if (text.length < 10 || text.charCodeAt(4) !== 45 || text.charCodeAt(7) !== 45) return false
  if (text.length > 10 && text.charCodeAt(10) !== 32 && text.charCodeAt(10) !== 84) return false
  for (const at of [0, 1, 2, 3, 5, 6, 8, 9]) {
    const code = text.charCodeAt(at)
    if (code < 48 || code > 57) return false
  }
  return true
}

const BLANKS = new Set(['', '-', '--', '—', '/', '无', '0', '0000-00-00', '#N/A', 'NULL', 'null'])
const ENGLISH = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const TIME = '(?:[T ]*\\d{1,2}[:时点].*)?'
const YEAR_FIRST = new RegExp(`^(\\d{4})[-/.年](\\d{1,2})[-/.月](\\d{1,2})[日号]?${TIME}$`)
const SHORT_YEAR = new RegExp(`^(\\d{2})[-/.年](\\d{1,2})[-/.月](\\d{1,2})[日号]?${TIME}$`)
const YEAR_LAST = new RegExp(`^(\\d{1,2})[-/.](\\d{1,2})[-/.](\\d{4}|\\d{2})${TIME}$`)
const YEAR_MONTH = /^(\d{4})[-/.年](\d{1,2})月?份?$/
const DIGITS = /^(\d{4})(\d{2})(\d{2})?(\d{2}:?\d{2}:?\d{2}|\d{4})?$/
const NO_YEAR = /^(\d{1,2})(?:月|[-/.])(\d{1,2})[日号]?$/
const MONTH_ONLY = /^(\d{1,2})月份?$/
const NAMED = /^(\d{1,2})[- ]?([A-Za-z]{3,9}|\d{1,2}月)[- ,]*(\d{4}|\d{2})(?:[ T].*)?$/
const NAMED_FIRST = /^([A-Za-z]{3,9})[- .]?(\d{1,2})[, ]+(\d{4})(?:[ T].*)?$/

function parseUnusual(text: string, year?: number): string | null {
  const plain = text
    .normalize('NFKC')
    .trim()
    .replace(/\s*([-/.年月日])\s*/g, '$1')
  if (BLANKS.has(plain)) return ''
  if (/^[二〇零○一]/.test(plain)) return parseDate(fromChinese(plain), year)
  // Every other writing begins with a digit or an English month.
  if (!/^[\da-z]/i.test(plain)) return null
  let match = YEAR_FIRST.exec(plain)
  if (match) return validDay(match[1], match[2], match[3])
  match = DIGITS.exec(plain)
  if (match && plausible(Number(match[1]))) {
    return match[3] ? validDay(match[1], match[2], match[3]) : validMonth(match[1], match[2])
  }
  if (/^\d{5}(\.\d+)?$/.test(plain)) return serialDay(plain)
  match = YEAR_MONTH.exec(plain)
  if (match) return validMonth(match[1], match[2])
  return shortYear(plain) ?? named(plain) ?? withoutYear(plain, year)
}

const CHINESE = '〇一二三四五六七八九'

/** 二〇二四年七月三十一日 → 2024年7月31日 */
function fromChinese(text: string): string {
  return text
    .replace(/[零○]/g, '〇')
    .replace(/([一二三四五六七八九]?)十([一二三四五六七八九]?)/g, (_, tens: string, ones: string) =>
      String((CHINESE.indexOf(tens || '一') || 1) * 10 + (ones ? CHINESE.indexOf(ones) : 0)),
    )
    .replace(/[〇一二三四五六七八九]/g, (digit) => String(CHINESE.indexOf(digit)))
}

/** 24/7/31 is read year first, as Chinese systems print it; 7/31/24 and 31/12/2024 only where nothing else fits. */
function shortYear(plain: string): string | null {
  let match = SHORT_YEAR.exec(plain)
  if (match && Number(match[1]) >= 13 && Number(match[1]) <= 60) {
    const day = validDay(`20${match[1]}`, match[2], match[3])
    if (day) return day
  }
  match = YEAR_LAST.exec(plain)
  if (!match) return null
  const last = (match[3] as string).length === 2 ? `20${match[3]}` : match[3]
  return validDay(last, match[1], match[2]) ?? validDay(last, match[2], match[1])
}

function named(plain: string): string | null {
  const match = NAMED.exec(plain)
  if (match) {
    const name = match[2] as string
    const month = name.endsWith('月') ? name.slice(0, -1) : String(monthNamed(name))
    const year = (match[3] as string).length === 2 ? `20${match[3]}` : match[3]
    return validDay(year, month, match[1])
  }
  const first = NAMED_FIRST.exec(plain)
  return first ? validDay(first[3], String(monthNamed(first[1] as string)), first[2]) : null
}

function monthNamed(name: string): number {
  return ENGLISH.indexOf(name.slice(0, 3).toLowerCase()) + 1
}

function withoutYear(plain: string, year?: number): string | null {
  if (year === undefined) return null
  const match = NO_YEAR.exec(plain)
  if (match) return validDay(String(year), match[1], match[2])
  const month = MONTH_ONLY.exec(plain)
  return month ? validMonth(String(year), month[1]) : null
}

/** A day count since 1900, as a cell shows it whose date format was lost; only days a flow file can mean. */
function serialDay(plain: string): string | null {
  const serial = Number(plain)
  return serial >= 30_000 && serial <= 65_000 ? (serialToText(serial, false)?.slice(0, 10) ?? null) : null
}

function plausible(year: number): boolean {
  return year >= 1980 && year <= 2099
}

const DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

function validDay(year = '', month = '', day = ''): string | null {
  const y = Number(year)
  const m = Number(month)
  const d = Number(day)
  if (!(plausible(y) && m >= 1 && m <= 12 && d >= 1 && d <= (DAYS[m - 1] as number))) return null
  if (m === 2 && d === 29 && (y % 4 !== 0 || (y % 100 === 0 && y % 400 !== 0))) return null
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
}

function validMonth(year = '', month = ''): string | null {
  const m = Number(month)
  return plausible(Number(year)) && m >= 1 && m <= 12 ? `${year}-${month.padStart(2, '0')}` : null
}

/** The last day of a month 'YYYY-MM': goods that expire in a month are good to its end. */
export function lastDayOf(month: string): string {
  const end = new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5, 7)), 0))
  return end.toISOString().slice(0, 10)
}
