import type { RawRow } from '../open/source.ts'
import type { TableLayout } from '../shapes.ts'
import { parseDecimal } from '../type/decimals.ts'
import { cleaned } from '../type/plain-text.ts'
import { type HeadingField, isFooterWord, isTotalWord, labelledHeadings } from '../type/row-words.ts'
import { looksLikeInstitution } from './column-content.ts'

/**
 * Whether lines stand below rows that name their customer, supplier or product, where no column does. Labelled rows
 * (客户：…) say so themselves; a row of one cell counts when such rows come before the first line already.
 */
export function groupHeadingOf(layout: TableLayout, rows: RawRow[]): TableLayout['group_heading'] {
  const fields = new Set(layout.columns.map((guess) => guess.field))
  const missing: Exclude<HeadingField, 'spec_raw'>[] = []
  const partner = layout.kind === 'purchase' ? 'supplier_raw' : 'customer_raw'
  if (layout.kind !== 'stock' && !fields.has(partner)) missing.push(partner)
  if (!fields.has('product_raw') && !fields.has('product_and_spec')) missing.push('product_raw')
  if (missing.length === 0 || layout.pivot.length > 0) return null
  let alone = 0
  let institutions = 0
  for (const row of rows) {
    const filled = row.cells.map(cleaned).filter(Boolean)
    const first = filled[0]
    if (first === undefined || filled.length > 6 || isTotalWord(first)) continue
    const labelled = labelledHeadings(filled.join('  '))
    const named = labelled ? missing.find((field) => labelled[field]) : undefined
    if (named) return named
    if (filled.length > 3) continue
    if (filled.length > 1 || parseDecimal(first) || isFooterWord(first)) continue
    alone++
    if (looksLikeInstitution(first)) institutions++
  }
  if (alone === 0) return null
  const firstRow = rows[0]?.cells.map(cleaned).filter(Boolean) ?? []
  if (firstRow.length !== 1) return null
  const partnerMissing = missing[0] !== 'product_raw'
  if (partnerMissing && institutions * 2 >= alone) return missing[0] ?? null
  return missing.includes('product_raw') ? 'product_raw' : (missing[0] ?? null)
}
