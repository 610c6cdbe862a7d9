import { sql } from 'kysely'
import type { Ctx } from '#platform/ctx.ts'
import type { CheckedLine } from './check-lines.ts'
import { pgArray } from './pg-array.ts'

const counted = (line: CheckedLine) => line.state === 'posted' || line.state === 'waiting'

/**
 * Lines that are alike to an earlier one of the distributor in the month (same date, customer, product, spec, lot,
 * document, quantity) are suspected duplicates and wait for a person; the first one stands. Marks those of a chunk that
 * is about to be written: what was written before is asked for by key, the chunk's own lines are compared here.
 */
export async function findAlike(
  ctx: Ctx,
  batch: { month: string; distributor_id: string },
  lines: readonly CheckedLine[],
): Promise<void> {
  const keys = lines.filter(counted).map((line) => line.alike_key)
  if (keys.length === 0) return
  // The limit keeps the look-up one probe of the index a key, whatever the planner takes the month to hold.
  const { rows } = await sql<{ key: string }>`select k.key::text as key
    from unnest(${pgArray(keys)}::bigint[]) k(key) cross join lateral (
      select 1 from flow_lines l where l.company_id = ${ctx.companyId} and l.month = ${batch.month}
        and l.distributor_id = ${batch.distributor_id} and l.alike_key = k.key and l.state in ('posted', 'waiting')
      limit 1) earlier`.execute(ctx.db)
  const seen = new Set(rows.map((row) => row.key))
  for (const line of lines) {
    if (!counted(line)) continue
    if (seen.has(line.alike_key)) {
      line.issues.push('duplicate')
      line.state = 'waiting'
    } else seen.add(line.alike_key)
  }
}
