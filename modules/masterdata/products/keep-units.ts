import { Refusal } from '#kit/refusal.ts'
import type { Ctx } from '#platform/ctx.ts'

/** Writes the whole unit ladder of a product. The base unit may stand on it, as one of itself. */
export async function keepUnits(
  ctx: Ctx,
  productId: string,
  baseUnit: string,
  units: readonly { unit: string; factor: string }[],
): Promise<void> {
  const names = units.map(({ unit }) => unit)
  const base = units.find(({ unit }) => unit === baseUnit)
  if (new Set(names).size !== names.length || (base && Number(base.factor) !== 1)) {
    throw new Refusal('masterdata.unit-twice', {}, { fields: { units: 'masterdata.unit-twice' } })
  }
  if (units.some(({ factor }) => Number(factor) <= 0)) {
    throw new Refusal('masterdata.factor-zero', {}, { fields: { units: 'masterdata.factor-zero' } })
  }
  await ctx.db
    .deleteFrom('product_units')
    .where('company_id', '=', ctx.companyId)
    .where('product_id', '=', productId)
    .execute()
  if (units.length === 0) return
  await ctx.db
    .insertInto('product_units')
    .values(units.map((step) => ({ ...step, company_id: ctx.companyId, product_id: productId })))
    .execute()
}
