import { sql } from 'kysely'
import {
  buildInstitutionIndex,
  buildProductIndex,
  type InstitutionEntry,
  type InstitutionIndex,
  type ProductIndex,
} from '#engines/matching/public.ts'
import { listProductEntries, type MasterProduct, masterStamp } from '#modules/masterdata/public.ts'
import type { Ctx } from '#platform/ctx.ts'

/** The company's masters, ready to be matched against. */
export interface MatchIndex {
  stamp: string
  institutions: InstitutionIndex
  products: ProductIndex
  productById: ReadonlyMap<string, MasterProduct>
}

type Row = InstitutionEntry & { state: string }
interface Kept extends MatchIndex {
  /** The newest change among the institutions that are in. */
  changed_at: string
}

const kept = new Map<string, Kept>()
const MAX_KEPT = 8
/** One at a time for a company: what is kept is changed in place. */
const turns = new Map<string, Promise<unknown>>()

/** The index of the company. What changed in the masters since it was last asked for is worked in; it is built once. */
export function matchIndex(ctx: Ctx): Promise<MatchIndex> {
  const before = turns.get(ctx.companyId) ?? Promise.resolve()
  const turn = before.catch(() => {}).then(() => indexOf(ctx))
  turns.set(ctx.companyId, turn)
  return turn
}

async function indexOf(ctx: Ctx): Promise<MatchIndex> {
  const stamp = await masterStamp(ctx)
  const known = kept.get(ctx.companyId)
  if (known?.stamp === stamp) return known
  const products = await listProductEntries(ctx)
  const fresh = {
    stamp,
    changed_at: await newestChange(ctx),
    institutions: (known && (await withChanges(ctx, known))) ?? buildInstitutionIndex(await allEntries(ctx)),
    products: buildProductIndex(products),
    productById: new Map(products.map((one) => [one.id, one])),
  }
  kept.delete(ctx.companyId)
  kept.set(ctx.companyId, fresh)
  if (kept.size > MAX_KEPT) kept.delete(kept.keys().next().value ?? '')
  return fresh
}

/** Changes are dated when their transaction began: one that took long is dated before others that were seen already. */
const MARGIN = '15 minutes'
/** More changes than this (an import) cost more one by one than a new index. */
const MOST_CHANGES = 5_000

const COLUMNS = sql`id, name, aliases, province, city, county, kind as type, level, tax_id, state`

/** The kept index with what changed since; null when that cannot be told, or is too much. */
async function withChanges(ctx: Ctx, known: Kept): Promise<InstitutionIndex | null> {
  const { institutions } = known
  const { rows } = await sql<Row>`select ${COLUMNS} from institutions
    where company_id = ${ctx.companyId} and changed_at > ${known.changed_at}::timestamptz - ${MARGIN}::interval
    limit ${MOST_CHANGES + 1}`.execute(ctx.db)
  if (rows.length > MOST_CHANGES) return null
  for (const { state, ...entry } of rows) {
    if (state === 'active') institutions.add(entry)
    else if (institutions.has(entry.id)) institutions.retire(entry.id)
  }
  const { rows: counted } = await sql<{ active: number }>`select count(*)::int as active from institutions
    where company_id = ${ctx.companyId} and state = 'active'`.execute(ctx.db)
  // Rows that were deleted (an import that was undone) leave no trace but the number.
  return counted[0]?.active === institutions.size ? institutions : null
}

async function newestChange(ctx: Ctx): Promise<string> {
  const { rows } = await sql<{ at: string }>`select coalesce(max(changed_at), '-infinity')::text as at
    from institutions where company_id = ${ctx.companyId}`.execute(ctx.db)
  return rows[0]?.at ?? '-infinity'
}

/** Active ones; the names of merged ones are aliases of their survivors. */
async function allEntries(ctx: Ctx): Promise<InstitutionEntry[]> {
  const { rows } = await sql<Row>`select ${COLUMNS} from institutions
    where company_id = ${ctx.companyId} and state = 'active' order by id`.execute(ctx.db)
  return rows
}
