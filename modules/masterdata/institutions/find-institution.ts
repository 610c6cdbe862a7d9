import { found } from '#kit/refusal.ts'
import type { Ctx } from '#platform/ctx.ts'
import { selectInstitutions } from './institution-queries.ts'

/** One institution with its campuses, and those that were merged into it. */
export async function findInstitution(ctx: Ctx, id: string) {
  const row = found(
    await selectInstitutions(ctx, { state: ['active', 'retired', 'merged'] })
      .where('i.id', '=', id)
      .executeTakeFirst(),
    'institution',
  )
  const others = await ctx.db
    .selectFrom('institutions')
    .where('company_id', '=', ctx.companyId)
    .where((where) => where.or([where('parent_id', '=', id), where('merged_into', '=', id)]))
    .select(['id', 'code', 'name', 'state', 'parent_id', 'merged_into'])
    .orderBy('pinyin')
    .limit(500)
    .execute()
  const survivor =
    row.merged_into === null
      ? null
      : await ctx.db
          .selectFrom('institutions')
          .where('company_id', '=', ctx.companyId)
          .where('id', '=', row.merged_into)
          .select('name')
          .executeTakeFirst()
  return {
    ...row,
    merged_into_name: survivor?.name ?? null,
    campuses: others.filter((one) => one.parent_id === id && one.state !== 'merged'),
    merged_here: others.filter((one) => one.merged_into === id),
  }
}
