import type { Ctx } from '#platform/ctx.ts'
import { recordChange } from '../record-change.ts'
import { refuseTakenCode } from '../row-rules.ts'
import { pinyinKey, searchText } from '../search-text.ts'
import type { InstitutionInput } from '../shapes.ts'
import { refuseUnknownParent } from './refuse-unknown-parent.ts'

/** A new institution; refuses a code that is taken and a head that is unknown. Audited, and told as an event. */
export async function createInstitution(ctx: Ctx, input: InstitutionInput): Promise<{ id: string }> {
  await refuseTakenCode(ctx, 'institutions', input.code, null)
  await refuseUnknownParent(ctx, input.parent_id)
  const row = await ctx.db
    .insertInto('institutions')
    .values({
      ...input,
      company_id: ctx.companyId,
      search_text: searchText(input.name, input.aliases, input.code),
      pinyin: pinyinKey(input.name),
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await recordChange(ctx, 'institutions', row.id, { deed: 'create', new: input })
  return row
}
