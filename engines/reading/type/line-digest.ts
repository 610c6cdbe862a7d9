import type { Reading } from '../shapes.ts'

let one = 0
let two = 0

/**
 * 53 bits of a hash of what makes a line the same as another: day, partner, product, spec, lot, quantity, amount and
 * document. Lines printed twice have the same; of a million different ones two share it once in ten thousand files.
 */
export function lineDigest(reading: Reading): number {
  one = 0x811c9dc5
  two = 0x1b873593
  mix(reading.occurred_on ?? reading.month ?? '')
  mix(reading.customer_raw)
  mix(reading.supplier_raw)
  mix(reading.product_raw)
  mix(reading.spec_raw)
  mix(reading.lot)
  mix(reading.serial)
  mix(reading.qty ?? '')
  mix(reading.doc_no)
  const fen = reading.amount_fen ?? -1
  one = Math.imul(one ^ fen, 0x01000193)
  two = Math.imul(two + fen, 0x9e3779b1)
  one ^= one >>> 15
  two ^= two >>> 13
  return (one >>> 0) * 0x200000 + (two >>> 11)
}

function mix(text: string) {
  let first = one
  let second = two
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    first = Math.imul(first ^ code, 0x01000193)
    second = Math.imul(second ^ code, 0x85ebca6b) ^ (second >>> 15)
  }
  one = Math.imul(first ^ 0x1f, 0x01000193)
  two = Math.imul(second + 0x1f, 0x9e3779b1)
}
