const ZERO = 48
const NINE = 57

/**
 * A printed number → its decimal string ('-12.5'), '' for a blank or a dash, null for what is no number. Exact: text is
 * never turned into a float. Understands full-width digits, thousands separators, ¥ and 元, (12) and 12- as negative, a
 * unit behind the digits, and 1.2E+3.
 */
export function parseDecimal(text: string): string | null {
  const length = text.length
  let at = text.charCodeAt(0) === 45 ? 1 : 0
  let dot = -1
  if (length > at && length < 40) {
    for (; at < length; at++) {
      const code = text.charCodeAt(at)
      if (code === 46 && dot < 0) dot = at
      else if (code < ZERO || code > NINE) return parseUnusual(text)
    }
    if (length === 1 && dot === 0) return parseUnusual(text)
    return trimmed(text, dot)
  }
  return parseUnusual(text)
}

/** Zeros that say nothing taken off both ends; only digits, one sign and one dot come in. */
function trimmed(text: string, dot: number): string {
  const negative = text.charCodeAt(0) === 45
  const start = negative ? 1 : 0
  let from = start
  let to = text.length
  if (dot >= 0) {
    while (to > dot + 1 && text.charCodeAt(to - 1) === ZERO) to--
    if (to === dot + 1) to = dot
  }
  const whole = dot >= 0 ? dot : to
  while (from < whole - 1 && text.charCodeAt(from) === ZERO) from++
  if (from === to) return '0'
  let digits = from === start && to === text.length && !negative ? text : text.slice(from, to)
  if (digits.charCodeAt(0) === 46) digits = `0${digits}`
  if (digits === '0' || digits === '') return '0'
  return negative ? `-${digits}` : digits
}

const BLANKS = new Set(['', '-', '--', '—', '——', '/', '\\', '.', '无', 'N/A', '#N/A', '*'])

function parseUnusual(text: string): string | null {
  let plain = text.normalize('NFKC').replace(/[\s'"=￥¥$]/g, '')
  if (BLANKS.has(plain)) return ''
  plain = plain.replace(/[−–﹣]/g, '-').replace(/(RMB|CNY|人民币)/i, '')
  let negative = false
  const bracketed = /^\((.*)\)$/.exec(plain)
  if (bracketed) {
    negative = true
    plain = bracketed[1] as string
  } else if (/^\d[\d,.]*-$/.test(plain)) {
    negative = true
    plain = plain.slice(0, -1)
  }
  const match =
    /^([+-]?)(\d[\d,]*(?:\.\d*)?|\.\d+)(?:[eE]([+-]?\d{1,3}))?(?:(?![年月日号天期次])[\p{Script=Han}]){0,2}$/u.exec(
      plain,
    )
  if (!match) return null
  const [, sign, digits = '', exponent] = match
  if (
    digits.includes(',') &&
    !/^\d{1,3}(,\d{3})+(\.\d*)?$/.test(digits) &&
    !/^\d{1,4}(,\d{4})+(\.\d*)?$/.test(digits)
  ) {
    return null
  }
  if (sign === '-') negative = !negative
  let number = digits.replaceAll(',', '')
  if (exponent) number = shifted(number, Number(exponent))
  return trimmed(
    negative ? `-${number}` : number,
    number.indexOf('.') < 0 ? -1 : number.indexOf('.') + (negative ? 1 : 0),
  )
}

function shifted(digits: string, places: number): string {
  const [whole = '', fraction = ''] = digits.split('.')
  if (places >= 0) {
    const filled = fraction.padEnd(places, '0')
    return `${whole}${filled.slice(0, places)}.${filled.slice(places)}`
  }
  const filled = whole.padStart(1 - places, '0')
  return `${filled.slice(0, places)}.${filled.slice(places)}${fraction}`
}

/** Same number with the other sign. */
export function negated(decimal: string): string {
  if (decimal === '0') return decimal
  return decimal.charCodeAt(0) === 45 ? decimal.slice(1) : `-${decimal}`
}

/** Yuan as a decimal string → fen, half rounded away from zero; null beyond what an integer holds exactly. */
export function toFen(decimal: string): number | null {
  const negative = decimal.charCodeAt(0) === 45
  let fen = 0
  let decimals = -1
  for (let at = negative ? 1 : 0; at < decimal.length; at++) {
    const code = decimal.charCodeAt(at)
    if (code === 46) decimals = 0
    else if (decimals < 2) {
      fen = fen * 10 + (code - ZERO)
      if (decimals >= 0) decimals++
    } else {
      if (code >= 53) fen++
      break
    }
  }
  for (let missing = Math.max(decimals, 0); missing < 2; missing++) fen *= 10
  if (fen > Number.MAX_SAFE_INTEGER) return null
  return negative && fen > 0 ? -fen : fen
}

/** Fen → yuan as a decimal string. */
export function fromFen(fen: number): string {
  const digits = String(Math.abs(fen)).padStart(3, '0')
  const text = `${digits.slice(0, -2)}.${digits.slice(-2)}`.replace(/\.?0+$/, '')
  return fen < 0 ? `-${text}` : text
}
