import { sql } from 'kysely'
import type { Ctx } from '#platform/ctx.ts'
import type { InstitutionKind } from './shapes.ts'
import './tables.ts'

// Door for neighbours. The tables of master data may also be read in SQL by everyone. Event published on every change:
// 'masterdata.changed' with { kind, id, deed }; for an import, id is the import's and deed 'import' or 'undo-import'.

export { openBatch } from './batches/open-batch.ts'
export { monthDaysOf, workdayAfter, workdaysBetween } from './calendars/calendar-queries.ts'
export { exportList, localeOf } from './export-list.ts'
export { applyPlan } from './imports/apply-plan.ts'
export type { PlannedRow } from './imports/planned-row.ts'
export type { Sheet } from './imports/sheet.ts'
export { registerSheet } from './imports/sheets.ts'
export { undoImport } from './imports/undo-import.ts'
export { createInstitution } from './institutions/create-institution.ts'
export { type LikeInstitution, likeInstitutions } from './institutions/like-institutions.ts'
export { resolveInstitution } from './institutions/resolve-institution.ts'
export { retireUnusedInstitution } from './institutions/retire-unused-institution.ts'
export { pinyinKey, searchText } from './search-text.ts'

/** An institution as the matching index wants it. */
export interface MasterInstitution {
  id: string
  code: string
  name: string
  aliases: string[]
  province: string | null
  city: string | null
  county: string | null
  kind: InstitutionKind
  level: string | null
}

/** A product as the matching index wants it; `units`: one `unit` is `factor` base units, a decimal string. */
export interface MasterProduct {
  id: string
  code: string
  name: string
  generic_name: string
  aliases: string[]
  spec: string
  manufacturer: string
  /** The base unit. */
  unit: string
  base_unit: string
  units: { unit: string; factor: string }[]
  product_group: string | null
}

/**
 * All active institutions of the company. Merged rows are left out: their names are aliases of their survivors.
 * 27,000 rows take about 0.15 s.
 */
export async function listInstitutionEntries(ctx: Ctx): Promise<MasterInstitution[]> {
  return ctx.db
    .selectFrom('institutions')
    .where('company_id', '=', ctx.companyId)
    .where('state', '=', 'active')
    .select(['id', 'code', 'name', 'aliases', 'province', 'city', 'county', 'kind', 'level'])
    .orderBy('id')
    .execute()
}

/** All active products of the company with their unit ladders. */
export async function listProductEntries(ctx: Ctx): Promise<MasterProduct[]> {
  const { rows } = await sql<MasterProduct>`
    select p.id, p.code, p.name, p.generic_name, p.aliases, p.spec, p.manufacturer, p.base_unit as unit, p.base_unit,
      p.product_group, coalesce(u.units, '[]') as units
    from products p
    left join (
      select product_id, jsonb_agg(jsonb_build_object('unit', unit, 'factor', trim_scale(factor)::text) order by factor) as units
      from product_units where company_id = ${ctx.companyId} group by product_id
    ) u on u.product_id = p.id
    where p.company_id = ${ctx.companyId} and p.state = 'active' order by p.id`.execute(ctx.db)
  return rows
}

/** Changes whenever an institution is created, changed, merged, retired, imported or removed. */
export async function institutionsVersion(ctx: Ctx): Promise<string> {
  const { rows } = await sql<{ stamp: string }>`
    select count(*) || ' ' || coalesce(extract(epoch from max(changed_at))::text, '') as stamp
    from institutions where company_id = ${ctx.companyId}`.execute(ctx.db)
  return rows[0]?.stamp ?? ''
}

/** Changes whenever an institution or a product changes: what an index over both masters is kept under. */
export async function masterStamp(ctx: Ctx): Promise<string> {
  const { rows } = await sql<{ stamp: string }>`
    select count(*) || ' ' || coalesce(extract(epoch from max(changed_at))::text, '') as stamp
    from products where company_id = ${ctx.companyId}`.execute(ctx.db)
  return `${await institutionsVersion(ctx)} ${rows[0]?.stamp ?? ''}`
}

/** One territory of the company as it stood in a month. */
export interface TerritoryOfMonth {
  id: string
  code: string
  name: string
  level: string
  parent_id: string | null
  /** People on its posts on the month's last day, managers first. */
  holders: string[]
}

/** Territories with the people who held their posts at the end of the month ('YYYY-MM'). Retired ones are included. */
export async function territoriesOf(ctx: Ctx, month: string): Promise<TerritoryOfMonth[]> {
  const { rows } = await sql<TerritoryOfMonth>`
    with at as (select (${`${month}-01`}::date + interval '1 month - 1 day')::date as day)
    select t.id, t.code, t.name, t.level, t.parent_id, coalesce((
      select array_agg(h.person_name order by p.is_manager desc, h.valid_from)
      from posts p join post_holders h on h.company_id = p.company_id and h.post_id = p.id
      where p.company_id = t.company_id and p.territory_id = t.id
        and h.valid_from <= at.day and (h.valid_to is null or h.valid_to >= at.day)), '{}') as holders
    from territories t, at where t.company_id = ${ctx.companyId} order by t.code`.execute(ctx.db)
  return rows
}

/** Institution × product group ('*' = all groups) → territory, valid on some day of the month. */
export interface Ownership {
  institution_id: string
  product_group: string
  territory_id: string
  valid_from: string
  valid_to: string | null
}

/**
 * Every relation that is valid on some day of the month ('YYYY-MM'). On a day, the relation of the product's own group
 * goes before the one for '*'; in SQL, `institution_owner(company, institution, group, day)` answers the same.
 */
export async function ownershipOf(ctx: Ctx, month: string): Promise<Ownership[]> {
  const { rows } = await sql<Ownership>`
    select institution_id, product_group, territory_id, valid_from, valid_to from territory_institutions
    where company_id = ${ctx.companyId} and valid_from < (${`${month}-01`}::date + interval '1 month')
      and (valid_to is null or valid_to >= ${`${month}-01`}::date)
    order by institution_id, product_group, valid_from`.execute(ctx.db)
  return rows
}
