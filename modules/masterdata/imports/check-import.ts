import { Refusal } from '#kit/refusal.ts'
import { pathOfFile } from '#platform/files/public.ts'
import type { JobContext } from '#platform/jobs/public.ts'
import { guardedFields } from '../identity/hold-identity.ts'
import { lockImport } from './import-states.ts'
import { missingColumns } from './map-import.ts'
import { bodyOf, type FileToPlan, type Plan, planImport } from './plan-import.ts'
import type { PlannedRow } from './planned-row.ts'
import { proposeMapping } from './propose-mapping.ts'
import { type CellRow, readCells } from './read-cells.ts'
import type { ImportPreviewRow } from './shapes.ts'
import type { Sheet } from './sheet.ts'
import { writeErrorWorkbook } from './write-error-workbook.ts'

const SHOWN = 50
const FIRST_ROWS = 220

/**
 * Job: reads the heads and proposes what they mean; when nothing needed is missing, checks every row and keeps the
 * counts, the first rows and a workbook of the errors. A second run gives the same.
 */
export async function checkImport(job: JobContext): Promise<Record<string, unknown> | undefined> {
  const start = await job.transaction((ctx) => lockImport(ctx, job.subjectId))
  if (start.state !== 'reading' && start.state !== 'checking') return undefined
  const path = pathOfFile(start.file.sha256)
  try {
    let { columns, mapping } = start
    if (start.state === 'reading') {
      const proposal = proposeMapping(start.sheet, await firstRows(path, start.file.media_kind))
      columns = proposal.columns
      mapping = proposal.mapping
      const missing = missingColumns(start.sheet, Object.values(mapping))
      await keep(job, {
        columns: JSON.stringify(columns),
        mapping: JSON.stringify(mapping),
        state: missing.length > 0 ? 'mapping' : 'checking',
      })
      if (missing.length > 0) return { missing }
    }
    return await checkRows(job, start.sheet, { path, media_kind: start.file.media_kind, columns, mapping })
  } catch (error) {
    // A file that cannot be read is an answer for whoever uploaded it; everything else is a fault and tried again.
    if (error instanceof Refusal)
      await keep(job, {
        state: 'failed',
        failure_code: error.code,
        failure_params: JSON.stringify(error.params),
      })
    throw error
  }
}

async function firstRows(path: string, mediaKind: string): Promise<CellRow[]> {
  const rows: CellRow[] = []
  for await (const row of readCells(path, mediaKind)) {
    rows.push(row)
    if (rows.length >= FIRST_ROWS) break
  }
  return rows
}

async function checkRows(job: JobContext, sheet: Sheet, file: FileToPlan): Promise<Record<string, unknown>> {
  const progress = (stage: string, done: number) => job.progress(stage, done, null)
  const plan = await job.transaction(async (ctx) => {
    const identity = { guarded: await guardedFields(ctx, sheet.kind), leaveOut: false }
    return planImport(ctx, sheet, file, { lock: false, identity, progress })
  })
  const counts = countPlan(plan)
  const bad = plan.rows.filter((row) => row.issues.length > 0)
  const error_file_id =
    bad.length === 0
      ? null
      : await writeErrorWorkbook(job, sheet, file, new Map(bad.map((row) => [row.row_no, row.issues])))
  await keep(job, {
    ...counts,
    preview: JSON.stringify(await previewOf(plan, file)),
    error_file_id,
    state: 'checked',
  })
  return counts
}

export function countPlan(plan: Plan) {
  const count = (outcome: string) => plan.rows.filter((row) => row.outcome === outcome).length
  return {
    row_count: plan.rows.length,
    insert_count: count('insert'),
    update_count: count('update'),
    same_count: count('same'),
    error_count: count('error'),
    identity_count: plan.rows.filter((row) => row.outcome === 'update' && row.identity.length > 0).length,
    warning_count: plan.rows.filter((row) => row.issues.some((issue) => issue.severity === 'warning')).length,
  }
}

/** The first rows of each outcome with their cells, so that every count can be opened; read from the file once more. */
async function previewOf(plan: Plan, file: FileToPlan): Promise<ImportPreviewRow[]> {
  const shown = new Map<number, PlannedRow>()
  const first = (rows: readonly PlannedRow[]) => {
    for (const row of rows.slice(0, SHOWN)) shown.set(row.row_no, row)
  }
  first(plan.rows)
  first(plan.rows.filter((row) => row.issues.length > 0))
  first(plan.rows.filter((row) => row.identity.length > 0))
  for (const outcome of ['insert', 'update', 'same', 'error'])
    first(plan.rows.filter((row) => row.outcome === outcome))
  const preview: ImportPreviewRow[] = []
  for await (const { row_no, cells } of bodyOf(file)) {
    const row = shown.get(row_no)
    if (!row) continue
    preview.push({
      row_no,
      outcome: row.outcome,
      identity: Object.fromEntries(row.identity.map((field) => [field, String(row.existing?.[field] ?? '')])),
      issues: row.issues,
      cells: file.columns.map((column) => (cells[column.index] ?? '').slice(0, 200)),
    })
    if (preview.length === shown.size) break
  }
  return preview
}

async function keep(job: JobContext, change: Record<string, unknown>): Promise<void> {
  await job.transaction(async (ctx) => {
    await ctx.db
      .updateTable('master_imports')
      .set(change)
      .where('company_id', '=', ctx.companyId)
      .where('id', '=', job.subjectId)
      .execute()
  })
}
