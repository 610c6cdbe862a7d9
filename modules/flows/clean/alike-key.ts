import type { Reading } from '#engines/reading/public.ts'

const view = new DataView(new ArrayBuffer(8))

/**
 * 64 bits over date, customer, product, spec, lot, document and quantity: equal texts give equal keys, so equal keys are
 * suspected duplicates.
 */
export function alikeKey(reading: Reading): bigint {
  const text = `${reading.occurred_on}|${reading.customer_raw || reading.supplier_raw}|${reading.product_raw}|${reading.spec_raw}|${reading.lot}|${reading.qty}|${reading.doc_no}`
  // Two independent 32-bit FNV-style walks; a clash only makes a person look at two lines.
  let high = 0x811c9dc5
  let low = 0x9747b28c
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index)
    high = Math.imul(high ^ code, 0x01000193)
    low = Math.imul(low ^ code, 0x85ebca6b)
    low ^= low >>> 13
  }
  view.setInt32(0, high)
  view.setInt32(4, low)
  return view.getBigInt64(0)
}
