import { parseDecimal } from '../../type/decimals.ts'
import type { PageCell } from '../page-shapes.ts'
import { type Line, repair, type Section } from './sections.ts'

type Figure = 'qty' | 'price' | 'amount'
const FIGURES: Figure[] = ['qty', 'price', 'amount']
const PROVEN = 0.99
const REFUTED = 0.3

/** Digits small print confuses. */
const CONFUSED: Record<string, string> = {
  '0': '869',
  '1': '74',
  '2': '7',
  '3': '85',
  '4': '19',
  '5': '63',
  '6': '805',
  '7': '12',
  '8': '3069',
  '9': '084',
}

/** Proves quantity × price = amount line by line, mends what a single digit, sign or lost cell explains, flags the rest. */
export function proveArithmetic(section: Section) {
  for (const line of section.lines) {
    const present = FIGURES.filter((figure) => line.at[figure] !== undefined)
    if (present.length === 3) proveLine(line)
  }
  proveByProduct(section.lines)
  proveTotals(section)
}

function value(cell: PageCell | undefined): number | null {
  const text = cell ? parseDecimal(cell.text) : null
  return text ? Number(text) : null
}

/** Amounts are printed to a hundredth, exactly where pieces are whole and prices have two places; else they are rounded. */
function agrees(qty: number, price: number, amount: number): boolean {
  const exact = Number.isInteger(qty) && Math.abs(price * 100 - Math.round(price * 100)) < 1e-6
  const allowed = exact ? 0.0051 : Math.max(0.011, Math.abs(qty) * 0.00005)
  return Math.abs(qty * price - amount) <= allowed
}

function cellsOf(line: Line): Record<Figure, PageCell> | null {
  const { qty, price, amount } = line.at
  return qty && price && amount ? { qty, price, amount } : null
}

function proveLine(line: Line) {
  const cells = cellsOf(line)
  if (!cells) return
  const values = FIGURES.map((figure) => value(cells[figure]))
  const missing = FIGURES.filter((_, at) => values[at] === null)
  if (missing.length === 1) return fill(cells, missing[0] as Figure)
  const [qty, price, amount] = values as [number | null, number | null, number | null]
  if (qty === null || price === null || amount === null) return
  if (agrees(qty, price, amount) || mend(cells)) {
    for (const figure of FIGURES)
      cells[figure].sure = Math.max(cells[figure].sure, cells[figure].repaired ? 0.93 : PROVEN)
    return
  }
  for (const figure of FIGURES) cells[figure].sure = Math.min(cells[figure].sure, REFUTED)
}

/** The one figure that could not be read follows from the other two. */
function fill(cells: Record<Figure, PageCell>, missing: Figure) {
  const [qty, price, amount] = [value(cells.qty), value(cells.price), value(cells.amount)]
  const reckoned =
    missing === 'qty' && price && amount !== null
      ? amount / price
      : missing === 'price' && qty && amount !== null
        ? amount / qty
        : missing === 'amount' && qty !== null && price !== null
          ? qty * price
          : null
  if (reckoned === null) return
  const rounded = missing === 'qty' ? Math.round(reckoned) : Math.round(reckoned * 100) / 100
  // Only what comes out even: a rounded guess would look proven.
  if (missing === 'qty' && (Math.abs(reckoned - rounded) > 0.002 || rounded === 0)) return
  if (missing === 'price' && !agrees(qty as number, rounded, amount as number)) return
  repair(cells[missing], String(rounded), 'amount', 0.75)
}

interface Attempt {
  cost: number
  figure: Figure
  text: string
}

/** One digit confused, dropped or doubled, or a lost minus, that makes the line come out; null when none or several do. */
function mend(cells: Record<Figure, PageCell>): boolean {
  const found: Attempt[] = []
  for (const figure of FIGURES) {
    for (const { text, cost } of alternatives(cells[figure])) {
      const read = { qty: value(cells.qty), price: value(cells.price), amount: value(cells.amount) }
      const parsed = parseDecimal(text)
      if (!parsed || (figure === 'price' && parsed.startsWith('-'))) continue
      read[figure] = Number(parsed)
      if (read.qty === null || read.price === null || read.amount === null || read.qty === 0) continue
      if (agrees(read.qty, read.price, read.amount)) found.push({ cost, figure, text })
    }
  }
  found.sort((a, b) => a.cost - b.cost)
  const [best, second] = found
  if (!best || (second && second.cost - best.cost < 0.15 && second.figure !== best.figure)) return false
  repair(cells[best.figure], best.text, 'amount', 0.93)
  return true
}

