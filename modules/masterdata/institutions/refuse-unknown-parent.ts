import { Refusal } from '#kit/refusal.ts'
import type { Ctx } from '#platform/ctx.ts'

/** A campus or store hangs below an institution that exists and has not been merged away. */
export async function refuseUnknownParent(ctx: Ctx, parentId: string | null): Promise<void> {
  if (parentId === null) return
  const parent = await ctx.db
    .selectFrom('institutions')
    .where('company_id', '=', ctx.companyId)
    .where('id', '=', parentId)
    .select('state')
    .executeTakeFirst()
  if (parent && parent.state !== 'merged') return
  throw new Refusal(
    'masterdata.wrong-state',
    { state: parent?.state ?? 'unknown' },
    { fields: { parent_id: 'masterdata.wrong-state' } },
  )
}
