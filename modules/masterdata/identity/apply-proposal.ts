import { sql } from 'kysely'
import type { Ctx } from '#platform/ctx.ts'
import { searchColumns } from '../imports/search-columns.ts'
import { sheets } from '../imports/sheets.ts'
import { recordChange } from '../record-change.ts'
import { type Row, tableOf } from '../row-rules.ts'
import type { IdentityKind } from './shapes.ts'

/** A change of identity as it was asked for. */
export interface Proposal {
  id: string
  kind: IdentityKind
  target_id: string
  old_value: Record<string, string | null>
  new_value: Record<string, string | null>
}

/**
 * Writes an approved change of identity. Returns why it cannot be, when the row has become something else meanwhile:
 * 'changed-meanwhile', 'merged' or 'code-taken'; then nothing is written.
 */
export async function applyProposal(ctx: Ctx, proposal: Proposal): Promise<string | null> {
  const { kind, target_id, new_value } = proposal
  const table = sql.table(tableOf(kind))
  // Look.
  const found = await sql<Row>`select * from ${table}
    where company_id = ${ctx.companyId} and id = ${target_id} for update`.execute(ctx.db)
  const row = found.rows[0]
  // Decide.
  const failure = await obstacle(ctx, proposal, row)
  if (failure !== null || !row) return failure
  // Write.
  const next = { ...row, ...new_value }
  const columns = { ...new_value, ...searchColumns(sheets[kind], next) }
  const sets = Object.entries(columns).map(([name, value]) => sql`${sql.id(name)} = ${value}`)
  await sql`update ${table} set ${sql.join(sets)}, version = version + 1, changed_at = ${ctx.now}
    where company_id = ${ctx.companyId} and id = ${target_id}`.execute(ctx.db)
  await recordChange(ctx, kind, target_id, { deed: 'apply', old: proposal.old_value, new: new_value })
  return null
}

async function obstacle(ctx: Ctx, proposal: Proposal, row: Row | undefined): Promise<string | null> {
  if (!row) return 'changed-meanwhile'
  if (row.state === 'merged') return 'merged'
  const { kind, old_value, new_value } = proposal
  const moved = Object.entries(old_value).some(([field, value]) => String(row[field] ?? '') !== (value ?? ''))
  if (moved) return 'changed-meanwhile'
  if (new_value.code) {
    const taken = await sql`select 1 from ${sql.table(tableOf(kind))} where company_id = ${ctx.companyId}
      and code = ${new_value.code} and id <> ${row.id}`.execute(ctx.db)
    if (taken.rows.length > 0) return 'code-taken'
  }
  if (new_value.base_unit) {
    const doubled = await sql`select 1 from product_units where company_id = ${ctx.companyId}
      and product_id = ${row.id} and unit = ${new_value.base_unit} and factor <> 1`.execute(ctx.db)
    if (doubled.rows.length > 0) return 'unit-twice'
  }
  return null
}
