import { type SelectQueryBuilder, sql } from 'kysely'
import { z } from 'zod'
import type { Ctx } from '#platform/ctx.ts'
import type { Tables } from '#platform/db.ts'
import { listQuery } from '#platform/shapes.ts'
import { isoMoment, manyOf, matches, tagsOf } from '../list-filters.ts'
import type { InstitutionKind, InstitutionState } from '../shapes.ts'

export const institutionList = listQuery.extend({
  province: manyOf,
  city: z.string().max(60).optional(),
  kind: manyOf,
  level: manyOf,
  segment: manyOf,
  tag: manyOf,
  state: manyOf,
  parent_id: z.uuid().optional(),
})
export type InstitutionFilter = Partial<z.output<typeof institutionList>>

export const institutionSorts = {
  name: 'i.pinyin',
  code: 'i.code',
  level: 'i.level',
  segment: 'i.segment',
  province: 'i.province',
  city: 'i.city',
  changed_at: 'i.changed_at',
}

/** Institutions the filter finds. Merged ones are only shown when asked for: they are names of their survivors. */
export function selectInstitutions(ctx: Ctx, filter: InstitutionFilter) {
  return narrowed(ctx, filter).select([
    'i.id',
    'i.code',
    'i.name',
    'i.aliases',
    'i.tags',
    'i.kind',
    'i.category',
    'i.level',
    'i.segment',
    'i.province',
    'i.city',
    'i.county',
    'i.region_code',
    'i.address',
    'i.tax_id',
    'i.parent_id',
    'i.state',
    'i.merged_into',
    'i.version',
    isoMoment('i.changed_at').as('changed_at'),
    sql<string | null>`(select p.name from institutions p
      where p.company_id = i.company_id and p.id = i.parent_id)`.as('parent_name'),
  ])
}

/** The same rows with what only a file needs. */
export function selectInstitutionsForExport(ctx: Ctx, filter: InstitutionFilter) {
  return selectInstitutions(ctx, filter).select(
    sql<string | null>`(select p.code from institutions p
      where p.company_id = i.company_id and p.id = i.parent_id)`.as('parent_code'),
  )
}

type Narrowed = SelectQueryBuilder<Tables & { i: Tables['institutions'] }, 'i', unknown>

export function narrowed(ctx: Ctx, filter: InstitutionFilter): Narrowed {
  let query: Narrowed = ctx.db.selectFrom('institutions as i').where('i.company_id', '=', ctx.companyId)
  if (filter.province?.length) query = query.where('i.province', 'in', filter.province)
  if (filter.city) query = query.where('i.city', '=', filter.city)
  if (filter.kind?.length) query = query.where('i.kind', 'in', filter.kind as InstitutionKind[])
  if (filter.level?.length) query = query.where('i.level', 'in', filter.level)
  if (filter.segment?.length) query = query.where('i.segment', 'in', filter.segment)
  for (const tagged of tagsOf('i.tags', filter.tag)) query = query.where(tagged)
  if (filter.parent_id) query = query.where('i.parent_id', '=', filter.parent_id)
  query = filter.state?.length
    ? query.where('i.state', 'in', filter.state as InstitutionState[])
    : query.where('i.state', '<>', 'merged')
  for (const match of matches('i.search_text', filter.q)) query = query.where(match)
  return query
}
