import type { RawRow } from '../open/source.ts'
import type { ColumnGuess, Field, TableKind } from '../shapes.ts'
import { type Bid, bestTriple } from './arithmetic.ts'
import type { ColumnContent } from './column-content.ts'
import type { HeaderCell } from './find-header.ts'
import { meaningsOf } from './header-text.ts'
import { measureGroups } from './pivot.ts'

const DATES = new Set<Field>(['occurred_on', 'expires_on', 'mfg_on'])
const NUMBERS = new Set<Field>(['qty', 'price', 'amount', 'pack_factor'])
const NAMES = new Set<Field>([
  'customer_raw',
  'supplier_raw',
  'distributor_raw',
  'product_raw',
  'product_and_spec',
  'manufacturer',
  'customer_address',
])

/**
 * Each column's field: what its header can mean in a table of this kind, weighed by whether its content agrees, with
 * quantity × price = amount deciding between rivals. Content alone speaks only for headers the dictionary does not know.
 */
export function guessColumns(
  header: HeaderCell[],
  kind: TableKind,
  contents: ColumnContent[],
  sample: RawRow[],
): ColumnGuess[] {
  const bids: Bid[] = []
  const open: number[] = []
  const grouped = new Set(measureGroups(header).map((each) => each.column))
  header.forEach((cell, column) => {
    if (grouped.has(column)) return
    const { meanings, whole } = meaningsOf(cell.text)
    const content = contents[column] as ColumnContent
    if (meanings.length === 0 && content.filled > 0) open.push(column)
    for (const meaning of meanings) {
      if (!meaning.field || (meaning.kinds && !meaning.kinds.includes(kind))) continue
      const contrary = meaning.votes && meaning.votes !== kind ? 0.6 : 1
      const score = meaning.weight * agreement(meaning.field, content) * contrary
      if (score > 0.15)
        bids.push({ column, field: meaning.field, score, why: whole ? 'header' : 'header-part' })
    }
  })
  const triple = bestTriple(bids, sample)
  for (const bid of bids) {
    if (triple && triple[bid.field as 'qty' | 'price' | 'amount'] === bid.column) {
      bid.score += 0.3
      bid.why = bid.why === 'header' ? 'header' : 'arithmetic'
    }
  }
  const chosen = settle(bids)
  fromContent(chosen, open, contents, kind)
  joinedProduct(chosen, contents)
  return header.map((cell, column) => {
    const bid = chosen.get(column)
    const guess: ColumnGuess = {
      column,
      header: cell.printed,
      field: bid?.field ?? null,
      confidence: bid ? Math.round(Math.min(0.99, bid.score) * 100) / 100 : 0,
      why: bid?.why ?? 'none',
    }
    if (cell.unit) guess.unit_hint = cell.unit
    return guess
  })
}

/** Highest bid first; a column has one field, a field one column. */
function settle(bids: Bid[]): Map<number, Bid> {
  const chosen = new Map<number, Bid>()
  const taken = new Set<Field>()
  const order = bids.toSorted((one, other) => other.score - one.score || one.column - other.column)
  for (const bid of order) {
    if (chosen.has(bid.column) || taken.has(bid.field)) continue
    chosen.set(bid.column, bid)
    taken.add(bid.field)
  }
  return chosen
}

/** 0..1.1: whether what stands in the column can be the field. A blank column neither agrees nor objects. */
function agreement(field: Field, content: ColumnContent): number {
  if (content.filled === 0) return field === 'occurred_on' || NUMBERS.has(field) ? 0.5 : 0.7
  if (DATES.has(field)) return content.dates + content.months >= 0.4 ? 1 : 0.2
  if (field === 'month') return content.months + content.dates >= 0.4 ? 1 : 0.3
  if (NUMBERS.has(field)) return content.numbers >= 0.5 ? 1 : 0.15
  if (NAMES.has(field)) {
    if (content.numbers > 0.7 || content.dates > 0.7) return 0.2
    if (field === 'customer_raw') {
      if (content.units > 0.7) return 0.1
      return 1 + content.institutions * 0.1
    }
    return field === 'product_raw' && content.units > 0.7 ? 0.1 : 1
  }
  if (field === 'unit')
    return content.units > 0.3 ? 1 : content.institutions + content.companies > 0.3 ? 0.05 : 0.6
  if (field === 'spec_raw') return content.dates > 0.8 ? 0.3 : 1
  return 1
}

/** A column under an unknown header is taken for a field that is still missing when nearly all of it looks so. */
function fromContent(chosen: Map<number, Bid>, open: number[], contents: ColumnContent[], kind: TableKind) {
  const taken = new Set([...chosen.values()].map((bid) => bid.field))
  const partner: Field = kind === 'purchase' ? 'supplier_raw' : 'customer_raw'
  for (const column of open) {
    const content = contents[column] as ColumnContent
    const say = (field: Field, share: number) => {
      if (chosen.has(column) || taken.has(field) || share < 0.8 || content.filled < 3) return
      chosen.set(column, { column, field, score: 0.5 + share / 10, why: 'content' })
      taken.add(field)
    }
    say('approval_no', content.approvals)
    say('unit', content.units)
    if (kind !== 'stock') {
      say('occurred_on', content.dates)
      say(partner, Math.max(content.partners, content.known_customers))
    }
    if (content.dates < 0.5 && content.numbers < 0.5) say('spec_raw', content.specs)
    say('product_raw', content.known_products)
  }
  if (kind === 'stock' || taken.has(partner)) return
  // Names with a typo or a bracket hide some of a partner's column; the fullest of what is left is taken, less surely.
  const likely = open
    .filter((column) => !chosen.has(column) && (contents[column] as ColumnContent).partners >= 0.5)
    .sort(
      (one, other) => (contents[other] as ColumnContent).partners - (contents[one] as ColumnContent).partners,
    )[0]
  if (likely !== undefined)
    chosen.set(likely, { column: likely, field: partner, score: 0.45, why: 'content' })
}

/** Name and spec in one cell under a product header, and no column for the spec. */
function joinedProduct(chosen: Map<number, Bid>, contents: ColumnContent[]) {
  const bids = [...chosen.values()]
  if (bids.some((bid) => bid.field === 'spec_raw' || bid.field === 'product_and_spec')) return
  const product = bids.find((bid) => bid.field === 'product_raw')
  if (product && (contents[product.column] as ColumnContent).joined >= 0.6) {
    product.field = 'product_and_spec'
    product.why = 'content'
  }
}
