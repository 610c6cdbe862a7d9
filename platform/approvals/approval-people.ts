import { sql } from 'kysely'
import type { Ctx } from '../ctx.ts'
import type { ApprovalStep } from '../tables.ts'

/** Someone who may decide the step that waits; `forPersonId` when it was handed over to them. */
export interface Decider {
  personId: string
  name: string
  login: string
  forPersonId: string | null
}

/**
 * Who may still decide a step: people of the company who hold its role and those it was handed over to, without the
 * requester and without whoever has decided or handed over already. `id` is null before the approval exists.
 */
export async function decidersOf(
  ctx: Ctx,
  approval: { id: string | null; requested_by: string; step_no: number; steps: ApprovalStep[] },
): Promise<Decider[]> {
  const step = approval.steps[approval.step_no]
  if (!step) return []
  const found = await sql<Decider>`
    with acts as (
      select * from approval_decisions
      where company_id = ${ctx.companyId} and approval_id = ${approval.id} and step_no = ${approval.step_no}
    )
    select m.person_id as "personId", m.name, m.login, handed.person_id as "forPersonId"
    from company_people m
    left join acts handed on handed.decision = 'delegate' and handed.delegate_to = m.person_id
    where m.company_id = ${ctx.companyId} and m.disabled_at is null and m.scope = 'company'
      and (${step.role} = any (m.roles) or handed.person_id is not null)
      and m.person_id <> ${approval.requested_by}
      and not exists (
        select from acts where acts.person_id = m.person_id and acts.decision in ('approve', 'reject', 'delegate')
      )
    order by m.name, m.person_id`.execute(ctx.db)
  return found.rows
}

/**
 * Whom a step may be handed over to: people of the company who are new to it, so that no voice counts twice. As a
 * query, to be narrowed by the caller.
 */
export function delegatesOf(
  ctx: Ctx,
  approval: { id: string; requested_by: string; step_no: number; steps: ApprovalStep[] },
) {
  const role = approval.steps[approval.step_no]?.role ?? ''
  return ctx.db
    .selectFrom('company_people as m')
    .where('m.company_id', '=', ctx.companyId)
    .where('m.disabled_at', 'is', null)
    .where('m.scope', '=', 'company')
    .where('m.person_id', '!=', approval.requested_by)
    .where(sql<boolean>`${role} <> all (m.roles)`)
    .where(
      sql<boolean>`not exists (
        select from approval_decisions d where d.company_id = m.company_id and d.approval_id = ${approval.id}
          and d.step_no = ${approval.step_no} and d.decision in ('approve', 'reject', 'delegate')
          and m.person_id in (d.person_id, d.delegate_to)
      )`,
    )
}
