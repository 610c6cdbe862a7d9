import { sql } from 'kysely'
import { firstDay } from '#kit/period.ts'
import { Refusal } from '#kit/refusal.ts'
import { applyPlan, openBatch, type PlannedRow } from '#modules/masterdata/public.ts'
import type { Ctx } from '#platform/ctx.ts'
import type { TargetCells } from './shapes.ts'
import { targetSheet } from './target-sheet.ts'

interface Standing {
  territory_id: string | null
  id: string | null
  amount_fen: number | null
  version: number | null
}

/**
 * Sets many targets at once, as they were typed or pasted into the grid. Refused as a whole when one of them was
 * changed by somebody since it was read. One batch, undone as a whole; what is so already stays.
 */
export async function setTargets(
  ctx: Ctx,
  { cells }: TargetCells,
): Promise<{ import_id: string | null; changes: number }> {
  // Look.
  const rows = await standingOf(ctx, cells)
  // Decide.
  const lost = rows.find((row) => row.territory_id === null)
  if (lost) throw new Refusal('not-found', {}, { status: 404 })
  const stale = rows.filter((row, place) => row.version !== (cells[place]?.version ?? null)).length
  if (stale > 0) throw new Refusal('targets.cells-changed-meanwhile', { count: stale }, { status: 409 })
  const planned = cells.flatMap((cell, place) => plannedFor(cell, rows[place], place + 1))
  if (planned.length === 0) return { import_id: null, changes: 0 }
  // Write.
  const inserts = planned.filter((row) => row.outcome === 'insert').length
  const import_id = await openBatch(ctx, {
    kind: 'targets',
    what: { months: [...new Set(cells.map((cell) => cell.month))].sort().join(' ') },
    matched: cells.length,
    inserts,
    updates: planned.length - inserts,
  })
  await applyPlan(ctx, targetSheet, import_id, planned, async () => undefined)
  return { import_id, changes: planned.length }
}

function plannedFor(
  cell: TargetCells['cells'][number],
  row: Standing | undefined,
  row_no: number,
): PlannedRow[] {
  if (row?.id && row.amount_fen === cell.amount_fen) return []
  return [
    {
      row_no,
      key: `${cell.territory_id} ${cell.product_group} ${cell.month}`,
      values: { product_group: cell.product_group, month: firstDay(cell.month), amount_fen: cell.amount_fen },
      issues: [],
      outcome: row?.id ? 'update' : 'insert',
      id: row?.id ?? null,
      existing: row?.id ? {} : null,
      ids: { territory_id: cell.territory_id },
      parent_key: null,
      identity: [],
    },
  ]
}

/** For each cell, in its order, the target that is there, locked. */
async function standingOf(ctx: Ctx, cells: TargetCells['cells']): Promise<Standing[]> {
  const asked = JSON.stringify(cells.map((cell, place) => ({ ...cell, month: firstDay(cell.month), place })))
  await sql`select t.id from targets t
    join jsonb_to_recordset(${asked}::jsonb) as c(territory_id uuid, product_group text, month date)
      on c.territory_id = t.territory_id and c.product_group = t.product_group and c.month = t.month
    where t.company_id = ${ctx.companyId} order by t.id for update of t`.execute(ctx.db)
  const { rows } = await sql<Standing>`
    select y.id as territory_id, t.id, t.amount_fen, t.version
    from jsonb_to_recordset(${asked}::jsonb) as c(territory_id uuid, product_group text, month date, place integer)
    left join territories y on y.company_id = ${ctx.companyId} and y.id = c.territory_id
    left join targets t on t.company_id = ${ctx.companyId} and t.territory_id = c.territory_id
      and t.product_group = c.product_group and t.month = c.month
    order by c.place`.execute(ctx.db)
  return rows
}
