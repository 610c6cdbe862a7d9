import { Refusal } from '#kit/refusal.ts'
import type { Ctx } from '#platform/ctx.ts'
import { recordChange } from '../record-change.ts'
import { lockRow, refuseCircle, refuseTakenCode } from '../row-rules.ts'
import { searchText } from '../search-text.ts'
import type { TerritoryInput } from '../shapes.ts'

export async function createTerritory(ctx: Ctx, input: TerritoryInput): Promise<{ id: string }> {
  await refuseTakenCode(ctx, 'territories', input.code, null)
  await refuseWrongParent(ctx, input)
  const row = await ctx.db
    .insertInto('territories')
    .values({ ...input, company_id: ctx.companyId, search_text: searchText(input.name, [], input.code) })
    .returning('id')
    .executeTakeFirstOrThrow()
  await recordChange(ctx, 'territories', row.id, { deed: 'create', new: input })
  return row
}

export async function changeTerritory(
  ctx: Ctx,
  id: string,
  { version, ...input }: TerritoryInput & { version: number },
): Promise<undefined> {
  const row = await lockRow(ctx, 'territories', id, version)
  if (row.code !== input.code) await refuseTakenCode(ctx, 'territories', input.code, id)
  if (row.parent_id !== input.parent_id) {
    await refuseCircle(ctx, 'territories', id, input.parent_id)
    await refuseWrongParent(ctx, input)
  }
  await ctx.db
    .updateTable('territories')
    .set({
      ...input,
      search_text: searchText(input.name, [], input.code),
      version: version + 1,
      changed_at: ctx.now,
    })
    .where('company_id', '=', ctx.companyId)
    .where('id', '=', id)
    .execute()
  await recordChange(ctx, 'territories', id, { deed: 'change', old: row, new: { ...row, ...input } })
}

/** A territory hangs below one in use. */
async function refuseWrongParent(ctx: Ctx, input: TerritoryInput): Promise<void> {
  if (input.parent_id === null) return
  const parent = await ctx.db
    .selectFrom('territories')
    .where('company_id', '=', ctx.companyId)
    .where('id', '=', input.parent_id)
    .select('state')
    .executeTakeFirst()
  if (parent?.state === 'active') return
  throw new Refusal(
    'masterdata.wrong-state',
    { state: parent?.state ?? 'unknown' },
    { fields: { parent_id: 'masterdata.wrong-state' } },
  )
}

/** A territory that still has territories, posts or institutions cannot be retired. */
export async function refuseTerritoryInUse(ctx: Ctx, id: string): Promise<void> {
  const count = (rows: { n: number } | undefined) => rows?.n ?? 0
  const day = ctx.now.toISOString().slice(0, 10)
  const below = await ctx.db
    .selectFrom('territories')
    .where('company_id', '=', ctx.companyId)
    .where('parent_id', '=', id)
    .where('state', '=', 'active')
    .select((select) => select.fn.countAll<number>().as('n'))
    .executeTakeFirst()
  const posts = await ctx.db
    .selectFrom('posts')
    .where('company_id', '=', ctx.companyId)
    .where('territory_id', '=', id)
    .where('state', '=', 'active')
    .select((select) => select.fn.countAll<number>().as('n'))
    .executeTakeFirst()
  const owned = await ctx.db
    .selectFrom('territory_institutions')
    .where('company_id', '=', ctx.companyId)
    .where('territory_id', '=', id)
    .where((where) => where.or([where('valid_to', 'is', null), where('valid_to', '>=', day)]))
    .select((select) => select.fn.countAll<number>().as('n'))
    .executeTakeFirst()
  const params = { territories: count(below), posts: count(posts), institutions: count(owned) }
  if (params.territories + params.posts + params.institutions > 0) {
    throw new Refusal('masterdata.still-used', params, { status: 409 })
  }
}
