import { Refusal } from '#kit/refusal.ts'
import type { Ctx } from '#platform/ctx.ts'
import { replacedIdentity } from '../identity/hold-identity.ts'
import { checkTogether } from './check-together.ts'
import { loadExisting } from './load-existing.ts'
import { parseRow } from './parse-row.ts'
import { isBad, keyOf, type PlannedRow } from './planned-row.ts'
import { type CellRow, MAX_ROWS, readCells } from './read-cells.ts'
import { resolveCodes, resolveListed } from './resolve-codes.ts'
import type { ImportColumn } from './shapes.ts'
import type { Sheet, SheetColumn } from './sheet.ts'

export interface Plan {
  rows: PlannedRow[]
}

export interface FileToPlan {
  path: string
  media_kind: string
  columns: readonly ImportColumn[]
  mapping: Readonly<Record<string, string>>
}

/**
 * Reads the whole file and says of every row what running the import would do. The check shows it; the run does it,
 * with the rows locked, so what was shown and what is done come from the same rules.
 */
export async function planImport(
  ctx: Ctx,
  sheet: Sheet,
  file: FileToPlan,
  options: {
    lock: boolean
    /** Fields whose change needs approval, and whether such changes are left out. */
    identity: { guarded: readonly string[]; leaveOut: boolean }
    progress: (stage: string, done: number) => Promise<void>
  },
): Promise<Plan> {
  const fields = mappedColumns(sheet, file.mapping)
  const rows: PlannedRow[] = []
  for await (const row of bodyOf(file)) {
    const { values, issues, row_no } = parseRow(sheet, fields, row)
    rows.push({
      row_no,
      values,
      issues,
      key: '',
      outcome: 'error',
      id: null,
      existing: null,
      ids: {},
      parent_key: null,
      identity: [],
    })
    if (rows.length > MAX_ROWS) throw new Refusal('masterdata.import-file-too-long', { max: MAX_ROWS })
    if (rows.length % 5000 === 0) await options.progress('read', rows.length)
  }
  await resolveListed(ctx, sheet, rows)
  for (const row of rows) row.key = keyOf(sheet, row.values)
  markTwice(rows)
  await resolveCodes(ctx, sheet, rows)
  const existing = await loadExisting(ctx, sheet, [...new Set(rows.map((row) => row.key))], options.lock)
  for (const row of rows) {
    const there = existing.get(row.key)
    if (!there) continue
    row.id = there.id
    row.existing = there.values
    if (there.state === 'merged')
      row.issues.push({ field: 'code', code: 'already-merged', value: row.key, severity: 'error' })
  }
  await checkTogether(ctx, sheet, rows)
  for (const row of rows) {
    holdIdentity(row, options.identity)
    row.outcome = outcomeOf(row)
  }
  await options.progress('compare', rows.length)
  return { rows }
}

/** The rows below the heads. */
export async function* bodyOf(
  file: Pick<FileToPlan, 'path' | 'media_kind' | 'columns'>,
): AsyncGenerator<CellRow> {
  let below = false
  for await (const row of readCells(file.path, file.media_kind)) {
    if (below) yield row
    else below = isHead(row, file.columns)
  }
}

function isHead(row: CellRow, columns: readonly ImportColumn[]): boolean {
  return columns.every((column) => (row.cells[column.index] ?? '') === column.header)
}

export function mappedColumns(
  sheet: Sheet,
  mapping: Readonly<Record<string, string>>,
): (readonly [number, SheetColumn])[] {
  return Object.entries(mapping).flatMap(([index, field]) => {
    const column = sheet.columns.find((one) => one.field === field)
    return column ? [[Number(index), column] as const] : []
  })
}

/** The first row with a key counts; what says the same key again is told where it was said first. */
function markTwice(rows: readonly PlannedRow[]): void {
  const first = new Map<string, number>()
  for (const row of rows) {
    if (row.issues.some((issue) => issue.code === 'required')) continue
    const seen = first.get(row.key)
    if (seen === undefined) first.set(row.key, row.row_no)
    else row.issues.push({ field: null, code: 'twice-in-file', value: String(seen), severity: 'error' })
  }
}

/** Marks what a row would replace of an identity; left out, its other fields are still written. */
function holdIdentity(
  row: PlannedRow,
  { guarded, leaveOut }: { guarded: readonly string[]; leaveOut: boolean },
) {
  if (row.existing === null || isBad(row)) return
  row.identity = replacedIdentity(guarded, row.existing, row.values)
  if (leaveOut) for (const field of row.identity) delete row.values[field]
}

function outcomeOf(row: PlannedRow): PlannedRow['outcome'] {
  if (isBad(row)) return 'error'
  if (row.existing === null) return 'insert'
  const { existing, values } = row
  return Object.keys(values).every((field) => alike(existing[field], values[field])) ? 'same' : 'update'
}

function alike(a: unknown, b: unknown): boolean {
  if (Array.isArray(a) && Array.isArray(b)) return JSON.stringify(a) === JSON.stringify(b)
  return String(a ?? '') === String(b ?? '')
}