/** Other readings of a figure, cheaper the less sure the recogniser was of what is changed. */
function alternatives(cell: PageCell): { text: string; cost: number }[] {
  const { text } = cell
  const glyphs = cell.glyphs?.map((glyph) => glyph.text).join('') === text ? cell.glyphs : undefined
  const tries: { text: string; cost: number }[] = []
  const bare = text.replace(/^-/, '')
  tries.push({ text: text.startsWith('-') ? bare : `-${text}`, cost: text.startsWith('-') ? 0.8 : 0.35 })
  for (let at = 0; at < text.length; at++) {
    const character = text[at] as string
    const sure = glyphs?.[at]?.sure ?? 0.9
    const others = `${glyphs?.[at]?.others ?? ''}`.replace(/[^\d.-]/g, '')
    for (const other of others)
      tries.push({ text: text.slice(0, at) + other + text.slice(at + 1), cost: sure * 0.6 })
    for (const other of CONFUSED[character] ?? '') {
      tries.push({ text: text.slice(0, at) + other + text.slice(at + 1), cost: sure })
    }
    if (text.length > 1) tries.push({ text: text.slice(0, at) + text.slice(at + 1), cost: sure * 0.9 + 0.1 })
  }
  const digits = text.replaceAll('.', '')
  for (const places of [2, 1, 3]) {
    if (digits.length > places)
      tries.push({ text: `${digits.slice(0, -places)}.${digits.slice(-places)}`, cost: 0.5 })
  }
  return tries
}

/** Without a price column: the amounts of a product come out at one price on several lines. */
function proveByProduct(lines: Line[]) {
  const groups = new Map<string, { line: Line; price: number }[]>()
  for (const line of lines) {
    const [qty, amount] = [value(line.at.qty), value(line.at.amount)]
    if (line.at.price?.text || !qty || amount === null) continue
    if (qty * amount < 0) mendSign(line, qty)
    const price = Math.round(Math.abs(amount / qty) * 10000) / 10000
    const key = productKey(line)
    const group = groups.get(key) ?? []
    group.push({ line, price })
    groups.set(key, group)
  }
  for (const line of lines) fillByProduct(line, groups)
  for (const group of groups.values()) {
    for (const { line, price } of group) {
      const same = group.filter((each) => Math.abs(each.price - price) < 0.006).length
      // A price in whole hundredths is what a wrong digit hardly gives by chance.
      const whole = Math.abs(price * 100 - Math.round(price * 100)) < 0.01
      if (same >= 2) for (const figure of ['qty', 'amount'] as const) raise(line.at[figure], 0.96)
      else if (!whole || group.length > 2)
        for (const figure of ['qty', 'amount'] as const) lower(line.at[figure], 0.5)
    }
  }
}

/** No price is below zero: of two figures with different signs one lost its minus. */
function mendSign({ at }: Line, qty: number) {
  const cell = qty > 0 ? at.qty : at.amount
  if (cell) repair(cell, `-${cell.text}`, 'amount', 0.9)
}

function productKey({ at }: Line): string {
  return `${at.product_raw?.text ?? at.product_and_spec?.text ?? ''}|${at.spec_raw?.text ?? ''}`
}

/** A quantity that was lost follows from its amount and the product's price on other lines. */
function fillByProduct(line: Line, groups: Map<string, { price: number }[]>) {
  const { qty, price, amount } = line.at
  const paid = value(amount)
  if (!qty || price?.text || value(qty) !== null || paid === null) return
  const prices = groups.get(productKey(line)) ?? []
  const usual = prices.find(
    (each) => prices.filter((other) => Math.abs(other.price - each.price) < 0.006).length * 2 > prices.length,
  )
  const reckoned = usual ? paid / usual.price : 0
  if (reckoned === 0 || Math.abs(reckoned - Math.round(reckoned)) > 0.005) return
  repair(qty, String(Math.round(reckoned)), 'amount', 0.75)
}

/** A total that equals the sum of a column proves every figure in it. */
function proveTotals({ lines, totals }: Section) {
  for (const figure of ['qty', 'amount'] as const) {
    const values = lines.map((line) => value(line.at[figure]))
    if (values.length < 2 || values.some((each) => each === null)) continue
    const sum = (values as number[]).reduce((all, each) => all + each, 0)
    for (const total of totals) {
      const printed = value(total.at[figure])
      if (printed === null || Math.abs(printed - sum) > 0.006) continue
      for (const line of lines) raise(line.at[figure], PROVEN)
    }
  }
}

export function raise(cell: PageCell | undefined, to: number) {
  if (cell && !cell.repaired) cell.sure = Math.max(cell.sure, to)
}

export function lower(cell: PageCell | undefined, to: number) {
  if (cell) cell.sure = Math.min(cell.sure, to)
}
