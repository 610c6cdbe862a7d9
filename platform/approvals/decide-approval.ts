import { assert } from '#kit/assert.ts'
import { found, Refusal } from '#kit/refusal.ts'
import { recordAudit } from '../audit/record-audit.ts'
import type { Ctx } from '../ctx.ts'
import { publishEvent } from '../events/publish-event.ts'
import { notify } from '../notifications/notify.ts'
import type { ApprovalState, ApprovalStep } from '../tables.ts'
import { type Decider, decidersOf, delegatesOf } from './approval-people.ts'
import { approvalMoves } from './approval-states.ts'
import type { DecisionInput } from './shapes.ts'

interface Approval {
  id: string
  subject_kind: string
  subject_id: string
  title: string
  steps: ApprovalStep[]
  step_no: number
  state: ApprovalState
  requested_by: string
}

/**
 * One decision on an approval; returns its state afterwards. The row is locked, so two people who decide at once do
 * so one after the other. `decidingRoles`: who holds none of them is no delegate, as the approval would wait for
 * nobody. Refuses as listed in shapes.ts.
 */
export async function decideApproval(
  ctx: Ctx,
  id: string,
  input: DecisionInput,
  decidingRoles?: readonly string[],
): Promise<ApprovalState> {
  // Look.
  const approval: Approval = found(
    await ctx.db
      .selectFrom('approvals')
      .where('company_id', '=', ctx.companyId)
      .where('id', '=', id)
      .select(['id', 'subject_kind', 'subject_id', 'title', 'steps', 'step_no', 'state', 'requested_by'])
      .forUpdate()
      .executeTakeFirst(),
    'approval',
  )
  const deciders = await decidersOf(ctx, approval)
  // Decide.
  const { decision } = input
  const target = approvalMoves[approval.state][decision]
  if (!target) {
    throw new Refusal('approvals.wrong-state', { state: approval.state, decision }, { status: 409 })
  }
  const decider = await mayDecide(ctx, approval, decision, deciders)
  if ((decision === 'reject' || decision === 'hold') && !input.reason) {
    throw new Refusal('approvals.reason-needed', {}, { fields: { reason: 'required' } })
  }
  if (decision === 'delegate') await refuseWrongDelegate(ctx, approval, input.delegate_to, decidingRoles)
  const { state, step_no } =
    decision === 'approve' ? await afterApproval(ctx, approval) : { state: target, step_no: approval.step_no }
  // Write.
  assert(ctx.personId, 'an approval is decided by a person')
  await ctx.db
    .insertInto('approval_decisions')
    .values({
      company_id: ctx.companyId,
      approval_id: id,
      step_no: approval.step_no,
      person_id: ctx.personId,
      for_person_id: decider?.forPersonId ?? null,
      decision,
      delegate_to: decision === 'delegate' ? (input.delegate_to ?? null) : null,
      reason: input.reason || null,
    })
    .execute()
  const over = state !== 'pending' && state !== 'held'
  await ctx.db
    .updateTable('approvals')
    .set({ state, step_no, ...(over && { decided_at: ctx.now }) })
    .where('company_id', '=', ctx.companyId)
    .where('id', '=', id)
    .execute()
  await recordAudit(ctx, {
    deed: `approvals.${decision}`,
    subject: [approval.subject_kind, approval.subject_id],
    old: { state: approval.state, step_no: approval.step_no },
    new: { approval_id: id, state, step_no },
    reason: input.reason,
  })
  await tell(ctx, { ...approval, state, step_no }, input, step_no > approval.step_no)
  return state
}

/** The person as decider of the step, or null when they withdraw their own request; refuses everybody else. */
async function mayDecide(
  ctx: Ctx,
  approval: Approval,
  decision: DecisionInput['decision'],
  deciders: Decider[],
): Promise<Decider | null> {
  const own = ctx.personId === approval.requested_by
  if (decision === 'withdraw') {
    if (!own) throw new Refusal('approvals.only-requester', {}, { status: 403 })
    return null
  }
  if (own) throw new Refusal('approvals.own-request', {}, { status: 403 })
  const decider = deciders.find((one) => one.personId === ctx.personId)
  if (decider) return decider
  const earlier = await ctx.db
    .selectFrom('approval_decisions')
    .where('company_id', '=', ctx.companyId)
    .where('approval_id', '=', approval.id)
    .where('step_no', '=', approval.step_no)
    .where('person_id', '=', ctx.personId)
    .where('decision', 'in', ['approve', 'reject', 'delegate'])
    .select('id')
    .executeTakeFirst()
  if (earlier) throw new Refusal('approvals.decided-already', {}, { status: 409 })
  throw new Refusal('approvals.not-yours', {}, { status: 403 })
}

async function refuseWrongDelegate(
  ctx: Ctx,
  approval: Approval,
  to: string | undefined,
  decidingRoles: readonly string[] | undefined,
): Promise<void> {
  const delegate = to
    ? await delegatesOf(ctx, approval).where('m.person_id', '=', to).select('m.roles').executeTakeFirst()
    : undefined
  const may = delegate && (!decidingRoles || delegate.roles.some((role) => decidingRoles.includes(role)))
  if (!may) throw new Refusal('approvals.wrong-delegate', {}, { fields: { delegate_to: 'wrong' } })
}

/** Where one more approval leads: the same step, the next one, or the end. */
async function afterApproval(
  ctx: Ctx,
  approval: Approval,
): Promise<{ state: ApprovalState; step_no: number }> {
  const earlier = await ctx.db
    .selectFrom('approval_decisions')
    .where('company_id', '=', ctx.companyId)
    .where('approval_id', '=', approval.id)
    .where('step_no', '=', approval.step_no)
    .where('decision', '=', 'approve')
    .select('id')
    .execute()
  const needed = approval.steps[approval.step_no]?.needed ?? 1
  if (earlier.length + 1 < needed) return { state: 'pending', step_no: approval.step_no }
  const next = approval.step_no + 1
  return { state: next === approval.steps.length ? 'approved' : 'pending', step_no: next }
}

async function tell(ctx: Ctx, approval: Approval, input: DecisionInput, nextStep: boolean): Promise<void> {
  const { id, title, state } = approval
  const href = `/approvals?open=${id}`
  if (state === 'pending') {
    if (nextStep) {
      const next = await decidersOf(ctx, approval)
      await notify(ctx, {
        to: next.map((one) => one.personId),
        kind: 'approvals.waiting',
        params: { title },
        href,
      })
    }
    if (input.decision === 'delegate' && input.delegate_to) {
      const params = { title, from: ctx.personName }
      await notify(ctx, { to: [input.delegate_to], kind: 'approvals.delegated', params, href })
    }
    return
  }
  if (state !== 'withdrawn') {
    const kind = `approvals.${state}`
    await notify(ctx, {
      to: [approval.requested_by],
      kind,
      params: { title, reason: input.reason ?? '' },
      href,
    })
  }
  if (state === 'held') return
  await publishEvent(ctx, {
    name: 'approvals.decided',
    subject: [approval.subject_kind, approval.subject_id],
    payload: {
      subject_kind: approval.subject_kind,
      subject_id: approval.subject_id,
      approval_id: id,
      outcome: state,
    },
  })
}
