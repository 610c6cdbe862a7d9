import type { Ctx } from '#platform/ctx.ts'
import { recordChange } from '../record-change.ts'
import { refuseTakenCode } from '../row-rules.ts'
import { pinyinKey, searchText } from '../search-text.ts'
import type { DistributorInput } from '../shapes.ts'

export async function createDistributor(ctx: Ctx, input: DistributorInput): Promise<{ id: string }> {
  await refuseTakenCode(ctx, 'distributors', input.code, null)
  const row = await ctx.db
    .insertInto('distributors')
    .values({
      ...input,
      company_id: ctx.companyId,
      search_text: searchText(input.name, [input.short_name, ...input.aliases], input.code),
      pinyin: pinyinKey(input.name),
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await recordChange(ctx, 'distributors', row.id, { deed: 'create', new: input })
  return row
}
