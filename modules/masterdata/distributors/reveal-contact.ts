import { found } from '#kit/refusal.ts'
import { recordAudit } from '#platform/audit/public.ts'
import type { Ctx } from '#platform/ctx.ts'

/** Whom to call at a distributor, in full; who looked and why stands in the audit trail. */
export async function revealContact(ctx: Ctx, id: string, reason: string) {
  const row = found(
    await ctx.db
      .selectFrom('distributors')
      .where('company_id', '=', ctx.companyId)
      .where('id', '=', id)
      .select(['contact_name', 'contact_phone'])
      .executeTakeFirst(),
    'Distributor',
  )
  await recordAudit(ctx, {
    deed: 'masterdata.reveal-contact',
    subject: ['masterdata.distributors', id],
    reason,
  })
  return row
}
