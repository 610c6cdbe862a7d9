import type { TrueLine } from './page-samples/truth.ts'

/** The cells of a line that are compared; see `isRight` for how. */
export const fields = [
  'occurred_on',
  'customer_raw',
  'supplier_raw',
  'product_raw',
  'spec_raw',
  'lot',
  'expiry',
  'qty',
  'unit',
  'price',
  'amount',
  'doc_no',
  'is_return',
] as const
export type Field = (typeof fields)[number]

export interface FoundLine {
  type: string
  row: TrueLine
  /** Cells that the reader told to look at. */
  doubtful: Set<Field>
}

interface WantedLine {
  type: string
  row: TrueLine
}

const NUMBERS: Partial<Record<Field, number>> = { qty: 1e-7, price: 0.00005, amount: 0.005 }

/** A cell's value as it is compared: texts without blanks and width, numbers as such, dates without a time; null = none. */
export function comparable(field: Field, value: string | boolean | undefined): string | null {
  if (value === undefined || value === '') return null
  if (field === 'is_return') return String(Boolean(value))
  const text = String(value)
  if (field in NUMBERS) return String(Number(text.replaceAll(',', '')))
  if (field === 'occurred_on' || field === 'expiry') return text.trim().slice(0, 10)
  return text.normalize('NFKC').replace(/\s+/g, '').replaceAll('×', 'x').replaceAll('X', 'x')
}

/** Whether a line found has what the truth, or one of its accepted spellings, has in a cell. */
export function isRight(field: Field, row: TrueLine, found: FoundLine): boolean {
  const own = comparable(field, found.row[field])
  return [row[field], ...(row._alt?.[field] ?? [])].some((value) =>
    isSame(field, comparable(field, value), own),
  )
}

function isSame(field: Field, wanted: string | null, own: string | null): boolean {
  if (wanted === null || own === null) return wanted === own
  const within = NUMBERS[field]
  if (within !== undefined) return Math.abs(Number(wanted) - Number(own)) <= within
  return wanted === own || (wanted.length === 7 && own.startsWith(wanted))
}

/** Each true line with the line found that is most like it (null = lost), and how many were found beyond. */
export function pairLines(lines: WantedLine[], found: FoundLine[]) {
  const left = new Set(found.keys())
  const partner = new Array<number>(lines.length).fill(-1)
  const exact = new Map<string, number[]>()
  const keyOf = (row: TrueLine, of: TrueLine) =>
    fields
      .filter((field) => field !== 'is_return' && comparable(field, of[field]) !== null)
      .map((field) => comparable(field, row[field]))
      .join('|')
  const first = lines[0]
  if (first) {
    found.forEach(({ row }, at) => {
      const key = keyOf(row, first.row)
      exact.set(key, [...(exact.get(key) ?? []), at])
    })
    lines.forEach(({ row }, at) => {
      const own = exact.get(keyOf(row, first.row))?.shift()
      if (own === undefined || !left.delete(own)) return
      partner[at] = own
    })
  }
  const open = lines.flatMap((_, at) => (partner[at] === -1 ? [at] : []))
  for (const { at, own } of likeness(lines, found, open, [...left])) {
    if (partner[at] !== -1 || !left.delete(own)) continue
    partner[at] = own
  }
  const pairs = lines.map((line, at) => ({ line, found: found[partner[at] as number] ?? null }))
  return { pairs, extra: [...left].filter((at) => Number(found[at]?.row.qty ?? 0) !== 0).length }
}

/** Pairs that share at least 45 of 100 of their cells, likest first. */
function likeness(lines: WantedLine[], found: FoundLine[], open: number[], left: number[]) {
  const pairs: { at: number; own: number; like: number }[] = []
  for (const at of open) {
    const line = lines[at] as WantedLine
    const known = fields.filter((field) => comparable(field, line.row[field]) !== null)
    for (const own of left) {
      const other = found[own] as FoundLine
      const same = known.filter((field) => isRight(field, line.row, other)).length
      const like = same / Math.max(1, known.length) - Math.abs(at - own) * 1e-6
      if (like >= 0.45) pairs.push({ at, own, like })
    }
  }
  return pairs.sort((a, b) => b.like - a.like)
}
