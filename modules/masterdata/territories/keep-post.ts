import { found, Refusal } from '#kit/refusal.ts'
import type { Ctx } from '#platform/ctx.ts'
import { recordChange } from '../record-change.ts'
import { lockRow, refuseTakenCode } from '../row-rules.ts'
import type { PostInput } from '../shapes.ts'

export async function createPost(ctx: Ctx, input: PostInput): Promise<{ id: string }> {
  await refuseTakenCode(ctx, 'posts', input.code, null)
  await findTerritory(ctx, input.territory_id)
  const row = await ctx.db
    .insertInto('posts')
    .values({ ...input, company_id: ctx.companyId })
    .returning('id')
    .executeTakeFirstOrThrow()
  await recordChange(ctx, 'posts', row.id, { deed: 'create', new: input })
  return row
}

export async function changePost(
  ctx: Ctx,
  id: string,
  { version, ...input }: PostInput & { version: number },
): Promise<undefined> {
  const row = await lockRow(ctx, 'posts', id, version)
  if (row.code !== input.code) await refuseTakenCode(ctx, 'posts', input.code, id)
  if (row.territory_id !== input.territory_id) {
    await findTerritory(ctx, input.territory_id)
    // Holders carry their post's territory, by which rows are shown to them.
    await ctx.db
      .updateTable('post_holders')
      .set({ territory_id: input.territory_id })
      .where('company_id', '=', ctx.companyId)
      .where('post_id', '=', id)
      .execute()
  }
  await ctx.db
    .updateTable('posts')
    .set({ ...input, version: version + 1 })
    .where('company_id', '=', ctx.companyId)
    .where('id', '=', id)
    .execute()
  await recordChange(ctx, 'posts', id, { deed: 'change', old: row, new: { ...row, ...input } })
}

async function findTerritory(ctx: Ctx, id: string): Promise<void> {
  const territory = await ctx.db
    .selectFrom('territories')
    .where('company_id', '=', ctx.companyId)
    .where('id', '=', id)
    .select('state')
    .executeTakeFirst()
  if (found(territory, 'territory').state !== 'active') {
    throw new Refusal(
      'masterdata.wrong-state',
      { state: 'retired' },
      { fields: { territory_id: 'masterdata.wrong-state' } },
    )
  }
}

/** A post on which somebody sits cannot be retired. */
export async function refuseSeatedPost(ctx: Ctx, id: string): Promise<void> {
  const day = ctx.now.toISOString().slice(0, 10)
  const holder = await ctx.db
    .selectFrom('post_holders')
    .where('company_id', '=', ctx.companyId)
    .where('post_id', '=', id)
    .where((where) => where.or([where('valid_to', 'is', null), where('valid_to', '>=', day)]))
    .select('person_name')
    .executeTakeFirst()
  if (holder) throw new Refusal('masterdata.post-held', { who: holder.person_name }, { status: 409 })
}
