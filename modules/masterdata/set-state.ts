import { sql } from 'kysely'
import type { Ctx } from '#platform/ctx.ts'
import { recordChange } from './record-change.ts'
import { lockRow, refuseState, tableOf } from './row-rules.ts'
import type { MasterKind } from './shapes.ts'

const STAMPED: readonly MasterKind[] = ['institutions', 'products', 'distributors', 'territories']

/** Retires a row or takes it back into use: from one state to another, with its audit and event. */
export async function setState(
  ctx: Ctx,
  kind: MasterKind,
  id: string,
  input: { version: number; reason: string | null },
  to: { state: string; from: readonly string[]; deed: 'retire' | 'restore' | 'change' },
): Promise<undefined> {
  const row = await lockRow(ctx, kind, id, input.version)
  refuseState(row, ...to.from)
  const stamp = STAMPED.includes(kind) ? sql`, changed_at = ${ctx.now}` : sql``
  await sql`update ${sql.table(tableOf(kind))} set state = ${to.state}, version = version + 1${stamp}
    where company_id = ${ctx.companyId} and id = ${id}`.execute(ctx.db)
  await recordChange(ctx, kind, id, {
    deed: to.deed,
    old: { state: row.state },
    new: { state: to.state },
    reason: input.reason,
  })
}
