import { attributesOf, tagsOf } from './xlsx-xml.ts'

/** How a number in a cell of a style is meant: as a number, a moment, or digits padded to a width. */
export type NumberStyle =
  | { as: 'number' }
  | { as: 'date' }
  | { as: 'time' }
  | { as: 'padded'; width: number; prefix: string }

const NUMBER: NumberStyle = { as: 'number' }
const BUILT_IN_DATES = new Set([
  14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 34, 35, 36, 50, 51, 52, 53, 54, 57, 58,
])
const BUILT_IN_TIMES = new Set([18, 19, 20, 21, 32, 33, 45, 46, 47, 55, 56])

/** The number style of each cell format (`s` of a cell is its place in the list). */
export function numberStyles(stylesXml: string): NumberStyle[] {
  const codes = new Map<number, string>()
  for (const format of tagsOf(stylesXml, 'numFmt'))
    codes.set(Number(format.numFmtId), format.formatCode ?? '')
  const block = /<(?:[\w.-]+:)?cellXfs[\s>][\s\S]*?<\/(?:[\w.-]+:)?cellXfs>/.exec(stylesXml)?.[0] ?? ''
  const styles: NumberStyle[] = []
  for (const match of block.matchAll(/<(?:[\w.-]+:)?xf(\s[^>]*)?>/g)) {
    const id = Number(attributesOf(match[1] ?? '').numFmtId ?? 0)
    const code = codes.get(id)
    styles.push(code === undefined ? builtInStyle(id) : styleOfFormat(code))
  }
  return styles
}

/** The style of a number format that every spreadsheet has by its number. */
export function builtInStyle(id: number): NumberStyle {
  if (BUILT_IN_DATES.has(id)) return { as: 'date' }
  if (BUILT_IN_TIMES.has(id)) return { as: 'time' }
  return NUMBER
}

/** A format code → how its number is meant. Literals, colours and locale marks are not part of the pattern. */
export function styleOfFormat(code: string): NumberStyle {
  const first = code.split(';')[0] as string
  const padded = /^(?:"([^"]*)")?(0{2,})(?:"[^"]*")?$/.exec(first)
  if (padded) return { as: 'padded', width: (padded[2] as string).length, prefix: padded[1] ?? '' }
  const pattern = first
    .replace(/"[^"]*"/g, '')
    .replace(/\\./g, '')
    .replace(/\[(h+|m+|s+)\]/gi, '$1')
    .replace(/\[[^\]]*\]/g, '')
    .replace(/[_*]./g, '')
    .toLowerCase()
  if (pattern.includes('general') || /[#0?@]/.test(pattern.replace(/s\.0+/g, ''))) return NUMBER
  if (/[yd年月日]/.test(pattern) || /e/.test(pattern)) return { as: 'date' }
  if (/m/.test(pattern) && !/[hs]/.test(pattern)) return { as: 'date' }
  if (/[hms]/.test(pattern)) return { as: 'time' }
  return NUMBER
}

const DAY_MS = 86_400_000

/** A date serial → 'YYYY-MM-DD', with ' hh:mm:ss' where it has a time of day. Excel's 1900 had a 29 February. */
export function serialToText(serial: number, from1904: boolean): string | null {
  if (!(serial >= 1 && serial < 2_958_466)) return null
  const days = from1904 ? serial + 1462 : serial < 60 ? serial + 1 : serial
  const milliseconds = Math.round((days - 25_569) * 86_400) * 1000
  const iso = new Date(milliseconds).toISOString()
  return milliseconds % DAY_MS === 0 ? iso.slice(0, 10) : `${iso.slice(0, 10)} ${iso.slice(11, 19)}`
}

/** A fraction of a day → 'hh:mm:ss'. */
export function timeToText(fraction: number): string {
  return new Date(Math.round((fraction % 1) * 86_400) * 1000).toISOString().slice(11, 19)
}
