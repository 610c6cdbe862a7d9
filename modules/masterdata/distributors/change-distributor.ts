import type { Ctx } from '#platform/ctx.ts'
import { unmaskKept } from '#platform/personal-columns.ts'
import { holdIdentity } from '../identity/hold-identity.ts'
import { recordChange } from '../record-change.ts'
import { lockRow, refuseTakenCode } from '../row-rules.ts'
import { pinyinKey, searchText } from '../search-text.ts'
import type { DistributorInput } from '../shapes.ts'

export async function changeDistributor(
  ctx: Ctx,
  id: string,
  { version, ...sent }: DistributorInput & { version: number },
): Promise<{ approval_id: string | null }> {
  const row = await lockRow(ctx, 'distributors', id, version)
  const asked = unmaskKept(row, sent)
  if (row.code !== asked.code) await refuseTakenCode(ctx, 'distributors', asked.code, id)
  const { now: input, approval_id } = await holdIdentity(ctx, 'distributors', row, asked)
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
  return { approval_id }
}
