import type { Field, LineIssue, Reading, TableKind } from '../shapes.ts'

/** What the date and quantity cells say: '' blank, null not understood. */
export interface Printed {
  date: string | null
  qty: string | null
  /** Of a pivot's line, whose quantity has no column of its own. */
  printedQty?: string
}

interface LineSeen {
  cells: string[]
  at: Record<Field, number>
  kind: TableKind
  reading: Reading
  printed: Printed
  price: string | null
  amount: string | null
  expires: string | null
}

/** What is doubtful on a line; the reasons are codes, the text what was printed. */
export function issuesOf(line: LineSeen): LineIssue[] {
  const { reading, kind, printed, at, cells } = line
  const issues: LineIssue[] = []
  const say = (code: string, field: Field, text: string) => {
    issues.push({ code: `reading.${code}`, field, text })
  }
  const cell = (field: Field) => cells[at[field]] ?? ''
  if (printed.date === null) say('bad-date', 'occurred_on', cell('occurred_on'))
  else if (kind !== 'stock' && reading.occurred_on === null && reading.month === null)
    say('missing-date', 'occurred_on', '')
  if (printed.qty === null) say('bad-qty', 'qty', printed.printedQty ?? cell('qty'))
  else if (printed.qty === '') say('missing-qty', 'qty', '')
  if (line.price === null) say('bad-price', 'price', cell('price'))
  if (line.amount === null) say('bad-amount', 'amount', cell('amount'))
  if (line.expires === null) say('bad-date', 'expires_on', cell('expires_on'))
  if (kind === 'sales' && reading.customer_raw === '') say('missing-customer', 'customer_raw', '')
  if (kind === 'purchase' && reading.supplier_raw === '') say('missing-supplier', 'supplier_raw', '')
  if (reading.product_raw === '' && reading.product_code === '') say('missing-product', 'product_raw', '')
  if (isLostLot(reading.lot)) say('lot-digits-lost', 'lot', reading.lot)
  if (differs(reading)) say('amount-differs', 'amount', cell('amount'))
  return issues
}

/** 2.02407E+11: a spreadsheet rounded the lot before the file was written. */
export function isLostLot(lot: string): boolean {
  const at = lot.indexOf('E+')
  return at > 0 && lot.length <= 14 && /^\d(\.\d+)?E\+\d+$/.test(lot)
}

/** Printed quantity × price against the printed amount, within what rounding of the price explains. */
function differs(reading: Reading): boolean {
  if (reading.amount_fen === null || reading.qty === null || reading.price === null) return false
  return amountDiffers(Number(reading.qty), Number(reading.price), reading.amount_fen)
}

/** NaN for what is not printed: then nothing differs. */
export function amountDiffers(qty: number, price: number, fen: number): boolean {
  const off = Math.abs(Math.abs(qty) * Math.abs(price) - Math.abs(fen) / 100)
  return off > 0.02 + Math.abs(qty) * 0.006 && off > Math.abs(fen) / 100_000
}
