import { sql } from 'kysely'
import { firstDay } from '#kit/period.ts'
import type { Ctx } from '#platform/ctx.ts'
import type { LockOutlook } from '../shapes.ts'

/**
 * What a lock now would hold and leave out. Posted lines are counted as what the batches hold without what is not posted,
 * so that a month of a million lines is not read for it.
 */
export async function lockOutlookOf(ctx: Ctx, month: string): Promise<LockOutlook> {
  const day = firstDay(month)
  const { rows } = await sql<Record<'counted' | 'unowned' | 'waiting' | 'left_out', LockOutlook['counted']>>`
    with sales as materialized (
      select id, line_count, amount_fen from flow_batches
      where company_id = ${ctx.companyId} and month = ${day} and kind = 'sales' and state = 'done'
    ), held as materialized (
      select case when l.state = 'waiting' then 'waiting' else 'left_out' end as what, count(*)::int as n,
        coalesce(sum(l.amount_fen), 0)::bigint as fen
      from flow_lines l join sales s on s.id = l.batch_id
      where l.company_id = ${ctx.companyId} and l.month = ${day} and l.state <> 'posted' group by 1
    ), unowned as (
      select count(*)::int as n, coalesce(sum(l.amount_fen), 0)::bigint as fen
      from flow_lines l join sales s on s.id = l.batch_id
      where l.company_id = ${ctx.companyId} and l.month = ${day} and l.state = 'posted' and l.territory_id is null
    )
    select jsonb_build_object(
        'line_count', (select coalesce(sum(line_count), 0) from sales) - (select coalesce(sum(n), 0) from held),
        'amount_fen', (select coalesce(sum(amount_fen), 0) from sales) - (select coalesce(sum(fen), 0) from held)) as counted,
      (select jsonb_build_object('line_count', n, 'amount_fen', fen) from unowned) as unowned,
      (select jsonb_build_object('line_count', coalesce(sum(n), 0), 'amount_fen', coalesce(sum(fen), 0)) from held
        where what = 'waiting') as waiting,
      (select jsonb_build_object('line_count', coalesce(sum(n), 0), 'amount_fen', coalesce(sum(fen), 0)) from held
        where what = 'left_out') as left_out`.execute(ctx.db)
  const none = { line_count: 0, amount_fen: 0 }
  const { counted = none, unowned = none, waiting = none, left_out = none } = rows[0] ?? {}
  const owned = {
    line_count: counted.line_count - unowned.line_count,
    amount_fen: counted.amount_fen - unowned.amount_fen,
  }
  return { counted, owned, waiting, left_out, ...(await beforeAndMissing(ctx, day)) }
}

/** What the last locked month held, and what of it came from distributors who have sent nothing this time. */
async function beforeAndMissing(ctx: Ctx, day: string): Promise<Pick<LockOutlook, 'before' | 'missing'>> {
  const { rows } = await sql<{
    month: string | null
    line_count: number
    amount_fen: number
    missing_count: number
    missing_amount_fen: number
  }>`
    with last as (
      select month, version_no from flow_months where company_id = ${ctx.companyId} and month < ${day}
        and state in ('locked', 'released') order by month desc limit 1
    ), sold as materialized (
      select t.distributor_id, sum(t.line_count)::int as n, sum(t.amount_fen)::bigint as fen from flow_totals t join last
        on t.month = last.month and t.version_no = last.version_no
      where t.company_id = ${ctx.companyId} group by 1
    ), missing as (
      select d.id from distributors d where d.company_id = ${ctx.companyId} and d.state = 'active' and not exists (
        select 1 from flow_batches b where b.company_id = d.company_id and b.distributor_id = d.id and b.month = ${day}
          and b.kind = 'sales' and b.state not in ('discarded', 'failed'))
    )
    select (select to_char(month, 'YYYY-MM') from last) as month, coalesce(sum(s.n), 0)::int as line_count,
      coalesce(sum(s.fen), 0)::bigint as amount_fen, (select count(*)::int from missing) as missing_count,
      coalesce(sum(s.fen) filter (where s.distributor_id in (select id from missing)), 0)::bigint as missing_amount_fen
    from sold s`.execute(ctx.db)
  const [row] = rows
  const { line_count = 0, amount_fen = 0 } = row ?? {}
  return {
    before: row?.month ? { month: row.month, line_count, amount_fen } : null,
    missing: { count: row?.missing_count ?? 0, amount_fen: row?.missing_amount_fen ?? 0 },
  }
}
