import type { Ctx } from '#platform/ctx.ts'
import { recordChange } from '../record-change.ts'
import { lockRow, refuseCircle, refuseState, refuseTakenCode } from '../row-rules.ts'
import { pinyinKey, searchText } from '../search-text.ts'
import type { InstitutionInput } from '../shapes.ts'
import { refuseUnknownParent } from './refuse-unknown-parent.ts'

export async function changeInstitution(
  ctx: Ctx,
  id: string,
  { version, ...input }: InstitutionInput & { version: number },
): Promise<undefined> {
  const row = await lockRow(ctx, 'institutions', id, version)
  refuseState(row, 'active', 'retired')
  if (row.code !== input.code) await refuseTakenCode(ctx, 'institutions', input.code, id)
  if (row.parent_id !== input.parent_id) {
    await refuseUnknownParent(ctx, input.parent_id)
    await refuseCircle(ctx, 'institutions', id, input.parent_id)
  }
  await ctx.db
    .updateTable('institutions')
    .set({
      ...input,
      search_text: searchText(input.name, input.aliases, input.code),
      pinyin: pinyinKey(input.name),
      version: version + 1,
      changed_at: ctx.now,
    })
    .where('company_id', '=', ctx.companyId)
    .where('id', '=', id)
    .execute()
  await recordChange(ctx, 'institutions', id, { deed: 'change', old: row, new: { ...row, ...input } })
}
