import { sql } from 'kysely'
import type { Ctx } from '../ctx.ts'
import { page } from '../lists.ts'
import type { ListQuery } from '../shapes.ts'

function rows(ctx: Ctx) {
  return ctx.db
    .selectFrom('audit as a')
    .leftJoin('people as p', 'p.id', 'a.person_id')
    .where('a.company_id', '=', ctx.companyId)
    .select([
      'a.id',
      'a.happened_at',
      'a.person_id',
      'p.name as person_name',
      'a.deed',
      'a.subject_kind',
      'a.subject_id',
      'a.old_value',
      'a.new_value',
      'a.reason',
      'a.request_id',
    ])
}

/** The audit trail of the company, newest first. `happened_from` and `happened_to` are days of the company's time zone. */
export async function listAudit(
  ctx: Ctx,
  list: ListQuery & {
    subject_kind?: string | undefined
    subject_id?: string | undefined
    person_id?: string | undefined
    deed?: string | undefined
    happened_from?: string | undefined
    happened_to?: string | undefined
  },
) {
  let query = rows(ctx)
  if (list.subject_kind) query = query.where('a.subject_kind', '=', list.subject_kind)
  if (list.subject_id) query = query.where('a.subject_id', '=', list.subject_id)
  if (list.person_id) query = query.where('a.person_id', '=', list.person_id)
  if (list.deed) query = query.where('a.deed', '=', list.deed)
  if (list.happened_from) query = query.where('a.happened_at', '>=', startOfDay(ctx, list.happened_from, 0))
  if (list.happened_to) query = query.where('a.happened_at', '<', startOfDay(ctx, list.happened_to, 1))
  return page(ctx.db, query, list, { happened_at: 'a.id' }, '-happened_at', 'a.id')
}

/**
 * What was done to a subject, newest first, for the timeline of its page; at most 200 deeds. Readers without the
 * whole company's eyes get nothing.
 */
export async function historyOf(ctx: Ctx, subjectKind: string, subjectId: string) {
  return rows(ctx)
    .where('a.subject_kind', '=', subjectKind)
    .where('a.subject_id', '=', subjectId)
    .orderBy('a.id', 'desc')
    .limit(200)
    .execute()
}

function startOfDay(ctx: Ctx, day: string, later: number) {
  return sql<Date>`(select (${day}::date + ${later}::int)::timestamp at time zone c.time_zone
    from companies c where c.id = ${ctx.companyId})`
}
