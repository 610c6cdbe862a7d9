import { sql } from 'kysely'
import { z } from 'zod'
import type { Ctx } from '#platform/ctx.ts'
import { listQuery } from '#platform/shapes.ts'
import { isoMoment, manyOf, matches, tagsOf } from '../list-filters.ts'
import type { DistributorState, DistributorTier } from '../shapes.ts'

export const distributorList = listQuery.extend({
  province: manyOf,
  tier: manyOf,
  state: manyOf,
  tag: manyOf,
  flow_owner: z.string().max(60).optional(),
})

export const distributorSorts = {
  name: 'd.pinyin',
  code: 'd.code',
  province: 'd.province',
  tier: 'd.tier',
  flow_owner: 'd.flow_owner',
  changed_at: 'd.changed_at',
}

export function selectDistributors(ctx: Ctx, filter: Partial<z.output<typeof distributorList>>) {
  let query = ctx.db.selectFrom('distributors as d').where('d.company_id', '=', ctx.companyId)
  if (filter.province?.length) query = query.where('d.province', 'in', filter.province)
  if (filter.tier?.length) query = query.where('d.tier', 'in', filter.tier as DistributorTier[])
  if (filter.state?.length) query = query.where('d.state', 'in', filter.state as DistributorState[])
  if (filter.flow_owner) query = query.where('d.flow_owner', '=', filter.flow_owner)
  for (const tagged of tagsOf('d.tags', filter.tag)) query = query.where(tagged)
  for (const match of matches('d.search_text', filter.q)) query = query.where(match)
  // Whom to call there is for those who deal with the distributor; a rep needs to know through whom they sell.
  const person = (column: 'd.contact_name' | 'd.contact_phone') =>
    ctx.scope.kind === 'territory' ? sql<string | null>`null::text` : sql<string | null>`${sql.ref(column)}`
  return query.select([
    'd.id',
    'd.code',
    'd.name',
    'd.short_name',
    'd.aliases',
    'd.tags',
    'd.tier',
    'd.province',
    'd.city',
    'd.tax_id',
    person('d.contact_name').as('contact_name'),
    person('d.contact_phone').as('contact_phone'),
    'd.flow_owner',
    'd.state',
    'd.version',
    isoMoment('d.changed_at').as('changed_at'),
  ])
}
