import { found, Refusal } from '#kit/refusal.ts'
import type { Ctx } from '#platform/ctx.ts'
import { recordChange } from '../record-change.ts'
import { lockRow, refuseCircle, refuseState } from '../row-rules.ts'
import { pinyinKey, searchText } from '../search-text.ts'

/**
 * One of two rows for the same institution becomes a name of the other. Its id stays resolvable, its name and aliases
 * are learnt by the survivor, its campuses move over. Its relations stay with it: they say what was true then.
 */
export async function mergeInstitutions(
  ctx: Ctx,
  id: string,
  input: { into_id: string; version: number; reason: string | null },
): Promise<undefined> {
  if (id === input.into_id) throw new Refusal('masterdata.merge-into-itself')
  const row = await lockRow(ctx, 'institutions', id, input.version)
  refuseState(row, 'active', 'retired')
  const survivor = found(
    await ctx.db
      .selectFrom('institutions')
      .where('company_id', '=', ctx.companyId)
      .where('id', '=', input.into_id)
      .selectAll()
      .forUpdate()
      .executeTakeFirst(),
    'institution',
  )
  refuseState(survivor, 'active')
  // A campus may swallow its own head only once it no longer hangs below it.
  await refuseCircle(ctx, 'institutions', id, input.into_id)

  const learnt = [String(row.name), ...(row.aliases as string[])]
  const aliases = [...new Set([...survivor.aliases, ...learnt])].filter((one) => one !== survivor.name)
  await ctx.db
    .updateTable('institutions')
    .set({
      aliases,
      search_text: searchText(survivor.name, aliases, survivor.code),
      pinyin: pinyinKey(survivor.name),
      version: survivor.version + 1,
      changed_at: ctx.now,
    })
    .where('company_id', '=', ctx.companyId)
    .where('id', '=', survivor.id)
    .execute()
  await ctx.db
    .updateTable('institutions')
    .set({
      state: 'merged',
      merged_into: survivor.id,
      parent_id: null,
      version: input.version + 1,
      changed_at: ctx.now,
    })
    .where('company_id', '=', ctx.companyId)
    .where('id', '=', id)
    .execute()
  await moveCampuses(ctx, id, survivor.id)
  await recordChange(ctx, 'institutions', id, {
    deed: 'merge',
    old: { state: row.state, parent_id: row.parent_id, merged_into: null },
    new: { state: 'merged', parent_id: null, merged_into: survivor.name },
    reason: input.reason,
  })
  await recordChange(ctx, 'institutions', survivor.id, {
    deed: 'merge',
    old: { aliases: survivor.aliases },
    new: { aliases },
    reason: input.reason,
  })
}

async function moveCampuses(ctx: Ctx, from: string, to: string): Promise<void> {
  await ctx.db
    .updateTable('institutions')
    .set((values) => ({
      parent_id: to,
      version: values('version', '+', 1),
      changed_at: ctx.now,
    }))
    .where('company_id', '=', ctx.companyId)
    .where('parent_id', '=', from)
    .execute()
}
