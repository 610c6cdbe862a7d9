import type { RawRow } from '../open/source.ts'
import type { Field } from '../shapes.ts'
import { parseDate } from '../type/dates.ts'
import { parseDecimal } from '../type/decimals.ts'
import { cleaned, squeezed } from '../type/plain-text.ts'
import { labelledHeadings } from '../type/row-words.ts'
import { looksLikeSpec } from './column-content.ts'
import { headerText, isCumulative, meaningsOf } from './header-text.ts'

export interface HeaderCell {
  /** As printed; of a header in two rows both parts. */
  printed: string
  /** What the dictionary is asked with. */
  text: string
  unit?: string
  /** Of a header in two rows: what stands above, reaching over its group, and what stands below. Else ''. */
  top: string
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
  if (highest === 0) return headerOfNames(rows) ?? headerUnderLabels(rows)
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
  if (below && below.row === row.row + 1 && scoreOf(below.cells) >= 3)
    return { at: best, rows: 2, cells: inTwoLanguages(row.cells, below.cells), score: bestScore }
  return { at: best, rows: 1, cells: row.cells.map((cell) => single(cell)), score: bestScore }
}

/** Two header rows that say the same, as in Chinese and English: of each column the one that is known. */
function inTwoLanguages(upper: string[], lower: string[]): HeaderCell[] {
  return Array.from({ length: Math.max(upper.length, lower.length) }, (_, column) => {
    const [one, two] = [single(upper[column] ?? ''), single(lower[column] ?? '')]
    const known = meaningsOf(one.text).whole || one.printed === '' ? one : two
    return known.printed !== '' && meaningsOf(known.text).meanings.length > 0
      ? known
      : one.printed
        ? one
        : two
  })
}

/**
 * A header with one known name and values across: 医院名称 beside products, or over months and measures in a second row.
 * Told from a line of text by the figures below.
 */
function headerOfNames(rows: RawRow[]): FoundHeader | null {
  for (const [at, upper] of rows.slice(0, ROWS_LOOKED_AT).entries()) {
    const name = upper.cells.findIndex((cell) => isPartnerOrProduct(cell))
    if (name < 0 || !holdsTextsOnly(upper.cells) || upper.cells.filter((cell) => cleaned(cell)).length < 2)
      continue
    const next = rows[at + 1]
    const two = next !== undefined && next.row === upper.row + 1 && isBelowName(next.cells, name)
    const body = rows.slice(at + (two ? 2 : 1), at + 12)
    const across = figureColumns(body, name)
    if (across.length < 2 || !across.every((column) => isNamed(upper, two ? next : undefined, column)))
      continue
    const cells = two ? joinedCells(upper.cells, next.cells) : upper.cells.map((cell) => single(cell))
    return { at, rows: two ? 2 : 1, cells, score: 2 }
  }
  return null
}

/** Texts beside a blank cell under the name: measures, months or specs of what stands above them. */
function isBelowName(lower: string[], name: number): boolean {
  if (!holdsTextsOnly(lower) || cleaned(lower[name] ?? '') !== '') return false
  return lower.some((cell) => cleaned(cell) !== '')
}

/** A header that names neither goods nor partners, where labelled rows (客户：…, 品名：…) do. */
function headerUnderLabels(rows: RawRow[]): FoundHeader | null {
  const looked = rows.slice(0, ROWS_LOOKED_AT)
  const labelled = looked.some((row) => labelledHeadings(row.cells.map(cleaned).filter(Boolean).join('  ')))
  if (!labelled) return null
  const at = looked.findIndex(({ cells }) => {
    const fields = new Set(cells.flatMap((cell) => fieldKnown(cell) ?? []))
    const other =
      fields.has('occurred_on') || fields.has('lot') || fields.has('amount') || fields.has('doc_no')
    return fields.size >= 3 && fields.has('qty') && other && holdsTextsOnly(cells)
  })
  const row = looked[at]
  return row ? { at, rows: 1, cells: row.cells.map((cell) => single(cell)), score: 2 } : null
}

function fieldKnown(cell: string): Field | null {
  const { meanings, whole } = meaningsOf(headerText(cleaned(cell)).text)
  return whole ? (meanings[0]?.field ?? null) : null
}

function isPartnerOrProduct(cell: string): boolean {
  const { meanings, whole } = meaningsOf(headerText(cleaned(cell)).text)
  const [first] = meanings
  return whole && first !== undefined && first.weight >= 0.5 && NAMES.includes(first.field as Field)
}

function holdsTextsOnly(cells: string[]): boolean {
  return cells.map(cleaned).every((text) => text.length <= 40 && (!parseDecimal(text) || isMonth(text)))
}

