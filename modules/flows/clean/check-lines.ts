import { Decimal } from 'decimal.js'
import { unitFactor } from '#engines/matching/public.ts'
import type { Field, LineIssue, Reading, TableKind } from '#engines/reading/public.ts'
import type { MasterProduct } from '#modules/masterdata/public.ts'
import type { Ctx } from '#platform/ctx.ts'
import { holdingIssues, type LineState } from '../shapes.ts'
import { alikeKey } from './alike-key.ts'
import type { MatchIndex } from './match-index.ts'
import type { MatchedLine } from './match-names.ts'
import { type Owners, openOwners } from './owners.ts'
import { productEntries } from './product-entries.ts'

/** Station `check`: a line with its doubts, its base quantity, its owner and its state. */
export interface CheckedLine extends MatchedLine {
  occurred_on: string | null
  base_qty: string | null
  territory_id: string | null
  issues: string[]
  state: LineState
  alike_key: bigint
}

/** Without a quantity, a date or a name there is nothing to post: the line is kept and told, and counts nowhere. */
const REJECTING = new Set([
  'reading.bad-date',
  'reading.bad-qty',
  'reading.missing-customer',
  'reading.missing-product',
  'reading.missing-qty',
  'reading.missing-date',
])
const HOLDING = new Set<string>(holdingIssues)
/** What would be booked wrong if a picture was read wrong; names are judged by what they match. */
const BOOKED = new Set<Field>(['occurred_on', 'month', 'qty', 'unit', 'amount'])

/** Beyond these no trade goes: a bar code or a phone number was taken for a figure. */
const MOST = { qty: 1e9, price: 1e9, amount_fen: 1e11 }

export interface CheckRules {
  month: string
  starts_on: string
  ends_on: string
  kind: TableKind
}

/** Opens the checks for one batch; owners are looked up once an institution. */
export function openChecks(ctx: Ctx, index: MatchIndex, rules: CheckRules) {
  const owners = openOwners(ctx, rules.ends_on)
  const products: Map<string, MasterProduct> = new Map(index.productById)
  return async (lines: readonly MatchedLine[]): Promise<CheckedLine[]> => {
    await owners.load(lines.flatMap((line) => (line.customer?.target_id ? [line.customer.target_id] : [])))
    const targets = lines.flatMap((line) => (line.product?.target_id ? [line.product.target_id] : []))
    const retired = [...new Set(targets)].filter((id) => !products.has(id))
    for (const [id, product] of await productEntries(ctx, retired)) products.set(id, product)
    return lines.map((line) => checkLine(line, { productById: products }, rules, owners))
  }
}

/** Judges one line; pure but for the owners it asks. */
export function checkLine(
  line: MatchedLine,
  index: Pick<MatchIndex, 'productById'>,
  rules: CheckRules,
  owners: Owners,
): CheckedLine {
  const { reading } = line.read
  const issues: string[] = []
  let rejected = false
  const impossible = takeOutImpossible(reading)
  for (const issue of impossible.length > 0 ? [...line.read.issues, ...impossible] : line.read.issues) {
    if (!issues.includes(issue.code)) issues.push(issue.code)
    // An expiry date that cannot be read is told and rejects nothing.
    if (REJECTING.has(issue.code) && issue.field !== 'expires_on') rejected = true
    if (issue.code === 'reading.doubtful-cell' && BOOKED.has(issue.field) && !issues.includes('doubtful'))
      issues.push('doubtful')
  }
  // A table that prints only the month means its last day, and a stock list stands at the end of the month.
  const dateless = reading.month !== null || rules.kind === 'stock'
  const occurred_on = reading.occurred_on ?? (dateless ? rules.ends_on : null)
  if (!rejected && (reading.qty === null || occurred_on === null)) {
    rejected = true
    issues.push(reading.qty === null ? 'reading.missing-qty' : 'reading.missing-date')
  }
  const outside = occurred_on !== null && (occurred_on < rules.starts_on || occurred_on > rules.ends_on)
  if (outside) issues.push('out-of-period')
  const product = line.product?.target_id ? index.productById.get(line.product.target_id) : undefined
  let base_qty: string | null = null
  if (product && reading.qty !== null) {
    const factor = reading.unit === '' ? '1' : unitFactor(product, reading.unit)
    if (factor === null) issues.push('unknown-unit')
    else base_qty = factor === '1' ? reading.qty : new Decimal(reading.qty).times(factor).toFixed()
  }
  if (
    reading.amount_fen !== null &&
    reading.qty !== null &&
    reading.qty.startsWith('-') !== reading.amount_fen < 0
  ) {
    if (reading.amount_fen !== 0) issues.push('sign-conflict')
  }
  return {
    read: line.read,
    customer: line.customer,
    product: line.product,
    occurred_on,
    base_qty,
    territory_id: product ? owners.of(line.customer?.target_id ?? null, product.product_group) : null,
    issues,
    state: stateOf(line, issues, rejected, outside, rules.kind),
    alike_key: alikeKey(reading),
  }
}

const NONE: readonly LineIssue[] = []
const beyond = (figure: string | number | null, most: number): boolean => Math.abs(Number(figure)) >= most

/** Empties figures that cannot be, and says so. */
function takeOutImpossible(reading: Reading): readonly LineIssue[] {
  const { qty, price, amount_fen } = reading
  const badQty = beyond(qty, MOST.qty)
  const badPrice = beyond(price, MOST.price)
  const badAmount = beyond(amount_fen, MOST.amount_fen)
  if (!badQty && !badPrice && !badAmount) return NONE
  const issues: LineIssue[] = []
  if (badQty) {
    issues.push({ code: 'reading.bad-qty', field: 'qty', text: String(qty) })
    reading.qty = null
  }
  if (badPrice) {
    issues.push({ code: 'reading.bad-price', field: 'price', text: String(price) })
    reading.price = null
  }
  if (badAmount) {
    issues.push({ code: 'reading.bad-amount', field: 'amount', text: String(amount_fen) })
    reading.amount_fen = null
  }
  return issues
}

/** The one rule of a line's state; `recompute-lines.ts` says the same in SQL. */
function stateOf(
  line: MatchedLine,
  issues: string[],
  rejected: boolean,
  outside: boolean,
  kind: TableKind,
): LineState {
  if (rejected) return 'rejected'
  if (outside || line.customer?.state === 'ignored' || line.product?.state === 'ignored') return 'excluded'
  if (issues.some((issue) => HOLDING.has(issue))) return 'waiting'
  // Only what is sold has a customer.
  const customer = kind === 'sales' ? line.customer?.target_id : true
  return customer && line.product?.target_id ? 'posted' : 'waiting'
}
