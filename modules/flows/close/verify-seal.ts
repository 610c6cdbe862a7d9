import { firstDay } from '#kit/period.ts'
import { found } from '#kit/refusal.ts'
import type { Ctx } from '#platform/ctx.ts'
import { sealOfMonth } from './seal.ts'

/** Computes the seal of a locked month again from its lines and says whether it is the one that was laid. */
export async function verifySeal(
  ctx: Ctx,
  month: string,
): Promise<{ intact: boolean; seal: string; line_count: number }> {
  const version = found(
    await ctx.db
      .selectFrom('flow_versions')
      .where('company_id', '=', ctx.companyId)
      .where('month', '=', firstDay(month))
      .orderBy('version_no', 'desc')
      .select(['seal', 'line_count', 'amount_fen'])
      .executeTakeFirst(),
    'version',
  )
  const now = await sealOfMonth(ctx, firstDay(month))
  return {
    intact: now.hash.equals(version.seal) && now.line_count === version.line_count,
    seal: version.seal.toString('hex'),
    line_count: now.line_count,
  }
}
