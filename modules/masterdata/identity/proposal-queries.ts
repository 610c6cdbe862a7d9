import { sql } from 'kysely'
import { notFound } from '#kit/refusal.ts'
import type { Ctx } from '#platform/ctx.ts'
import { tableOf } from '../row-rules.ts'
import type { IdentityKind, ProposalRow } from './shapes.ts'

const SHOWN = 5

/** The newest changes of a row's identity that were asked for, with what each would change and what became of it. */
export async function listProposals(
  ctx: Ctx,
  kind: IdentityKind,
  id: string,
): Promise<{ rows: ProposalRow[] }> {
  const known = await sql`select from ${sql.table(tableOf(kind))}
    where company_id = ${ctx.companyId} and id = ${id}`.execute(ctx.db)
  if (known.rows.length === 0) throw notFound(kind)
  type Found = Omit<ProposalRow, 'fields'> & {
    old_value: Record<string, string | null>
    new_value: Record<string, string | null>
  }
  const { rows } = await sql<Found>`
    select m.id, m.approval_id, m.state, m.failure_code, p.name as by, to_json(m.created_at) #>> '{}' as at,
      to_json(m.ended_at) #>> '{}' as ended_at, m.old_value, m.new_value, (
        select d.reason from approval_decisions d where d.company_id = m.company_id
          and d.approval_id = m.approval_id and d.decision = 'reject' order by d.id desc limit 1) as reason
    from master_proposals m left join people p on p.id = m.person_id
    where m.company_id = ${ctx.companyId} and m.kind = ${kind} and m.target_id = ${id}
    order by m.id desc limit ${SHOWN}`.execute(ctx.db)
  return {
    rows: rows.map(({ old_value, new_value, ...row }) => ({
      ...row,
      fields: Object.keys(new_value).map((field) => ({
        field,
        before: old_value[field] ?? null,
        after: new_value[field] ?? null,
      })),
    })),
  }
}
