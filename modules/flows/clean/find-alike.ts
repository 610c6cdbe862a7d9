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
  const result = await sql`with alike as (
      select alike_key from flow_lines
      where company_id = ${ctx.companyId} and month = ${batch.month} and distributor_id = ${batch.distributor_id}
        and state in ('posted', 'waiting')
      group by alike_key having count(*) > 1
    ), ranked as (
      select l.id, l.batch_id, row_number() over (
        partition by l.alike_key order by (l.batch_id = ${batch.id}), l.batch_id, l.line_no, l.id) as place
      from flow_lines l join alike using (alike_key)
      where l.company_id = ${ctx.companyId} and l.month = ${batch.month} and l.distributor_id = ${batch.distributor_id}
        and l.state in ('posted', 'waiting')
    )
    update flow_lines l set state = 'waiting', issues = array_append(l.issues, 'duplicate')
    from ranked r
    where l.company_id = ${ctx.companyId} and l.month = ${batch.month} and l.id = r.id
      and r.place > 1 and r.batch_id = ${batch.id} and not ('duplicate' = any (l.issues))`.execute(ctx.db)
  return Number(result.numAffectedRows ?? 0)
}
