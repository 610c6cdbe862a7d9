import { sql } from 'kysely'
import type { Ctx } from '#platform/ctx.ts'
import { KEEP_PLAN } from '#platform/db.ts'

/** Who owns an institution's sales of a product group on a day. */
export interface Owners {
  load(institutionIds: readonly string[]): Promise<void>
  /** The territory, or null when nobody owns it. The group's own relation goes before the one for all groups ('*'). */
  of(institutionId: string | null, productGroup: string | null): string | null
}

/** Opens the relations of a day; each institution is looked up once. */
export function openOwners(ctx: Ctx, day: string): Owners {
  const seen = new Set<string>()
  const territories = new Map<string, Map<string, string>>()
  return {
    async load(institutionIds) {
      const fresh = [...new Set(institutionIds)].filter((id) => !seen.has(id))
      if (fresh.length === 0) return
      for (const id of fresh) seen.add(id)
      const rows = await sql<{
        institution_id: string
        product_group: string
        territory_id: string
      }>`${KEEP_PLAN}
        select institution_id, product_group, territory_id from territory_institutions
        where company_id = ${ctx.companyId} and institution_id = any(${fresh}::uuid[])
          and valid_from <= ${day}::date and coalesce(valid_to, 'infinity') >= ${day}::date
        order by valid_from`.execute(ctx.db)
      for (const row of rows.rows) {
        const groups = territories.get(row.institution_id) ?? new Map<string, string>()
        territories.set(row.institution_id, groups.set(row.product_group, row.territory_id))
      }
    },
    of(institutionId, productGroup) {
      if (institutionId === null) return null
      const groups = territories.get(institutionId)
      return groups?.get(productGroup ?? '') ?? groups?.get('*') ?? null
    },
  }
}
