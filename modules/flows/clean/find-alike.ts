import { sql } from 'kysely'
import type { Ctx } from '#platform/ctx.ts'

/**
 * Lines of the batch that are alike to an earlier one of the distributor in the month (same date, customer,
 * product, spec, lot, document, quantity) are suspected duplicates and wait for a person; the first one stands.
 */
export async function findAlike(
  ctx: Ctx,
  batch: { id: string; month: string; distributor_id: string },
): Promise<number> {
  // One walk over the distributor's lines; only the few that repeat are touched by their key.
  const result = await sql`with ranked as (
      select id, batch_id, issues, row_number() over (
        partition by alike_key order by (batch_id = ${batch.id}), batch_id, line_no, id) as place
      from flow_lines
      where company_id = ${ctx.companyId} and month = ${batch.month} and distributor_id = ${batch.distributor_id}
        and state in ('posted', 'waiting')
    ), repeated as materialized (
      select id from ranked where place > 1 and batch_id = ${batch.id} and not ('duplicate' = any (issues))
    )
    update flow_lines l set state = 'waiting', issues = array_append(l.issues, 'duplicate')
    from repeated r
    where l.company_id = ${ctx.companyId} and l.month = ${batch.month} and l.id = r.id`.execute(ctx.db)
  return Number(result.numAffectedRows ?? 0)
}
