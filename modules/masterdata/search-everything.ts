import { sql } from 'kysely'
import type { Ctx } from '#platform/ctx.ts'
import { matches } from './list-filters.ts'

const EACH = 5

interface Found {
  kind: string
  title: string
  subtitle: string | null
  href: string
}

/** What the search box of the frame finds: a few of each kind, names that begin with the text first. */
export async function searchEverything(ctx: Ctx, q: string): Promise<{ rows: Found[] }> {
  const where = matches('search_text', q)
  if (where.length === 0) return { rows: [] }
  const all = sql.join(where, sql` and `)
  const begins = `${q
    .trim()
    .toLowerCase()
    .replace(/[\\%_]/g, (mark) => `\\${mark}`)}%`
  const of = (kind: string, table: string, subtitle: ReturnType<typeof sql>, state: ReturnType<typeof sql>) =>
    sql<Found>`(select ${kind} as kind, name as title, ${subtitle} as subtitle,
      ${`/${table}/`} || id as href
      from ${sql.table(table)} where company_id = ${ctx.companyId} and ${state} and ${all}
      order by search_text not like ${begins}, length(name), code limit ${EACH})`
  const { rows } = await sql<Found>`
    ${of('institution', 'institutions', sql`concat_ws(' · ', code, province, city)`, sql`state <> 'merged'`)}
    union all ${of('product', 'products', sql`concat_ws(' · ', code, spec)`, sql`true`)}
    union all ${of('distributor', 'distributors', sql`concat_ws(' · ', code, province, city)`, sql`true`)}
    union all ${of('territory', 'territories', sql`code`, sql`true`)}`.execute(ctx.db)
  return { rows }
}
