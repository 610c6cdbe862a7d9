import { sql } from 'kysely'
import { z } from 'zod'
import type { Ctx } from '#platform/ctx.ts'
import { listQuery } from '#platform/shapes.ts'
import { manyOf, matches } from '../list-filters.ts'
import { folded } from '../search-text.ts'
import type { RowState, TerritoryLevel } from '../shapes.ts'

export const territoryList = listQuery.extend({
  level: manyOf,
  state: manyOf,
  parent_id: z.uuid().optional(),
})
export const territorySorts = { name: 't.name', code: 't.code', level: 't.level' }

/** Territories with the people on their posts and what they own today, territories below included. */
export function selectTerritories(ctx: Ctx, filter: Partial<z.output<typeof territoryList>>) {
  let query = ctx.db.selectFrom('territories as t').where('t.company_id', '=', ctx.companyId)
  if (filter.level?.length) query = query.where('t.level', 'in', filter.level as TerritoryLevel[])
  if (filter.state?.length) query = query.where('t.state', 'in', filter.state as RowState[])
  if (filter.parent_id) query = query.where('t.parent_id', '=', filter.parent_id)
  for (const match of matches('t.search_text', filter.q)) query = query.where(match)
  return query.select([
    't.id',
    't.code',
    't.name',
    't.search_text',
    't.level',
    't.parent_id',
    't.state',
    't.version',
    sql<string | null>`(select u.name from territories u
      where u.company_id = t.company_id and u.id = t.parent_id)`.as('parent_name'),
    sql<string | null>`(select u.code from territories u
      where u.company_id = t.company_id and u.id = t.parent_id)`.as('parent_code'),
    sql<number>`(
      select count(distinct r.institution_id)::int from territory_institutions r
      where r.company_id = t.company_id and r.territory_id = any(array(
          with recursive below as (
            select t.id
            union select c.id from territories c join below b on c.parent_id = b.id where c.company_id = t.company_id
          ) select id from below))
        and r.valid_from <= current_date and (r.valid_to is null or r.valid_to >= current_date))`.as(
      'institution_count',
    ),
    sql<string[]>`coalesce((
      select array_agg(h.person_name order by p.is_manager desc, h.valid_from)
      from posts p join post_holders h on h.company_id = p.company_id and h.post_id = p.id
      where p.company_id = t.company_id and p.territory_id = t.id
        and h.valid_from <= current_date and (h.valid_to is null or h.valid_to >= current_date)), '{}')`.as(
      'holders',
    ),
  ])
}

export const postList = listQuery.extend({
  territory_id: z.uuid().optional(),
  state: manyOf,
  vacant: z.enum(['yes']).optional(),
})
export const postSorts = { name: 'p.name', code: 'p.code', territory_name: 't.name', holder: 'h.person_name' }

/** Posts with who sits on them today. */
export function selectPosts(ctx: Ctx, filter: Partial<z.output<typeof postList>>) {
  let query = ctx.db
    .selectFrom('posts as p')
    .innerJoin('territories as t', (join) =>
      join.onRef('t.company_id', '=', 'p.company_id').onRef('t.id', '=', 'p.territory_id'),
    )
    .leftJoin('post_holders as h', (join) =>
      join
        .onRef('h.company_id', '=', 'p.company_id')
        .onRef('h.post_id', '=', 'p.id')
        .on(
          sql<boolean>`h.valid_from <= current_date and (h.valid_to is null or h.valid_to >= current_date)`,
        ),
    )
    .where('p.company_id', '=', ctx.companyId)
  if (filter.territory_id) query = query.where('p.territory_id', '=', filter.territory_id)
  if (filter.state?.length) query = query.where('p.state', 'in', filter.state as RowState[])
  if (filter.vacant) query = query.where('h.id', 'is', null).where('p.state', '=', 'active')
  for (const word of folded(filter.q ?? '').split(' '))
    if (word !== '')
      query = query.where(
        sql<boolean>`position(${word} in lower(p.code || ' ' || p.name || ' ' || coalesce(h.person_name, ''))) > 0`,
      )
  return query.select([
    'p.id',
    'p.code',
    'p.name',
    'p.territory_id',
    't.name as territory_name',
    't.code as territory_code',
    'p.is_manager',
    'p.state',
    'p.version',
    'h.person_name as holder',
    'h.valid_from as holder_since',
  ])
}

