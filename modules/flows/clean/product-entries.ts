import { sql } from 'kysely'
import type { MasterProduct } from '#modules/masterdata/public.ts'
import type { Ctx } from '#platform/ctx.ts'

/** Given products with their unit ladders, retired ones too: what was sold of them before still counts. */
export async function productEntries(ctx: Ctx, ids: readonly string[]): Promise<Map<string, MasterProduct>> {
  if (ids.length === 0) return new Map()
  const { rows } = await sql<MasterProduct>`
    select p.id, p.code, p.name, p.generic_name, p.aliases, p.spec, p.manufacturer, p.base_unit as unit, p.base_unit,
      p.product_group, coalesce((
        select jsonb_agg(jsonb_build_object('unit', u.unit, 'factor', trim_scale(u.factor)::text) order by u.factor)
        from product_units u where u.company_id = p.company_id and u.product_id = p.id), '[]') as units
    from products p where p.company_id = ${ctx.companyId} and p.id = any(${ids as string[]}::uuid[])`.execute(
    ctx.db,
  )
  return new Map(rows.map((row) => [row.id, row]))
}
