import { found, Refusal } from '#kit/refusal.ts'
import type { Ctx } from '#platform/ctx.ts'
import { recordChange } from '../record-change.ts'
import type { PostHolderInput } from '../shapes.ts'

/**
 * Puts a person on a post from a day on. Whoever sits there without an end leaves the day before; a person who came
 * later, or whose end is already set beyond that day, is not pushed aside.
 */
export async function seatPerson(ctx: Ctx, postId: string, input: PostHolderInput): Promise<{ id: string }> {
  refuseBackwards(input.valid_from, input.valid_to)
  const post = found(
    await ctx.db
      .selectFrom('posts')
      .where('company_id', '=', ctx.companyId)
      .where('id', '=', postId)
      .select(['territory_id', 'state'])
      .forUpdate()
      .executeTakeFirst(),
    'post',
  )
  if (post.state !== 'active') throw new Refusal('masterdata.wrong-state', { state: post.state })
  const holders = await ctx.db
    .selectFrom('post_holders')
    .where('company_id', '=', ctx.companyId)
    .where('post_id', '=', postId)
    .select(['id', 'person_name', 'valid_from', 'valid_to', 'version'])
    .execute()
  for (const one of holders) {
    if (one.valid_to !== null || one.valid_from >= input.valid_from) continue
    const end = dayBefore(input.valid_from)
    await ctx.db
      .updateTable('post_holders')
      .set({ valid_to: end, version: one.version + 1 })
      .where('company_id', '=', ctx.companyId)
      .where('id', '=', one.id)
      .execute()
    one.valid_to = end
  }
  const inTheWay = holders.find(
    (one) =>
      one.valid_from <= (input.valid_to ?? '9999-12-31') &&
      (one.valid_to ?? '9999-12-31') >= input.valid_from,
  )
  if (inTheWay) throw new Refusal('masterdata.post-held', { who: inTheWay.person_name }, { status: 409 })
  const row = await ctx.db
    .insertInto('post_holders')
    .values({ ...input, company_id: ctx.companyId, post_id: postId, territory_id: post.territory_id })
    .returning('id')
    .executeTakeFirstOrThrow()
  await recordChange(ctx, 'posts', postId, {
    deed: 'change',
    old: { holder: holders.map((one) => one.person_name).at(-1) ?? null },
    new: { holder: input.person_name, valid_from: input.valid_from },
  })
  return row
}

export function refuseBackwards(from: string, to: string | null): void {
  if (to === null || to >= from) return
  throw new Refusal(
    'masterdata.ends-before-start',
    {},
    { fields: { valid_to: 'masterdata.ends-before-start' } },
  )
}

export function dayBefore(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10)
}