export const holderList = listQuery.extend({
  post_id: z.uuid().optional(),
  territory_id: z.uuid().optional(),
})
export const holderSorts = { person_name: 'h.person_name', valid_from: 'h.valid_from', post_name: 'p.name' }

/** Who sat on which post, and when. */
export function selectHolders(ctx: Ctx, filter: Partial<z.output<typeof holderList>>) {
  let query = ctx.db
    .selectFrom('post_holders as h')
    .innerJoin('posts as p', (join) =>
      join.onRef('p.company_id', '=', 'h.company_id').onRef('p.id', '=', 'h.post_id'),
    )
    .where('h.company_id', '=', ctx.companyId)
  if (filter.post_id) query = query.where('h.post_id', '=', filter.post_id)
  if (filter.territory_id) query = query.where('h.territory_id', '=', filter.territory_id)
  const q = folded(filter.q ?? '')
  if (q !== '') query = query.where(sql<boolean>`position(${q} in lower(h.person_name || ' ' || p.name)) > 0`)
  return query.select([
    'h.id',
    'h.post_id',
    'p.code as post_code',
    'p.name as post_name',
    'h.person_id',
    'h.person_name',
    'h.valid_from',
    'h.valid_to',
    'h.version',
  ])
}

export const relationList = listQuery.extend({
  /** Territories below it are included. */
  territory_id: z.uuid().optional(),
  institution_id: z.uuid().optional(),
  product_group: z.string().max(60).optional(),
  /** Only what is valid on this day. */
  on_day: z.iso.date().optional(),
})
export const relationSorts = {
  institution_name: 'i.pinyin',
  institution_code: 'i.code',
  product_group: 'r.product_group',
  territory_name: 't.name',
  valid_from: 'r.valid_from',
}

/** The three-way relation with the names on its three sides. */
export function selectRelations(ctx: Ctx, filter: Partial<z.output<typeof relationList>>) {
  let query = ctx.db
    .selectFrom('territory_institutions as r')
    .innerJoin('institutions as i', (join) =>
      join.onRef('i.company_id', '=', 'r.company_id').onRef('i.id', '=', 'r.institution_id'),
    )
    .innerJoin('territories as t', (join) =>
      join.onRef('t.company_id', '=', 'r.company_id').onRef('t.id', '=', 'r.territory_id'),
    )
    .where('r.company_id', '=', ctx.companyId)
  if (filter.territory_id)
    query = query.where(
      sql<boolean>`r.territory_id in (
        with recursive below as (
          select id from territories where company_id = ${ctx.companyId} and id = ${filter.territory_id}
          union select c.id from territories c join below b on c.parent_id = b.id
          where c.company_id = ${ctx.companyId}
        )
        select id from below)`,
    )
  if (filter.institution_id) query = query.where('r.institution_id', '=', filter.institution_id)
  if (filter.product_group) query = query.where('r.product_group', '=', filter.product_group)
  if (filter.on_day)
    query = query.where(
      sql<boolean>`r.valid_from <= ${filter.on_day}::date and (r.valid_to is null or r.valid_to >= ${filter.on_day}::date)`,
    )
  for (const match of matches('i.search_text', filter.q)) query = query.where(match)
  return query.select([
    'r.id',
    'r.institution_id',
    'i.code as institution_code',
    'i.name as institution_name',
    'i.province',
    'r.product_group',
    'r.territory_id',
    't.code as territory_code',
    't.name as territory_name',
    'r.valid_from',
    'r.valid_to',
    'r.version',
  ])
}
