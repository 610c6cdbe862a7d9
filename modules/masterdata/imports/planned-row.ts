import type { Values } from './parse-row.ts'
import type { ImportIssue } from './shapes.ts'
import type { Sheet } from './sheet.ts'

/** A row of the file and what running the import would do with it. */
export interface PlannedRow {
  row_no: number
  key: string
  values: Values
  issues: ImportIssue[]
  outcome: 'insert' | 'update' | 'same' | 'error'
  /** The row that is there already. */
  id: string | null
  existing: Values | null
  /** Ids of the rows that codes stand for, by the column that keeps them. */
  ids: Record<string, string | null>
  /** The key of the row of this very file that it hangs below. */
  parent_key: string | null
  /** What it would replace of an identity that needs approval. */
  identity: string[]
}

const BETWEEN = '\u001f'

/** What names a row: the values of the sheet's key fields, empty ones as they stand in the database. */
export function keyOf(sheet: Sheet, values: Values): string {
  return sheet.key
    .map((field) => {
      const column = sheet.columns.find((one) => one.field === field)
      return String(values[field] ?? column?.empty ?? '')
    })
    .join(BETWEEN)
}

export function addError(row: PlannedRow, field: string | null, code: string, value: string): void {
  row.issues.push({ field, code, value: value.slice(0, 100), severity: 'error' })
}

export function isBad(row: PlannedRow): boolean {
  return row.issues.some((issue) => issue.severity === 'error')
}
