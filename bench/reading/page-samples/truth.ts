import type { TableKind } from '#engines/reading/public.ts'

/** A line of a file's truth: what it prints, by field; `_opt` may be left out, `_alt` is accepted too. */
export interface TrueLine {
  occurred_on?: string
  customer_raw?: string
  supplier_raw?: string
  product_raw?: string
  spec_raw?: string
  lot?: string
  expiry?: string
  qty?: string
  unit?: string
  price?: string
  amount?: string
  doc_no?: string
  is_return?: boolean
  _opt?: Record<string, string>
  _alt?: Record<string, string[]>
  _optional?: boolean
}

export interface TrueTable {
  type: TableKind
  rows: TrueLine[]
}

/** What is known of a file: its tables, or the error it must give. */
export interface Truth {
  file: string
  kind: string
  expected: string
  accept?: string[]
  tables: TrueTable[]
}
