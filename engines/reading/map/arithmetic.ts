import type { RawRow } from '../open/source.ts'
import type { Field } from '../shapes.ts'
import { parseDecimal } from '../type/decimals.ts'

/** A column offered as a field, and how well it fits. */
export interface Bid {
  column: number
  field: Field
  score: number
  why: string
}

export interface Triple {
  qty: number
  price: number
  amount: number
}

/** The columns among the bids in which quantity × price = amount holds on nearly every row; the surest such three. */
export function bestTriple(bids: Bid[], sample: RawRow[]): Triple | null {
  const of = (field: Bid['field']) => bids.filter((bid) => bid.field === field)
  let best: Triple | null = null
  let bestScore = 0
  for (const qty of of('qty')) {
    for (const price of of('price')) {
      for (const amount of of('amount')) {
        const score = qty.score + price.score + amount.score
        if (score <= bestScore || new Set([qty.column, price.column, amount.column]).size < 3) continue
        const triple = { qty: qty.column, price: price.column, amount: amount.column }
        if (!multiplies(triple, sample)) continue
        best = triple
        bestScore = score
      }
    }
  }
  return best
}

/** Whether quantity × price = amount holds on nearly every row. */
export function multiplies(triple: Triple, sample: RawRow[]): boolean {
  let tried = 0
  let right = 0
  for (const { cells } of sample) {
    const qty = Number(parseDecimal(cells[triple.qty] ?? '') || Number.NaN)
    const price = Number(parseDecimal(cells[triple.price] ?? '') || Number.NaN)
    const amount = Number(parseDecimal(cells[triple.amount] ?? '') || Number.NaN)
    if (!(qty && price && amount)) continue
    tried++
    const off = Math.abs(Math.abs(qty * price) - Math.abs(amount))
    if (off <= Math.max(0.011, Math.abs(qty) * 0.006, Math.abs(amount) * 0.001)) right++
  }
  return tried >= 3 && right >= tried * 0.9
}