/** Columns behind the name that hold figures and nothing else. */
function figureColumns(body: RawRow[], name: number): number[] {
  const width = Math.max(0, ...body.map((row) => row.cells.length))
  const found: number[] = []
  for (let column = name + 1; column < width; column++) {
    const texts = body.map((row) => cleaned(row.cells[column] ?? '')).filter(Boolean)
    if (texts.length > 0 && texts.every((text) => parseDecimal(text) !== null)) found.push(column)
  }
  return found
}

function isNamed(upper: RawRow, lower: RawRow | undefined, column: number): boolean {
  return cleaned(upper.cells[column] ?? '') !== '' || cleaned(lower?.cells[column] ?? '') !== ''
}

/** The texts a header is printed with, those of both rows where it has two. */
export function headerWords(header: FoundHeader): Set<string> {
  return new Set(header.cells.flatMap((cell) => [cell.printed, cell.below, ...cell.printed.split(' ')]))
}

const CODE = /^[A-Za-z]{0,4}\d{4,}$/

/** How much a row reads like a header; 0 when it cannot be one. */
export function scoreOf(cells: string[]): number {
  let score = 0
  const fields = new Set<Field>()
  let filled = 0
  for (const cell of cells) {
    const printed = cleaned(cell)
    if (printed === '') continue
    filled++
    if (isMonth(printed)) continue
    if (isFigure(printed)) {
      score -= 1
      continue
    }
    if (printed.length > 30) {
      score -= 0.5
      continue
    }
    // Numbers of documents, goods and lots: no word.
    if (CODE.test(printed)) continue
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

/** 202407, 2024.7, 2024-07: a pivot's header, though it is a number too. */
function isMonth(text: string): boolean {
  return text.length >= 6 && text.length <= 7 && /^20\d{2}[-./]?(0?[1-9]|1[0-2])$/.test(text)
}

function isFigure(text: string): boolean {
  return Boolean(parseDecimal(text)) || (/^\d/.test(text) && Boolean(parseDate(text)))
}

/** Under a first header row: texts only, and they stand where the first is blank or has a group's name to the left. */
function isSecondRow(upper: string[], lower: string[]): boolean {
  if (labelledHeadings(lower.map(cleaned).filter(Boolean).join('  '))) return false
  let filled = 0
  let known = 0
  let overNames = 0
  for (let column = 0; column < lower.length; column++) {
    const text = cleaned(lower[column] ?? '')
    if (text === '') continue
    if (parseDecimal(text) && !isMonth(text)) return false
    filled++
    const dated = Boolean(parseDate(text, 2000))
    const upperText = cleaned(upper[column] ?? '')
    const upperMeaning = upperText ? meaningsOf(headerText(upperText).text) : null
    if (upperMeaning?.whole && upperMeaning.meanings[0]?.field !== null && !isGroupWord(upperText))
      overNames++
    const specBelowName = upperText !== '' && !upperMeaning?.whole && looksLikeSpec(text)
    if (dated || specBelowName || meaningsOf(headerText(text).text).whole) known++
  }
  if (filled === 0 || overNames > 0) return false
  return known * 2 >= filled || filled >= 3
}

/** Above a header row: names of groups whose columns below repeat (数量 金额 数量 金额), or a year over its months. */
function isGroupRow(upper: string[], lower: string[]): boolean {
  const filled = upper.map(cleaned).filter(Boolean)
  if (filled.length === 0 || filled.some((text) => parseDecimal(text) || text.length > 40)) return false
  const texts = lower.map((cell) => headerText(cleaned(cell)).text).filter(Boolean)
  const repeats = new Set(texts).size < texts.length
  if (!repeats) return filled.every((text) => /^20\d{2}年?度?$/.test(squeezed(text))) && months(lower) >= 2
  if (filled.length < 2) return false
  return filled.some(isGroupWord) || repeatedMeasures(upper, lower)
}

function months(cells: string[]): number {
  return cells.filter((cell) => /^(1[0-2]|0?[1-9])月份?$/.test(squeezed(cell))).length
}

/** Each group above has the same measures below. */
function repeatedMeasures(upper: string[], lower: string[]): boolean {
  const under = new Map<string, string[]>()
  let group = ''
  lower.forEach((cell, column) => {
    group = cleaned(upper[column] ?? '') || group
    const { meanings, whole } = meaningsOf(headerText(cleaned(cell)).text)
    const field = whole ? meanings[0]?.field : undefined
    if (group && (field === 'qty' || field === 'amount' || field === 'price'))
      under.set(group, [...(under.get(group) ?? []), field])
  })
  const groups = [...under.values()]
  return groups.length >= 2 && groups.every((fields) => new Set(fields).size === fields.length)
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
  return { printed, ...headerText(printed), top: '', below: '' }
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
  const parts = { printed, top, below: bottom }
  if (known.whole || isCumulative(both.text)) return { ...parts, ...both }
  if (meaningsOf(lower.text).whole) return { ...parts, ...lower }
  return { ...parts, ...both }
}
