import { sql } from 'kysely'
import { found } from '#kit/refusal.ts'
import type { Ctx } from '../ctx.ts'
import { containing, page } from '../lists.ts'
import type { ApprovalKind } from '../module.ts'
import type { ListQuery } from '../shapes.ts'
import type { ApprovalDecision, ApprovalState } from '../tables.ts'
import { decidersOf, delegatesOf } from './approval-people.ts'
import { approvalMoves } from './approval-states.ts'

function rows(ctx: Ctx) {
  return ctx.db
    .selectFrom('approvals as a')
    .leftJoin('people as p', 'p.id', 'a.requested_by')
    .where('a.company_id', '=', ctx.companyId)
    .select([
      'a.id',
      'a.subject_kind',
      'a.subject_id',
      'a.title',
      'a.summary',
      'a.href',
      'a.state',
      'a.steps',
      'a.step_no',
      'a.requested_by',
      'p.name as requested_by_name',
      'a.requested_at',
      'a.decided_at',
    ])
}

/** Approvals that wait for the reader (`mine`), that the reader asked for (`made`), or all of them. */
export async function listApprovals(
  ctx: Ctx,
  list: ListQuery & {
    box: 'mine' | 'made' | 'all'
    state?: ApprovalState | undefined
    subject_kind?: string | undefined
  },
) {
  let query = rows(ctx)
  if (list.box === 'made') query = query.where('a.requested_by', '=', ctx.personId)
  if (list.box === 'mine') {
    query = query
      .where('a.state', 'in', ['pending', 'held'])
      .where('a.requested_by', '!=', ctx.personId)
      .where(
        sql<boolean>`(a.steps -> a.step_no ->> 'role' in (
            select unnest(m.roles) from memberships m where m.company_id = a.company_id and m.person_id = ${ctx.personId}
          ) or exists (
            select from approval_decisions d where d.company_id = a.company_id and d.approval_id = a.id
              and d.step_no = a.step_no and d.delegate_to = ${ctx.personId}
          ))`,
      )
      .where(
        sql<boolean>`not exists (
            select from approval_decisions d where d.company_id = a.company_id and d.approval_id = a.id
              and d.step_no = a.step_no and d.person_id = ${ctx.personId}
              and d.decision in ('approve', 'reject', 'delegate')
          )`,
      )
  }
  if (list.state) query = query.where('a.state', '=', list.state)
  if (list.subject_kind) query = query.where('a.subject_kind', '=', list.subject_kind)
  if (list.q) query = query.where(sql<string>`lower(a.title)`, 'like', containing(list.q))
  return page(ctx.db, query, list, { requested_at: 'a.id', title: 'a.title' }, '-requested_at', 'a.id')
}

/** One approval with its decisions, who it waits for and what the reader may do. */
export async function loadApproval(ctx: Ctx, id: string) {
  const approval = found(await rows(ctx).where('a.id', '=', id).executeTakeFirst(), 'approval')
  const decisions = await ctx.db
    .selectFrom('approval_decisions as d')
    .leftJoin('people as p', 'p.id', 'd.person_id')
    .leftJoin('people as f', 'f.id', 'd.for_person_id')
    .leftJoin('people as t', 't.id', 'd.delegate_to')
    .where('d.company_id', '=', ctx.companyId)
    .where('d.approval_id', '=', id)
    .orderBy('d.id')
    .select([
      'd.id',
      'd.step_no',
      'd.decision',
      'd.person_id',
      'p.name as person_name',
      'f.name as for_person_name',
      't.name as delegate_to_name',
      'd.reason',
      'd.decided_at',
    ])
    .execute()
  const deciders = await decidersOf(ctx, approval)
  const open = approval.state === 'pending' || approval.state === 'held'
  const own = approval.requested_by === ctx.personId
  const decides =
    ctx.permissions.has('platform.decide-approvals') && deciders.some((one) => one.personId === ctx.personId)
  const moves = Object.keys(approvalMoves[approval.state]) as ApprovalDecision[]
  return {
    ...approval,
    decisions,
    waiting_for: open ? deciders.map(({ personId, name, login }) => ({ id: personId, name, login })) : [],
    may_decide: open && decides,
    can: moves.filter((decision) => (decision === 'withdraw' ? own : decides)),
  }
}

/** People an approval may be handed over to now, among those with one of the roles that may decide at all. */
export async function listDelegates(ctx: Ctx, id: string, list: ListQuery, decidingRoles: string[]) {
  const approval = found(await rows(ctx).where('a.id', '=', id).executeTakeFirst(), 'approval')
  let query = delegatesOf(ctx, approval)
    .where(sql<boolean>`m.roles && ${decidingRoles}::text[]`)
    .select(['m.person_id as id', 'm.name', 'm.login'])
  if (list.q) query = query.where(sql<string>`lower(m.name || ' ' || m.login)`, 'like', containing(list.q))
  return page(ctx.db, query, list, { name: 'm.name' }, 'name', 'm.person_id')
}

/** Each kind of subject with its active rule, and how many people hold each of the roles that may decide. */
export async function listApprovalRules(
  ctx: Ctx,
  kinds: readonly ApprovalKind[],
  decidingRoles: readonly string[],
) {
  const rules = await ctx.db
    .selectFrom('approval_rules')
    .where('company_id', '=', ctx.companyId)
    .where('active', '=', true)
    .select(['id', 'subject_kind', 'name', 'steps'])
    .execute()
  const holders = await sql<{ role: string; people: number }>`
    select role, count(m.person_id)::int as people
    from unnest(${decidingRoles}::text[]) with ordinality as deciding (role, place)
    left join company_people m on m.company_id = ${ctx.companyId} and m.disabled_at is null and m.scope = 'company'
      and deciding.role = any (m.roles)
    group by role, place order by place`.execute(ctx.db)
  const rows = kinds.map(({ kind, optional }) => {
    const rule = rules.find(({ subject_kind }) => subject_kind === kind)
    return {
      subject_kind: kind,
      optional,
      rule: rule ? { id: rule.id, name: rule.name, steps: rule.steps } : null,
    }
  })
  return { rows, roles: holders.rows }
}
