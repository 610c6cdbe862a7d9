import { found } from '#kit/refusal.ts'
import { recordAudit } from '../audit/record-audit.ts'
import type { Ctx } from '../ctx.ts'

/**
 * Ends the rule of a kind of subject: from now on nobody is asked. Approvals that are under way go on by the steps
 * they started with.
 */
export async function endApprovalRule(ctx: Ctx, subjectKind: string): Promise<void> {
  const before = found(
    await ctx.db
      .updateTable('approval_rules')
      .set({ active: false })
      .where('company_id', '=', ctx.companyId)
      .where('subject_kind', '=', subjectKind)
      .where('active', '=', true)
      .returning(['name', 'steps'])
      .executeTakeFirst(),
    'approval rule',
  )
  await recordAudit(ctx, {
    deed: 'approvals.end-rule',
    subject: ['approvals.rule', subjectKind],
    old: before,
  })
}
