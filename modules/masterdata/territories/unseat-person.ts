import type { Ctx } from '#platform/ctx.ts'
import { recordChange } from '../record-change.ts'
import { lockRow } from '../row-rules.ts'
import { refuseBackwards } from './seat-person.ts'

/** Says until which day a person sits on a post. */
export async function unseatPerson(
  ctx: Ctx,
  id: string,
  input: { version: number; valid_to: string },
): Promise<undefined> {
  const row = await lockRow(ctx, 'post-holders', id, input.version)
  refuseBackwards(String(row.valid_from), input.valid_to)
  await ctx.db
    .updateTable('post_holders')
    .set({ valid_to: input.valid_to, version: input.version + 1 })
    .where('company_id', '=', ctx.companyId)
    .where('id', '=', id)
    .execute()
  await recordChange(ctx, 'posts', String(row.post_id), {
    deed: 'change',
    old: { holder: row.person_name, valid_to: row.valid_to },
    new: { holder: row.person_name, valid_to: input.valid_to },
  })
}
