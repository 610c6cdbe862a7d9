import { type NumberStyle, serialToText, timeToText } from './xlsx-styles.ts'

const CACHE_MAX = 20_000

/** Stored numbers of spreadsheets → the text a person would read, by the style of their cell. */
export class NumberTexts {
  private readonly styles: NumberStyle[]
  private readonly from1904: boolean
  private readonly dates = new Map<string, string>()

  constructor(styles: NumberStyle[], from1904: boolean) {
    this.styles = styles
    this.from1904 = from1904
  }

  /** `digits` as stored, `at` the style's place in the list. */
  of(digits: string, at: number): string {
    const style = this.styles[at]
    if (style === undefined || style.as === 'number') return plainNumber(digits)
    if (style.as === 'padded') return padded(plainNumber(digits), style.width, style.prefix)
    if (style.as === 'time') {
      const fraction = Number(digits)
      return fraction >= 0 && fraction < 1 ? timeToText(fraction) : plainNumber(digits)
    }
    const known = this.dates.get(digits)
    if (known !== undefined) return known
    const shown = serialToText(Number(digits), this.from1904) ?? plainNumber(digits)
    if (this.dates.size >= CACHE_MAX) this.dates.clear()
    this.dates.set(detachedKey(digits), shown)
    return shown
  }
}

/**
 * The digits of a stored number as a person means them: 15 significant ones (what a spreadsheet keeps), at most six
 * decimals, no exponent. Nearly all are stored so already.
 */
export function plainNumber(digits: string): string {
  if (digits.length <= 15) {
    let decimals = -1
    let plain = true
    for (let at = 0; at < digits.length && plain; at++) {
      const code = digits.charCodeAt(at)
      if (code >= 48 && code <= 57) {
        if (decimals >= 0) decimals++
      } else if (code === 46 && decimals < 0) decimals = 0
      else if (code !== 45 || at > 0) plain = false
    }
    if (plain && decimals <= 6) return digits
  }
  const value = Number(digits)
  if (!Number.isFinite(value) || digits === '') return digits
  if (Number.isInteger(value)) {
    return /^-?\d+$/.test(digits) && digits.length <= 20 ? digits : BigInt(value).toString()
  }
  const rounded = Number(value.toPrecision(15)).toFixed(6)
  return rounded.replace(/\.?0+$/, '')
}

function padded(digits: string, width: number, prefix: string): string {
  return /^\d+$/.test(digits) ? prefix + digits.padStart(width, '0') : digits
}

function detachedKey(text: string): string {
  return text.length < 13 ? text : ` ${text}`.slice(1)
}
