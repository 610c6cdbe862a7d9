import { sql } from 'kysely'
import type { z } from 'zod'
import type { Ctx } from '#platform/ctx.ts'
import { listQuery } from '#platform/shapes.ts'
import { isoMoment, manyOf, matches, tagsOf } from '../list-filters.ts'
import type { DeviceClass, RowState } from '../shapes.ts'

export const productList = listQuery.extend({
  product_group: manyOf,
  device_class: manyOf,
  state: manyOf,
  tag: manyOf,
})

export const productSorts = {
  name: 'p.pinyin',
  code: 'p.code',
  product_group: 'p.product_group',
  approval_expires_on: 'p.approval_expires_on',
  changed_at: 'p.changed_at',
}

/** Products the filter finds, each with its unit ladder. */
export function selectProducts(ctx: Ctx, filter: Partial<z.output<typeof productList>>) {
  let query = ctx.db.selectFrom('products as p').where('p.company_id', '=', ctx.companyId)
  if (filter.product_group?.length) query = query.where('p.product_group', 'in', filter.product_group)
  if (filter.device_class?.length)
    query = query.where('p.device_class', 'in', filter.device_class as DeviceClass[])
  if (filter.state?.length) query = query.where('p.state', 'in', filter.state as RowState[])
  for (const tagged of tagsOf('p.tags', filter.tag)) query = query.where(tagged)
  for (const match of matches('p.search_text', filter.q)) query = query.where(match)
  return query.select([
    'p.id',
    'p.code',
    'p.name',
    'p.generic_name',
    'p.aliases',
    'p.tags',
    'p.spec',
    'p.manufacturer',
    'p.base_unit',
    'p.product_group',
    'p.device_class',
    'p.approval_no',
    'p.approval_expires_on',
    'p.udi_di',
    'p.state',
    'p.version',
    isoMoment('p.changed_at').as('changed_at'),
    unitsOf('p'),
  ])
}

/** The unit ladder of a product row as JSON, smallest unit first; factors are decimal text. */
export function unitsOf(alias: string) {
  return sql<{ unit: string; factor: string }[]>`coalesce((
    select jsonb_agg(jsonb_build_object('unit', u.unit, 'factor', trim_scale(u.factor)::text) order by u.factor, u.unit)
    from product_units u
    where u.company_id = ${sql.ref(`${alias}.company_id`)} and u.product_id = ${sql.ref(`${alias}.id`)}), '[]')`.as(
    'units',
  )
}
