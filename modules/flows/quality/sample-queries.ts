import { sql } from 'kysely'
import { firstDay } from '#kit/period.ts'
import type { Ctx } from '#platform/ctx.ts'
import type { SampleRow, Samples } from './shapes.ts'

/** The audit sample of a month (the newest that has something to check when none is asked for), unjudged ones first. */
export async function readSamples(ctx: Ctx, asked: string | undefined): Promise<Samples> {
  const { rows: months } = await sql<Samples['months'][number]>`
    select to_char(n.month, 'YYYY-MM') as month, count(*)::int as auto_count, count(s.id)::int as drawn,
      count(s.verdict)::int as judged
    from flow_names n left join flow_match_samples s on s.company_id = n.company_id and s.name_id = n.id
    where n.company_id = ${ctx.companyId} and n.kind = 'customer' and n.said = 'auto' and n.month is not null
    group by n.month order by n.month desc limit 24`.execute(ctx.db)
  const month = asked ?? (months.find((one) => one.drawn > one.judged) ?? months[0])?.month ?? null
  return { month, months, rows: month ? await rowsOf(ctx, month) : [] }
}

async function rowsOf(ctx: Ctx, month: string): Promise<SampleRow[]> {
  const { rows } = await sql<SampleRow>`
    select s.id, to_char(s.month, 'YYYY-MM') as month, n.raw_text, n.normal_text, d.name as distributor_name,
      n.distributor_id, s.proposed_id, i.name as proposed_name,
      concat_ws(' · ', nullif(concat(i.province, nullif(i.city, i.province), i.county), ''), i.level, i.code) as proposed_detail,
      n.said_score as score, n.reasons, coalesce(l.line_count, 0) as line_count, coalesce(l.amount_fen, 0) as amount_fen,
      s.verdict
    from flow_match_samples s
    join flow_names n on n.company_id = s.company_id and n.id = s.name_id
    join institutions i on i.company_id = s.company_id and i.id = s.proposed_id
    left join distributors d on d.company_id = n.company_id and d.id = n.distributor_id
    left join lateral (select sum(f.posted_count + f.waiting_count)::int as line_count,
        sum(f.posted_fen + f.waiting_fen)::bigint as amount_fen
      from flow_name_sums f where f.company_id = s.company_id and f.month = s.month and f.name_id = s.name_id) l on true
    where s.company_id = ${ctx.companyId} and s.month = ${firstDay(month)}
    order by s.verdict is not null, md5(s.id::text) limit 400`.execute(ctx.db)
  return rows
}
