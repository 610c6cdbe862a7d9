import { useState } from 'react'
import type { BatchPage, BatchRow } from '../../shapes.ts'

type Kind = BatchRow['kind']
export type Mapping = Record<string, string | null>

/** What a kind of table needs; the server checks again, and knows what the file's titles already tell. */
const needed: Record<Kind, readonly string[]> = {
  sales: ['occurred_on', 'customer_raw', 'product_raw', 'qty'],
  purchase: ['occurred_on', 'supplier_raw', 'product_raw', 'qty'],
  stock: ['product_raw', 'qty'],
}
/** One of these in place of the field is enough. */
const standIns: Record<string, string> = { product_raw: 'product_and_spec', occurred_on: 'month' }

/** Needed fields of the kind without a column. `given` are those the file tells outside its columns. */
export function missingOf(kind: Kind, mapping: Mapping, given: ReadonlySet<string>): string[] {
  const used = new Set(Object.values(mapping))
  return needed[kind].filter(
    (field) => !used.has(field) && !given.has(field) && !used.has(standIns[field] ?? field),
  )
}

/** Fields that two columns claim. */
export function twiceIn(mapping: Mapping): string[] {
  const used = Object.values(mapping).filter((field) => field !== null)
  return [...new Set(used.filter((field, place) => used.indexOf(field) !== place))]
}

/** The columns of a batch while a person changes them. */
export function useMapping(batch: BatchPage) {
  const [kind, setKind] = useState<Kind>(batch.kind)
  const [changed, setChanged] = useState<Mapping>({})
  const mapping: Mapping = { ...batch.mapping, ...changed }
  const given = new Set(
    missingOf(batch.kind, batch.mapping, new Set()).filter((field) => !batch.missing_fields.includes(field)),
  )
  return {
    kind,
    setKind,
    mapping,
    changed,
    choose: (column: number, field: string | null) => setChanged({ ...changed, [String(column)]: field }),
    missing: missingOf(kind, mapping, given),
    twice: twiceIn(mapping),
  }
}
