import type { Ctx } from '#platform/ctx.ts'
import { recordChange } from '../record-change.ts'
import { refuseTakenCode } from '../row-rules.ts'
import { pinyinKey, searchText } from '../search-text.ts'
import type { ProductInput } from '../shapes.ts'
import { keepUnits } from './keep-units.ts'

export async function createProduct(ctx: Ctx, input: ProductInput): Promise<{ id: string }> {
  await refuseTakenCode(ctx, 'products', input.code, null)
  const { units, ...columns } = input
  const row = await ctx.db
    .insertInto('products')
    .values({
      ...columns,
      company_id: ctx.companyId,
      search_text: searchText(input.name, [input.generic_name, ...input.aliases], input.code),
      pinyin: pinyinKey(input.name),
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await keepUnits(ctx, row.id, input.base_unit, units)
  await recordChange(ctx, 'products', row.id, { deed: 'create', new: input })
  return row
}
