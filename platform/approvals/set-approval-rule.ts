import { recordAudit } from '../audit/record-audit.ts'
import type { Ctx } from '../ctx.ts'
import type { ApprovalStep } from '../tables.ts'

/**
 * Makes this the rule for a kind of subject; the one before is kept, no longer active. Approvals that are under way
 * go on by the steps they started with. Returns the rule's id.
 */
export async function setApprovalRule(
  ctx: Ctx,
  rule: { subject_kind: string; name: string; steps: ApprovalStep[] },
): Promise<string> {
  const before = await ctx.db
    .updateTable('approval_rules')
    .set({ active: false })
    .where('company_id', '=', ctx.companyId)
    .where('subject_kind', '=', rule.subject_kind)
    .where('active', '=', true)
    .returning(['name', 'steps'])
    .executeTakeFirst()
  const { id } = await ctx.db
    .insertInto('approval_rules')
    .values({
      company_id: ctx.companyId,
      subject_kind: rule.subject_kind,
      name: rule.name,
      steps: JSON.stringify(rule.steps),
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await recordAudit(ctx, {
    deed: 'approvals.set-rule',
    subject: ['approvals.rule', rule.subject_kind],
    old: before,
    new: { name: rule.name, steps: rule.steps },
  })
  return id
}
