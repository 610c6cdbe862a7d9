import type { RawRow } from '../open/source.ts'
import type { Field } from '../shapes.ts'
import { parseDate } from '../type/dates.ts'
import { parseDecimal } from '../type/decimals.ts'
import { cleaned, squeezed } from '../type/plain-text.ts'
import { headerText, isCumulative, meaningsOf } from './header-text.ts'

export interface HeaderCell {
  /** As printed; of a header in two rows both parts. */
  printed: string
  /** What the dictionary is asked with. */
  text: string
  unit?: string
  /** The lower part where the header has two rows and the upper one is a name of its own (a pivot's spec). */
  below: string
}

export interface FoundHeader {
  /** Place in the rows given, of the header's first row. */
  at: number
  rows: number
  cells: HeaderCell[]
  score: number
}

const ROWS_LOOKED_AT = 40
const NAMES: Field[] = ['customer_raw', 'supplier_raw', 'product_raw', 'product_and_spec', 'product_code']

/** The row that reads most like a header: dictionary words in many cells, no numbers, a name among them. */
export function findHeader(rows: RawRow[]): FoundHeader | null {
  const scores = rows.slice(0, ROWS_LOOKED_AT).map((row) => scoreOf(row.cells))
  const highest = Math.max(0, ...scores)
  if (highest === 0) return null
  // The first that is nearly as good: below it another table of the same sheet may score higher.
  const best = scores.findIndex((score) => score === highest || score >= Math.max(4, highest * 0.65))
  const bestScore = scores[best] as number
  const above = rows[best - 1]
  const row = rows[best] as RawRow
  if (above && above.row === row.row - 1 && isGroupRow(above.cells, row.cells)) {
    return { at: best - 1, rows: 2, cells: joinedCells(above.cells, row.cells), score: bestScore }
  }
  const below = rows[best + 1]
  if (below && below.row === row.row + 1 && isSecondRow(row.cells, below.cells)) {
    return { at: best, rows: 2, cells: joinedCells(row.cells, below.cells), score: bestScore }
  }
  return { at: best, rows: 1, cells: row.cells.map((cell) => single(cell)), score: bestScore }
}

/** The texts a header is printed with, those of both rows where it has two. */
export function headerWords(header: FoundHeader): Set<string> {
  return new Set(header.cells.flatMap((cell) => [cell.printed, cell.below, ...cell.printed.split(' ')]))
}

/** How much a row reads like a header; 0 when it cannot be one. */
export function scoreOf(cells: string[]): number {
  let score = 0
  const fields = new Set<Field>()
  let filled = 0
  for (const cell of cells) {
    const printed = cleaned(cell)
    if (printed === '') continue
    filled++
    if (isFigure(printed)) {
      score -= 1
      continue
    }
    if (printed.length > 30) {
      score -= 0.5
      continue
    }
    const { meanings, whole } = meaningsOf(headerText(printed).text)
    const first = meanings[0]
    if (!first) continue
    if (first.field === null) score += 0.4
    else if (!fields.has(first.field)) {
      score += whole ? 2 * first.weight : first.weight
      fields.add(first.field)
    }
  }
  if (fields.size < 2 && !(fields.size === 1 && filled >= 4 && fields.has('customer_raw'))) return 0
  return NAMES.some((field) => fields.has(field)) ? Math.max(score, 0) : 0
}

function isFigure(text: string): boolean {
  return Boolean(parseDecimal(text)) || (/^\d/.test(text) && Boolean(parseDate(text)))
}

/** Under a first header row: texts only, and they stand where the first is blank or has a group's name to the left. */
function isSecondRow(upper: string[], lower: string[]): boolean {
  let filled = 0
  let known = 0
  let overNames = 0
  for (let column = 0; column < lower.length; column++) {
    const text = cleaned(lower[column] ?? '')
    if (text === '') continue
    if (parseDecimal(text) || (parseDate(text)?.length ?? 0) > 0) return false
    filled++
    const upperText = cleaned(upper[column] ?? '')
    const upperMeaning = upperText ? meaningsOf(headerText(upperText).text) : null
    if (upperMeaning?.whole && upperMeaning.meanings[0]?.field !== null && !isGroupWord(upperText))
      overNames++
    if (meaningsOf(headerText(text).text).whole) known++
  }
  if (filled === 0 || overNames > 0) return false
  return known * 2 >= filled || filled >= 3
}

/** Above a header row: names of groups whose columns below repeat (数量 金额 数量 金额). */
function isGroupRow(upper: string[], lower: string[]): boolean {
  const texts = lower.map((cell) => headerText(cleaned(cell)).text).filter(Boolean)
  if (new Set(texts).size === texts.length) return false
  const filled = upper.map(cleaned).filter(Boolean)
  if (filled.length < 2 || filled.some((text) => parseDecimal(text) || text.length > 16)) return false
  return filled.some(isGroupWord)
}

function isGroupWord(text: string): boolean {
  const plain = squeezed(text)
  return (
    isCumulative(plain) ||
    /^(本[期月]|当[期月]|期[初末]|销售|购进|采购|入库|出库|库存|结存|上[期月])/.test(plain)
  )
}

function single(cell: string): HeaderCell {
  const printed = cleaned(cell)
  return { printed, ...headerText(printed), below: '' }
}

/** A group's name reaches over the blank cells to its right as long as the lower row is filled there. */
function joinedCells(upper: string[], lower: string[]): HeaderCell[] {
  const cells: HeaderCell[] = []
  let group = ''
  for (let column = 0; column < Math.max(upper.length, lower.length); column++) {
    const top = cleaned(upper[column] ?? '')
    const bottom = cleaned(lower[column] ?? '')
    if (top) group = top
    else if (!bottom) group = ''
    cells.push(joined(bottom ? group : top, bottom))
  }
  return cells
}

function joined(top: string, bottom: string): HeaderCell {
  if (!top || !bottom) return single(top || bottom)
  const both = headerText(top + bottom)
  const lower = headerText(bottom)
  const printed = `${top} ${bottom}`
  const known = meaningsOf(both.text)
  if (known.whole || isCumulative(both.text)) return { printed, ...both, below: bottom }
  if (meaningsOf(lower.text).whole) return { printed, ...lower, below: bottom }
  return { printed, ...both, below: bottom }
}
