import { sql } from 'kysely'
import { z } from 'zod'
import type { Ctx } from '#platform/ctx.ts'
import { listQuery } from '#platform/shapes.ts'
import { manyOf, matches } from '../list-filters.ts'
import type { PriceKind } from '../shapes.ts'

export const priceList = listQuery.extend({
  product_id: z.uuid().optional(),
  distributor_id: z.uuid().optional(),
  kind: manyOf,
  province: manyOf,
  on_day: z.iso.date().optional(),
})

export const priceSorts = {
  product_name: 'p.pinyin',
  product_code: 'p.code',
  price: 'v.price',
  province: 'v.province',
  valid_from: 'v.valid_from',
}

export function selectPrices(ctx: Ctx, filter: Partial<z.output<typeof priceList>>) {
  let query = ctx.db
    .selectFrom('prices as v')
    .innerJoin('products as p', (join) =>
      join.onRef('p.company_id', '=', 'v.company_id').onRef('p.id', '=', 'v.product_id'),
    )
    .leftJoin('distributors as d', (join) =>
      join.onRef('d.company_id', '=', 'v.company_id').onRef('d.id', '=', 'v.distributor_id'),
    )
    .where('v.company_id', '=', ctx.companyId)
  if (filter.product_id) query = query.where('v.product_id', '=', filter.product_id)
  if (filter.distributor_id) query = query.where('v.distributor_id', '=', filter.distributor_id)
  if (filter.kind?.length) query = query.where('v.kind', 'in', filter.kind as PriceKind[])
  if (filter.province?.length) query = query.where('v.province', 'in', filter.province)
  if (filter.on_day)
    query = query.where(
      sql<boolean>`v.valid_from <= ${filter.on_day}::date and (v.valid_to is null or v.valid_to >= ${filter.on_day}::date)`,
    )
  for (const match of matches('p.search_text', filter.q)) query = query.where(match)
  return query.select([
    'v.id',
    'v.product_id',
    'p.code as product_code',
    'p.name as product_name',
    'p.spec as product_spec',
    'v.kind',
    'v.province',
    'v.distributor_id',
    'd.code as distributor_code',
    'd.name as distributor_name',
    'v.unit',
    sql<string>`trim_scale(v.price)::text`.as('price'),
    'v.valid_from',
    'v.valid_to',
    'v.version',
  ])
}
