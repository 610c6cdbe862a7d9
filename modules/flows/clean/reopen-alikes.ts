import { sql } from 'kysely'
import type { Ctx } from '#platform/ctx.ts'
import { HELD } from './held.ts'

/**
 * Of lines that are alike the first stands and the others wait as its duplicates. When the one that stood goes, the next
 * of those left takes its place. `leaving`: called before the lines of the batch are deleted, for all that are alike to
 * them. `staying`: called after a batch is written, for its own duplicates, whose first line may have gone meanwhile.
 * Whoever takes lines out holds the decisions (`holdDecisions`) before, so that one of the two sees the other's lines.
 * One walk over the distributor's lines of the month; running it again changes nothing. Returns the lines that changed.
 */
export async function reopenAlikes(
  ctx: Ctx,
  batch: { id: string; month: string; distributor_id: string },
  how: 'leaving' | 'staying',
): Promise<number> {
  const leaving = how === 'leaving'
  const result = await sql`with keys as materialized (
      select distinct alike_key from flow_lines
      where company_id = ${ctx.companyId} and month = ${batch.month} and batch_id = ${batch.id}
        and state in ('posted', 'waiting') and (${leaving} or 'duplicate' = any (issues))
    ), first as (
      select distinct on (l.alike_key) l.id, b.kind, l.issues from flow_batches b
      join flow_lines l on l.company_id = b.company_id and l.month = b.month and l.batch_id = b.id
      where b.company_id = ${ctx.companyId} and b.month = ${batch.month}
        and b.distributor_id = ${batch.distributor_id} and (${!leaving} or b.id <> ${batch.id})
        and l.state in ('posted', 'waiting') and l.alike_key in (select alike_key from keys)
      order by l.alike_key, 'duplicate' = any (l.issues), b.id, l.line_no)
    update flow_lines l set issues = array_remove(l.issues, 'duplicate'), state = case
        when array_remove(l.issues, 'duplicate') && ${HELD} then 'waiting'
        when l.product_id is null or (l.institution_id is null and f.kind = 'sales') then 'waiting'
        else 'posted' end
    from first f where l.company_id = ${ctx.companyId} and l.month = ${batch.month} and l.id = f.id
      and 'duplicate' = any (f.issues)`.execute(ctx.db)
  return Number(result.numAffectedRows ?? 0)
}
