import type { Ctx } from '#platform/ctx.ts'
import { holdIdentity } from '../identity/hold-identity.ts'
import { recordChange } from '../record-change.ts'
import { lockRow, refuseTakenCode } from '../row-rules.ts'
import { pinyinKey, searchText } from '../search-text.ts'
import type { ProductInput } from '../shapes.ts'
import { keepUnits } from './keep-units.ts'
import { unitsOf } from './product-queries.ts'

export async function changeProduct(
  ctx: Ctx,
  id: string,
  { version, ...asked }: ProductInput & { version: number },
): Promise<{ approval_id: string | null }> {
  const row = await lockRow(ctx, 'products', id, version)
  if (row.code !== asked.code) await refuseTakenCode(ctx, 'products', asked.code, id)
  const { now: input, approval_id } = await holdIdentity(ctx, 'products', row, asked)
  const before = await ctx.db
    .selectFrom('products as p')
    .where('p.company_id', '=', ctx.companyId)
    .where('p.id', '=', id)
    .select(unitsOf('p'))
    .executeTakeFirstOrThrow()
  const { units, ...columns } = input
  await ctx.db
    .updateTable('products')
    .set({
      ...columns,
      search_text: searchText(input.name, [input.generic_name, ...input.aliases], input.code),
      pinyin: pinyinKey(input.name),
      version: version + 1,
      changed_at: ctx.now,
    })
    .where('company_id', '=', ctx.companyId)
    .where('id', '=', id)
    .execute()
  await keepUnits(ctx, id, input.base_unit, units)
  await recordChange(ctx, 'products', id, {
    deed: 'change',
    old: { ...row, ...before },
    new: { ...row, ...input },
  })
  return { approval_id }
}
