import { sql } from 'kysely'
import { found } from '#kit/refusal.ts'
import type { Ctx } from '../ctx.ts'
import { containing, page } from '../lists.ts'
import type { ListQuery } from '../shapes.ts'

function rows(ctx: Ctx) {
  return ctx.db
    .selectFrom('company_people as m')
    .where('m.company_id', '=', ctx.companyId)
    .select([
      'm.person_id',
      'm.login',
      'm.name',
      'm.email',
      sql<'zh-CN' | 'en'>`m.locale`.as('locale'),
      'm.roles',
      'm.scope',
      'm.distributor_id',
      sql<string | null>`(select d.name from distributors d
        where d.company_id = m.company_id and d.id = m.distributor_id)`.as('distributor_name'),
      'm.disabled_at',
      'm.created_at',
    ])
}

/** The people of the company with their place in it. */
export function listPeople(
  ctx: Ctx,
  list: ListQuery & { role?: string | undefined; disabled?: boolean | undefined },
) {
  let query = rows(ctx)
  if (list.role) query = query.where(sql<boolean>`${list.role} = any (m.roles)`)
  if (list.disabled !== undefined) {
    query = query.where('m.disabled_at', list.disabled ? 'is not' : 'is', null)
  }
  if (list.q) {
    query = query.where(
      sql<string>`lower(m.name || ' ' || m.login || ' ' || coalesce(m.email, ''))`,
      'like',
      containing(list.q),
    )
  }
  return page(
    ctx.db,
    query,
    list,
    { name: 'm.name', login: 'm.login', created_at: 'm.created_at' },
    'login',
    'm.person_id',
  )
}

export async function loadPerson(ctx: Ctx, personId: string) {
  return found(await rows(ctx).where('m.person_id', '=', personId).executeTakeFirst(), 'person')
}
