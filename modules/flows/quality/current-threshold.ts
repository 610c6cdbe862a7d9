import { autoFrom } from '#engines/matching/public.ts'
import type { Ctx } from '#platform/ctx.ts'

/** From which score customers are taken without asking: what was applied last, else the engine's own. */
export async function currentThreshold(ctx: Ctx): Promise<number> {
  const row = await ctx.db
    .selectFrom('flow_match_thresholds')
    .where('company_id', '=', ctx.companyId)
    .where('undone_at', 'is', null)
    .orderBy('id', 'desc')
    .select('auto_from')
    .executeTakeFirst()
  return row?.auto_from ?? autoFrom
}
