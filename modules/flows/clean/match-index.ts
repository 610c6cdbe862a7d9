import {
  buildInstitutionIndex,
  buildProductIndex,
  type InstitutionIndex,
  type ProductIndex,
} from '#engines/matching/public.ts'
import {
  listInstitutionEntries,
  listProductEntries,
  type MasterProduct,
  masterStamp,
} from '#modules/masterdata/public.ts'
import type { Ctx } from '#platform/ctx.ts'

/** The company's masters, ready to be matched against. */
export interface MatchIndex {
  stamp: string
  institutions: InstitutionIndex
  products: ProductIndex
  productById: ReadonlyMap<string, MasterProduct>
}

const kept = new Map<string, MatchIndex>()
const MAX_KEPT = 8

/** The index of the company, built again only when its masters have changed. */
export async function matchIndex(ctx: Ctx): Promise<MatchIndex> {
  const stamp = await masterStamp(ctx)
  const known = kept.get(ctx.companyId)
  if (known && known.stamp === stamp) return known
  const institutions = await listInstitutionEntries(ctx)
  const products = await listProductEntries(ctx)
  const index: MatchIndex = {
    stamp,
    institutions: buildInstitutionIndex(institutions.map((one) => ({ ...one, type: one.kind }))),
    products: buildProductIndex(products),
    productById: new Map(products.map((one) => [one.id, one])),
  }
  kept.delete(ctx.companyId)
  kept.set(ctx.companyId, index)
  if (kept.size > MAX_KEPT) kept.delete(kept.keys().next().value ?? '')
  return index
}
