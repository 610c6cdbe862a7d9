import { sql } from 'kysely'
import { found, Refusal } from '#kit/refusal.ts'
import type { Ctx } from '#platform/ctx.ts'
import { recordChange } from '../record-change.ts'
import { lockRow } from '../row-rules.ts'
import type { PriceInput } from '../shapes.ts'

export async function createPrice(ctx: Ctx, input: PriceInput): Promise<{ id: string }> {
  await refuseWrongPrice(ctx, input, null)
  const row = await ctx.db
    .insertInto('prices')
    .values({ ...input, company_id: ctx.companyId })
    .returning('id')
    .executeTakeFirstOrThrow()
  await recordChange(ctx, 'prices', row.id, { deed: 'create', new: input })
  return row
}

/** Changes a price; a price that no longer holds gets its last day, it is never removed. */
export async function changePrice(
  ctx: Ctx,
  id: string,
  { version, ...input }: PriceInput & { version: number },
): Promise<undefined> {
  const row = await lockRow(ctx, 'prices', id, version)
  await refuseWrongPrice(ctx, input, id)
  await ctx.db
    .updateTable('prices')
    .set({ ...input, version: version + 1 })
    .where('company_id', '=', ctx.companyId)
    .where('id', '=', id)
    .execute()
  await recordChange(ctx, 'prices', id, { deed: 'change', old: row, new: { ...row, ...input } })
}

/** A price is for a unit of the product's ladder, and no two of the same reach hold on one day. */
async function refuseWrongPrice(ctx: Ctx, input: PriceInput, exceptId: string | null): Promise<void> {
  if (input.valid_to !== null && input.valid_to < input.valid_from) {
    throw new Refusal(
      'masterdata.ends-before-start',
      {},
      { fields: { valid_to: 'masterdata.ends-before-start' } },
    )
  }
  const { rows: units } = await sql<{ unit: string }>`
    select base_unit as unit from products where company_id = ${ctx.companyId} and id = ${input.product_id}
    union select unit from product_units where company_id = ${ctx.companyId} and product_id = ${input.product_id}`.execute(
    ctx.db,
  )
  found(units[0], 'product')
  if (!units.some(({ unit }) => unit === input.unit)) {
    throw new Refusal(
      'masterdata.unknown-unit',
      { unit: input.unit, units: units.map(({ unit }) => unit).join('、') },
      { fields: { unit: 'masterdata.unknown-unit' } },
    )
  }
  const { rows: others } = await sql<{ valid_from: string; valid_to: string | null }>`
    select valid_from, valid_to from prices
    where company_id = ${ctx.companyId} and product_id = ${input.product_id} and kind = ${input.kind}
      and province = ${input.province} and distributor_id is not distinct from ${input.distributor_id}::uuid
      and unit = ${input.unit} and id is distinct from ${exceptId}::uuid
      and valid_from <= coalesce(${input.valid_to}::date, 'infinity')
      and coalesce(valid_to, 'infinity') >= ${input.valid_from}::date limit 1`.execute(ctx.db)
  const other = others[0]
  if (other) {
    throw new Refusal(
      'masterdata.price-overlapping',
      { from: other.valid_from, to: other.valid_to ?? '—' },
      { status: 409, fields: { valid_from: 'masterdata.price-overlapping' } },
    )
  }
}
