import { sql } from 'kysely'
import { normaliseInstitutionName } from '#engines/matching/public.ts'
import type { KnownNames } from '#engines/reading/public.ts'
import type { Ctx } from '#platform/ctx.ts'

/** New names help the next file, not this one: a company's masters are looked through at most this often. */
const FRESH_MS = 10 * 60_000
const COMPANIES_KEPT = 4

interface Kept {
  loaded_at: number
  customers: ReadonlySet<string>
  products: ReadonlySet<string>
}
const kept = new Map<string, Kept>()

/**
 * The names that a page may hold: institutions and distributors with their aliases, products, and the texts of this
 * distributor that people confirmed. They mend and prove what OCR read. Masters are kept for ten minutes a company.
 */
export async function knownNames(ctx: Ctx, distributorId: string): Promise<KnownNames> {
  const masters = await mastersOf(ctx)
  const { rows } = await sql<{ kind: string; text: string }>`select kind, raw_text as text from flow_names
    where company_id = ${ctx.companyId} and distributor_id = ${distributorId} and state = 'confirmed'`.execute(
    ctx.db,
  )
  const seen = (kind: string) =>
    new Set(rows.filter((row) => row.kind === kind).map((row) => asKey(kind, row.text)))
  const [customers, products] = [seen('customer'), seen('product')]
  return {
    customer: (text) => {
      const key = asKey('customer', text)
      return key !== '' && (masters.customers.has(key) || customers.has(key))
    },
    product: (text) => {
      const key = asKey('product', text)
      return key !== '' && (masters.products.has(key) || products.has(key))
    },
  }
}

async function mastersOf(ctx: Ctx): Promise<Kept> {
  const known = kept.get(ctx.companyId)
  if (known && ctx.now.getTime() - known.loaded_at < FRESH_MS) return known
  const customers = await sql<{ name: string }>`
    select unnest(name || aliases) as name from institutions where company_id = ${ctx.companyId} and state = 'active'
    union all select name from distributors where company_id = ${ctx.companyId}`.execute(ctx.db)
  const products = await sql<{ name: string }>`
    select unnest(array[name, generic_name] || aliases) as name from products
    where company_id = ${ctx.companyId} and state = 'active'`.execute(ctx.db)
  const fresh = {
    loaded_at: ctx.now.getTime(),
    customers: new Set(customers.rows.map((row) => asKey('customer', row.name))),
    products: new Set(products.rows.map((row) => asKey('product', row.name))),
  }
  kept.delete(ctx.companyId)
  kept.set(ctx.companyId, fresh)
  if (kept.size > COMPANIES_KEPT) kept.delete(kept.keys().next().value ?? '')
  return fresh
}

function asKey(kind: string, text: string): string {
  if (kind === 'customer') return normaliseInstitutionName(text)
  return text.normalize('NFKC').replace(/\s+/g, '').toLowerCase()
}
