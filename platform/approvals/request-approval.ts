import { assert } from '#kit/assert.ts'
import { Refusal } from '#kit/refusal.ts'
import { recordAudit } from '../audit/record-audit.ts'
import type { Ctx } from '../ctx.ts'
import { notify } from '../notifications/notify.ts'
import type { ApprovalStep } from '../tables.ts'
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
    /** The kind of subject whose rule counts, when it is not the subject's own. */
    rule?: string
    /** Where the subject is looked at. */
    href?: string
  },
): Promise<string> {
  const [subjectKind, subjectId] = request.subject
  assert(ctx.personId, 'an approval is asked for by a person')
  // Look.
  const steps = await stepsFor(ctx, request.rule ?? subjectKind)
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
  const asked = { id: null, requested_by: ctx.personId, steps }
  const people = await Promise.all(steps.map((_, step_no) => decidersOf(ctx, { ...asked, step_no })))
  for (const [step_no, { name, role, needed }] of steps.entries()) {
    const have = people[step_no]?.length ?? 0
    if (have < needed) throw new Refusal('approvals.too-few-people', { step: name, role, needed, have })
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
      steps: JSON.stringify(steps),
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
    to: (people[0] ?? []).map((one) => one.personId),
    kind: 'approvals.waiting',
    params: { title: request.title },
    href: `/approvals?open=${id}`,
  })
  return id
}

/** Whether the company has set a rule for this kind of subject. */
export async function hasApprovalRule(ctx: Ctx, subjectKind: string): Promise<boolean> {
  return (await ruleOf(ctx, subjectKind)) !== undefined
}

async function stepsFor(ctx: Ctx, subjectKind: string): Promise<ApprovalStep[]> {
  const rule = await ruleOf(ctx, subjectKind)
  if (!rule) throw new Refusal('approvals.no-rule', { subject: subjectKind })
  return rule.steps
}

function ruleOf(ctx: Ctx, subjectKind: string): Promise<{ steps: ApprovalStep[] } | undefined> {
  return ctx.db
    .selectFrom('approval_rules')
    .where('company_id', '=', ctx.companyId)
    .where('subject_kind', '=', subjectKind)
    .where('active', '=', true)
    .select('steps')
    .executeTakeFirst()
}
