import { headerText, meaningsOf } from '../../map/header-text.ts'
import type { Field } from '../../shapes.ts'
import { parseDate } from '../../type/dates.ts'
import { cleaned } from '../../type/plain-text.ts'
import type { PageCell } from '../page-shapes.ts'

/** What a column is by the words it is headed with; null where the dictionary knows none. */
export function fieldOf(header: string): Field | null {
  const { meanings } = meaningsOf(headerText(cleaned(header)).text)
  // 单位 heads customers in a few lists and units in nearly all.
  return meanings.some((each) => each.field === 'unit') ? 'unit' : (meanings[0]?.field ?? null)
}

const FIGURES = new Set<Field>(['qty', 'price', 'amount', 'pack_factor'])
const DATES = new Set<Field>(['occurred_on', 'expires_on', 'mfg_on'])

/**
 * Two neighbouring cells read as one, the other left blank, are parted by what their columns hold: 80盒 is a quantity and
 * its unit, 12024/7/1 the first row's number and a date.
 */
export function partCells(cells: PageCell[], fields: (Field | null)[]) {
  for (let at = 0; at + 1 < cells.length; at++) {
    const [left, right] = [cells[at] as PageCell, cells[at + 1] as PageCell]
    const [own, next] = [fields[at] ?? null, fields[at + 1] ?? null]
    if (isBlank(left) === isBlank(right)) continue
    const joined = isBlank(right) ? left : right
    const cut = cutOf(joined.text, own, next)
    if (!cut || !joined.glyphs || !joined.box) continue
    const [one, other] = [joined.glyphs.slice(0, cut), joined.glyphs.slice(cut)]
    const middle = Math.round(
      joined.box[0] + ((joined.box[2] - joined.box[0]) * cut) / Math.max(joined.glyphs.length, 1),
    )
    const [x0, y0, x1, y1] = joined.box
    Object.assign(left, cellPart(one, [x0, y0, middle, y1]))
    Object.assign(right, cellPart(other, [middle, y0, x1, y1]))
  }
}

function isBlank(cell: PageCell): boolean {
  return cell.text === ''
}

function cellPart(glyphs: NonNullable<PageCell['glyphs']>, box: [number, number, number, number]): PageCell {
  const kept = glyphs.filter((glyph, at) => glyph.text !== ' ' || (at > 0 && at < glyphs.length - 1))
  return {
    text: kept.map((glyph) => glyph.text).join(''),
    box,
    sure: kept.reduce((low, glyph) => Math.min(low, glyph.sure), 1),
    glyphs: kept,
  }
}

const NAMES = new Set<Field>(['customer_raw', 'supplier_raw', 'product_raw', 'manufacturer'])
const DAY = '20\\d\\d(?:[-./]\\d{1,2}[-./]\\d{1,2}|年\\d{1,2}月\\d{1,2}日)'
const NAME_DAY = new RegExp(`^.*\\p{Script=Han}.*?\\s?(?=${DAY}$)`, 'u')
const DAY_NAME = new RegExp(`^${DAY}\\s?(?=\\p{Script=Han})`, 'u')
/** A name, a blank, and a spec: it begins with a figure and has its dose or count. */
const NAME_SPEC =
  /^.*\p{Script=Han}\S*\s(?=\d[\d.]*(?:mg|g|ml|μg|ug|IU|cm|mm|片|粒|丸|人份|单位|万|%|:|×)\S*$)/u

/** A figure and the tax rate beside it: 38.70 13%, 60 13%, 213% (2 and 13%). */
const RATED = [
  /^-?[\d,]+\.\d{2}\s?(?=\d{1,2}%$)/,
  /^-?[\d,.]+\s(?=\d{1,2}%$)/,
  /^-?[\d,]*?\d(?=(?:13|9|6|3)%$)/,
]

function cutOf(text: string, own: Field | null, next: Field | null): number {
  if (own && NAMES.has(own) && next && DATES.has(next)) return NAME_DAY.exec(text)?.[0].length ?? 0
  if (own && DATES.has(own) && next && NAMES.has(next)) return DAY_NAME.exec(text)?.[0].length ?? 0
  if (own === 'product_raw' && next === 'spec_raw') return NAME_SPEC.exec(text)?.[0].length ?? 0
  if (own && FIGURES.has(own) && next === null)
    return (RATED.find((shape) => shape.test(text))?.exec(text) ?? [''])[0].length
  if (own && FIGURES.has(own) && next && NAMES.has(next))
    return /^-?[\d,]+\.\d{2}\s?(?=\p{Script=Han})/u.exec(text)?.[0].length ?? 0
  if (own && NAMES.has(own) && next && FIGURES.has(next))
    return /^.*\p{Script=Han}[^\d\s]*\s(?=-?[\d,]+\.\d{2}$)/u.exec(text)?.[0].length ?? 0
  if (own === 'lot' && next && FIGURES.has(next))
    return /^(?:\d{5,}-\d|20[12]\d[01]\d[0-3]\d)\s?(?=\d{1,4}(?:\.\d+)?$)/.exec(text)?.[0].length ?? 0
  if (own && FIGURES.has(own) && next === 'unit')
    return /^-?[\d,.]+\s?(?=\p{Script=Han}{1,2}$)/u.exec(text)?.[0].length ?? 0
  if (own && DATES.has(own) && next && FIGURES.has(next))
    return /^20\d\d([-./])\d\d\1\d\d\s?(?=-?[\d,.]+$)/.exec(text)?.[0].length ?? 0
  if (own === 'lot' && next && DATES.has(next))
    return /^[-0-9A-Za-z]{4,}\s?(?=20\d\d([-./])\d\d\1\d\d$)/.exec(text)?.[0].length ?? 0
  if (own === 'lot' && next === 'unit')
    return /^[-0-9A-Za-z]{4,}\s?(?=[盒瓶支袋包套个件片台]$)/.exec(text)?.[0].length ?? 0
  if (own === 'unit' && next && FIGURES.has(next))
    return /^\p{Script=Han}{1,2}(?=\s?-?[\d,.]+$)/u.exec(text)?.[0].length ?? 0
  if (next === 'occurred_on' && own === null) {
    for (const cut of [1, 2, 3]) {
      const rest = text.slice(cut).trim()
      if (
        /^\d+\s?$/.test(text.slice(0, cut)) &&
        /^20\d\d/.test(rest) &&
        parseDate(rest)?.length === 10 &&
        !parseDate(text)
      )
        return cut
    }
  }
  return 0
}
