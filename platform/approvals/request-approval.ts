import { assert } from '#kit/assert.ts'
import { Refusal } from '#kit/refusal.ts'
import { recordAudit } from '../audit/record-audit.ts'
import type { Ctx } from '../ctx.ts'
import { notify } from '../notifications/notify.ts'
import { decidersOf } from './approval-people.ts'

/**
 * Asks for approval of a subject by the active rule of its kind; returns the approval's id and tells those who can
 * decide. The steps are copied: a later change of the rule does not touch what is under way. The end is told by the
 * event `approvals.decided` {subject_kind, subject_id, approval_id, outcome}.
 * Refuses approvals.no-rule, approvals.already-open, approvals.too-few-people.
 */
export async function requestApproval(
  ctx: Ctx,
  request: {
    subject: readonly [kind: string, id: string]
    title: string
    summary?: Record<string, string | number>
    /** Where the subject is looked at. */
    href?: string
  },
): Promise<string> {
  const [subjectKind, subjectId] = request.subject
  assert(ctx.personId, 'an approval is asked for by a person')
  // Look.
  const rule = await ctx.db
    .selectFrom('approval_rules')
    .where('company_id', '=', ctx.companyId)
    .where('subject_kind', '=', subjectKind)
    .where('active', '=', true)
    .select('steps')
    .executeTakeFirst()
  if (!rule) throw new Refusal('approvals.no-rule', { subject: subjectKind })
  const open = await ctx.db
    .selectFrom('approvals')
    .where('company_id', '=', ctx.companyId)
    .where('subject_kind', '=', subjectKind)
    .where('subject_id', '=', subjectId)
    .where('state', 'in', ['pending', 'held'])
    .select('id')
    .executeTakeFirst()
  if (open) throw new Refusal('approvals.already-open', {}, { status: 409 })
  // Decide: a step that too few people can approve would wait for ever.
  const asked = { id: null, requested_by: ctx.personId, steps: rule.steps }
  let first: string[] = []
  for (const [step_no, step] of rule.steps.entries()) {
    const people = await decidersOf(ctx, { ...asked, step_no })
    if (people.length < step.needed) {
      throw new Refusal('approvals.too-few-people', {
        step: step.name,
        role: step.role,
        needed: step.needed,
        have: people.length,
      })
    }
    if (step_no === 0) first = people.map((one) => one.personId)
  }
  // Write.
  const { id } = await ctx.db
    .insertInto('approvals')
    .values({
      company_id: ctx.companyId,
      subject_kind: subjectKind,
      subject_id: subjectId,
      title: request.title,
      summary: JSON.stringify(request.summary ?? {}),
      href: request.href ?? null,
      steps: JSON.stringify(rule.steps),
      requested_by: ctx.personId,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await recordAudit(ctx, {
    deed: 'approvals.request',
    subject: request.subject,
    new: { approval_id: id, title: request.title },
  })
  await notify(ctx, {
    to: first,
    kind: 'approvals.waiting',
    params: { title: request.title },
    href: `/approvals/${id}`,
  })
  return id
}
