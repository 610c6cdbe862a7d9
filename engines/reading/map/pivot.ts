import type { ColumnGuess, PivotColumn, TableContext } from '../shapes.ts'
import { parseDate } from '../type/dates.ts'
import { type ColumnContent, looksLikeInstitution } from './column-content.ts'
import type { FoundHeader } from './find-header.ts'

/**
 * Columns that are themselves values: months, products or customers across, quantities below. There is no quantity
 * column then, and at least three columns of numbers stand under headers that are no words of the dictionary.
 */
export function findPivot(
  header: FoundHeader,
  columns: ColumnGuess[],
  contents: ColumnContent[],
  context: TableContext,
): PivotColumn[] {
  if (columns.some((guess) => guess.field === 'qty')) return []
  const year = context.month ? Number(context.month.slice(0, 4)) : yearIn(context.title ?? '')
  const free = columns.filter((guess) => {
    const content = contents[guess.column] as ColumnContent
    const numeric = content.filled === 0 || content.numbers >= 0.9
    return guess.field === null && guess.header !== '' && numeric && !isTotalColumn(guess.header)
  })
  const months = free.flatMap((guess): PivotColumn[] => {
    const text = parseDate(guess.header, year ?? 2000)
    if (!text) return []
    // Without a year anywhere the month stays open: the line says so as an issue.
    const known = year !== undefined || parseDate(guess.header) !== null
    return [
      { column: guess.column, field: text.length === 7 ? 'month' : 'occurred_on', text: known ? text : '' },
    ]
  })
  if (months.length >= 2) return months
  const unknown = free.filter((guess) => guess.why === 'none' && !isKnownOther(guess, header))
  if (unknown.length < 3 || !unknown.some((guess) => (contents[guess.column] as ColumnContent).filled > 0))
    return []
  const hasCustomer = columns.some((guess) => guess.field === 'customer_raw')
  const hasProduct = columns.some(
    (guess) => guess.field === 'product_raw' || guess.field === 'product_and_spec',
  )
  if (hasCustomer === hasProduct) return []
  if (hasProduct && !unknown.every((guess) => looksLikeInstitution(guess.header))) return []
  return unknown.map((guess) => pivotColumn(guess, header, hasCustomer))
}

function pivotColumn(guess: ColumnGuess, header: FoundHeader, hasCustomer: boolean): PivotColumn {
  const below = header.cells[guess.column]?.below ?? ''
  const top = below ? guess.header.slice(0, guess.header.length - below.length).trim() : guess.header
  if (!hasCustomer) return { column: guess.column, field: 'customer_raw', text: guess.header }
  return below
    ? { column: guess.column, field: 'product_raw', text: top, spec: below }
    : { column: guess.column, field: 'product_raw', text: guess.header }
}

function isTotalColumn(header: string): boolean {
  return /(合计|总计|小计|累计|总数)$/.test(header.replace(/\s+/g, ''))
}

/** Headers that are plainly a measure, not a product's name. */
function isKnownOther(guess: ColumnGuess, header: FoundHeader): boolean {
  const text = header.cells[guess.column]?.text ?? ''
  return /^(序号|行号|no|税率|税额|成本|毛利|笔数|天数|库龄|编码|折扣|排名|占比)|[价额率]$/.test(text)
}

function yearIn(text: string): number | undefined {
  const match = /(20\d{2})/.exec(text)
  return match ? Number(match[1]) : undefined
}
