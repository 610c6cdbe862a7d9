import { found } from '#kit/refusal.ts'
import type { Ctx } from '#platform/ctx.ts'
import { recordChange } from '../record-change.ts'
import { lockRow, refuseState } from '../row-rules.ts'
import { searchText } from '../search-text.ts'

/** Takes a merge back: the row stands for itself again, and the survivor forgets its name. Campuses stay where they are. */
export async function unmergeInstitution(
  ctx: Ctx,
  id: string,
  input: { version: number; reason: string | null },
): Promise<undefined> {
  const row = await lockRow(ctx, 'institutions', id, input.version)
  refuseState(row, 'merged')
  const survivor = found(
    await ctx.db
      .selectFrom('institutions')
      .where('company_id', '=', ctx.companyId)
      .where('id', '=', String(row.merged_into))
      .selectAll()
      .forUpdate()
      .executeTakeFirst(),
    'institution',
  )
  const forgotten = new Set([row.name, ...(row.aliases as string[])])
  const aliases = survivor.aliases.filter((one) => !forgotten.has(one))
  await ctx.db
    .updateTable('institutions')
    .set({
      aliases,
      search_text: searchText(survivor.name, aliases, survivor.code),
      version: survivor.version + 1,
      changed_at: ctx.now,
    })
    .where('company_id', '=', ctx.companyId)
    .where('id', '=', survivor.id)
    .execute()
  await ctx.db
    .updateTable('institutions')
    .set({ state: 'active', merged_into: null, version: input.version + 1, changed_at: ctx.now })
    .where('company_id', '=', ctx.companyId)
    .where('id', '=', id)
    .execute()
  await recordChange(ctx, 'institutions', id, {
    deed: 'unmerge',
    old: { state: 'merged', merged_into: survivor.name },
    new: { state: 'active', merged_into: null },
    reason: input.reason,
  })
  await recordChange(ctx, 'institutions', survivor.id, {
    deed: 'unmerge',
    old: { aliases: survivor.aliases },
    new: { aliases },
    reason: input.reason,
  })
}
