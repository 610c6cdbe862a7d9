import type { Ctx } from '#platform/ctx.ts'
import { holdIdentity } from '../identity/hold-identity.ts'
import { recordChange } from '../record-change.ts'
import { lockRow, refuseCircle, refuseState, refuseTakenCode } from '../row-rules.ts'
import { pinyinKey, searchText } from '../search-text.ts'
import type { InstitutionInput } from '../shapes.ts'
import { refuseUnknownParent } from './refuse-unknown-parent.ts'

export async function changeInstitution(
  ctx: Ctx,
  id: string,
  { version, ...asked }: InstitutionInput & { version: number },
): Promise<{ approval_id: string | null }> {
  const row = await lockRow(ctx, 'institutions', id, version)
  refuseState(row, 'active', 'retired')
  if (row.code !== asked.code) await refuseTakenCode(ctx, 'institutions', asked.code, id)
  if (row.parent_id !== asked.parent_id) {
    await refuseUnknownParent(ctx, asked.parent_id)
    await refuseCircle(ctx, 'institutions', id, asked.parent_id)
  }
  const { now: input, approval_id } = await holdIdentity(ctx, 'institutions', row, asked)
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
  return { approval_id }
}
