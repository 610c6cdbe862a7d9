import type { Ctx } from '#platform/ctx.ts'
import { recordChange } from '../record-change.ts'
import { lockRow, refuseTakenCode } from '../row-rules.ts'
import { pinyinKey, searchText } from '../search-text.ts'
import type { DistributorInput } from '../shapes.ts'

export async function changeDistributor(
  ctx: Ctx,
  id: string,
  { version, ...input }: DistributorInput & { version: number },
): Promise<undefined> {
  const row = await lockRow(ctx, 'distributors', id, version)
  if (row.code !== input.code) await refuseTakenCode(ctx, 'distributors', input.code, id)
  await ctx.db
    .updateTable('distributors')
    .set({
      ...input,
      search_text: searchText(input.name, [input.short_name, ...input.aliases], input.code),
      pinyin: pinyinKey(input.name),
      version: version + 1,
      changed_at: ctx.now,
    })
    .where('company_id', '=', ctx.companyId)
    .where('id', '=', id)
    .execute()
  await recordChange(ctx, 'distributors', id, { deed: 'change', old: row, new: { ...row, ...input } })
}
