import {
  type Field,
  fields,
  fieldsRequired,
  type TableKind,
  type TableLayout,
} from '#engines/reading/public.ts'
import type { Mapping } from '../tables.ts'

/** Below this confidence a person is asked before the first file of a layout goes on. */
export const SURE = 0.8

/** What the reading engine takes the columns to be, as a mapping. */
export function guessedMapping(layout: TableLayout): Mapping {
  return Object.fromEntries(layout.columns.map((column) => [String(column.column), column.field]))
}

/** The fields that a table of this kind needs and this mapping lacks; a month alone stands in for a date. */
export function missingFields(kind: TableKind, mapping: Mapping, layout: TableLayout): Field[] {
  const has = new Set(Object.values(mapping))
  for (const column of layout.pivot) {
    has.add(column.field)
    if (column.also) has.add(column.also.field)
  }
  if (layout.pivot.length > 0) has.add('qty')
  if (layout.group_heading) has.add(layout.group_heading)
  if (layout.context.customer) has.add('customer_raw')
  if (layout.context.product) has.add('product_raw')
  return fieldsRequired[kind].filter((field) => {
    if (has.has(field)) return false
    if (field === 'product_raw') return !has.has('product_and_spec')
    if (field === 'occurred_on') {
      const told = layout.date_parts ?? layout.context.month ?? layout.context.snapshot_on
      return !has.has('month') && !told
    }
    return true
  })
}

/** Whether a first file of this layout may go on without being asked. */
export function isSure(kind: TableKind, layout: TableLayout): boolean {
  if (layout.kind_confidence < SURE) return false
  const needed = new Set<Field>([...fieldsRequired[kind], 'product_and_spec'])
  if (missingFields(kind, guessedMapping(layout), layout).length > 0) return false
  return layout.columns.every(
    (column) => column.field === null || !needed.has(column.field) || column.confidence >= SURE,
  )
}

/** A mapping as a person sent it, with only fields that exist. */
export function cleanMapping(raw: Record<string, string | null>): Mapping {
  const known = new Set<string>(fields)
  return Object.fromEntries(
    Object.entries(raw).map(([column, field]) => [
      column,
      field && known.has(field) ? (field as Field) : null,
    ]),
  )
}
