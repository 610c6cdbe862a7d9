import { sql } from 'kysely'
import type { Ctx } from '#platform/ctx.ts'
import type { Impact, TextQuery } from '../shapes.ts'
import { alikeNames } from './decide-names.ts'
import { follows } from './recompute-lines.ts'

/** What a decision would change, before it is taken: in all, and for each distributor whose text it is. */
export async function impactOf(ctx: Ctx, text: TextQuery): Promise<Impact> {
  const names = await alikeNames(ctx, text).execute()
  const ids = names.map((name) => name.id)
  const column = sql.ref(text.kind === 'customer' ? 'l.customer_name_id' : 'l.product_name_id')
  const { rows: parts } = await sql<Impact['parts'][number]>`
    select n.distributor_id, coalesce(d.name, '') as distributor_name, d.province, n.state,
      coalesce(i.name, p.name) as target_name, coalesce(s.line_count, 0) as line_count,
      coalesce(s.amount_fen, 0) as amount_fen
    from flow_names n
    left join distributors d on d.company_id = n.company_id and d.id = n.distributor_id
    left join institutions i on i.company_id = n.company_id and i.id = n.target_id
    left join products p on p.company_id = n.company_id and p.id = n.target_id
    left join (
      select ${column} as name_id, count(*)::int as line_count, coalesce(sum(l.amount_fen), 0)::bigint as amount_fen
      from flow_lines l join flow_months m on m.company_id = l.company_id and m.month = l.month and m.state = 'open'
      where l.company_id = ${ctx.companyId} and ${follows(ids)} group by 1
    ) s on s.name_id = n.id
    where n.company_id = ${ctx.companyId} and n.id = any(${ids}::uuid[])
    order by s.amount_fen desc nulls last, s.line_count desc nulls last, n.id`.execute(ctx.db)
  const sum = (of: 'line_count' | 'amount_fen') => parts.reduce((all, part) => all + part[of], 0)
  return {
    name_count: names.length,
    distributor_count: new Set(names.map((name) => name.distributor_id)).size,
    line_count: sum('line_count'),
    amount_fen: sum('amount_fen'),
    confirmed_count: names.filter((name) => name.state === 'confirmed').length,
    parts,
  }
}
