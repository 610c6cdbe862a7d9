import { sql } from 'kysely'
import type { Ctx } from '#platform/ctx.ts'

/** An institution as matching needs it. */
export interface InstitutionMasterEntry {
  id: string
  name: string
  aliases: string[]
  province: string | null
  city: string | null
  county: string | null
  kind: string
  level: string | null
}

/** A product as matching and unit conversion need it; one `unit` of `units` is `factor` base units. */
export interface ProductMasterEntry {
  id: string
  code: string
  name: string
  generic_name: string
  aliases: string[]
  spec: string
  manufacturer: string
  unit: string
  units: { unit: string; factor: string }[]
  product_group: string | null
}

/** All active institutions, and the names of merged ones as aliases of what they were merged into. */
export async function listInstitutionEntries(ctx: Ctx): Promise<InstitutionMasterEntry[]> {
  const { rows } = await sql<InstitutionMasterEntry>`
    select i.id, i.name, i.aliases || coalesce(m.names, '{}') as aliases, i.province, i.city, i.county, i.kind, i.level
    from institutions i
    left join (
      select merged_into, array_agg(name) as names from institutions
      where company_id = ${ctx.companyId} and state = 'merged' group by merged_into
    ) m on m.merged_into = i.id
    where i.company_id = ${ctx.companyId} and i.state = 'active' order by i.id`.execute(ctx.db)
  return rows
}

/** All active products with their unit ladders. */
export async function listProductEntries(ctx: Ctx): Promise<ProductMasterEntry[]> {
  const { rows } = await sql<ProductMasterEntry>`
    select p.id, p.code, p.name, p.generic_name, p.aliases, p.spec, p.manufacturer, p.base_unit as unit, p.product_group,
      coalesce((select jsonb_agg(jsonb_build_object('unit', u.unit, 'factor', trim_scale(u.factor)::text) order by u.factor)
        from product_units u where u.company_id = p.company_id and u.product_id = p.id), '[]') as units
    from products p where p.company_id = ${ctx.companyId} and p.state = 'active' order by p.id`.execute(
    ctx.db,
  )
  return rows
}

/** Changes whenever institutions or products change: cheap to ask, so that an index is built again only when needed. */
export async function masterStamp(ctx: Ctx): Promise<string> {
  const { rows } = await sql<{ stamp: string }>`
    select concat_ws('/', (select count(*) || ' ' || max(changed_at) || ' ' || sum(version) from institutions where company_id = ${ctx.companyId}),
      (select count(*) || ' ' || max(changed_at) || ' ' || sum(version) from products where company_id = ${ctx.companyId})) as stamp`.execute(
    ctx.db,
  )
  return rows[0]?.stamp ?? ''
}
