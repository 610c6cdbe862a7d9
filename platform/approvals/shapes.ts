import { z } from 'zod'

export const approvalStates = ['pending', 'held', 'approved', 'rejected', 'withdrawn'] as const
export const approvalDecisions = ['approve', 'reject', 'hold', 'resume', 'delegate', 'withdraw'] as const

export const approvalStep = z.strictObject({
  name: z.string().trim().min(1).max(60),
  role: z.string().min(1).max(60),
  /** How many of the people with the role must approve. */
  needed: z.number().int().min(1).max(20),
})

export const approvalRow = z.object({
  id: z.string(),
  subject_kind: z.string(),
  subject_id: z.string(),
  title: z.string(),
  summary: z.record(z.string(), z.union([z.string(), z.number()])),
  href: z.string().nullable(),
  state: z.enum(approvalStates),
  steps: z.array(approvalStep),
  /** Index of the step that waits; the number of steps when all are done. */
  step_no: z.number().int(),
  requested_by: z.string(),
  requested_by_name: z.string().nullable(),
  requested_at: z.coerce.date(),
  decided_at: z.coerce.date().nullable(),
})
export type ApprovalRow = z.output<typeof approvalRow>

export const approvalPerson = z.object({ id: z.string(), name: z.string(), login: z.string() })

export const approvalDetail = approvalRow.extend({
  decisions: z.array(
    z.object({
      id: z.string(),
      step_no: z.number().int(),
      decision: z.enum(approvalDecisions),
      person_id: z.string(),
      person_name: z.string().nullable(),
      /** For whom the person decided, when it was handed over to them. */
      for_person_name: z.string().nullable(),
      delegate_to_name: z.string().nullable(),
      reason: z.string().nullable(),
      decided_at: z.coerce.date(),
    }),
  ),
  /** Who may decide the step that waits. */
  waiting_for: z.array(approvalPerson),
  /** Whether the reader is one of them. */
  may_decide: z.boolean(),
  /** What the reader may do now. */
  can: z.array(z.enum(approvalDecisions)),
})
export type ApprovalDetail = z.output<typeof approvalDetail>

export const decisionInput = z.strictObject({
  decision: z.enum(approvalDecisions),
  reason: z.string().trim().max(500).optional(),
  delegate_to: z.uuid().optional(),
})
export type DecisionInput = z.output<typeof decisionInput>

export const approvalRuleRow = z.object({
  subject_kind: z.string(),
  /** Whether the kind does without a rule. */
  optional: z.boolean(),
  rule: z.object({ id: z.string(), name: z.string(), steps: z.array(approvalStep) }).nullable(),
})
export type ApprovalRuleRow = z.output<typeof approvalRuleRow>

export const approvalRuleList = z.object({
  rows: z.array(approvalRuleRow),
  /** The roles that may decide, and how many people who could do so hold each of them now. */
  roles: z.array(z.object({ role: z.string(), people: z.number().int() })),
})
export type ApprovalRuleList = z.output<typeof approvalRuleList>

export const approvalRuleInput = z.strictObject({
  name: z.string().trim().min(1).max(80),
  steps: z.array(approvalStep).min(1).max(10),
})

/** Refusals of this part: the web holds a sentence for each. */
export const approvalRefusals = [
  'approvals.no-rule',
  'approvals.already-open',
  'approvals.too-few-people',
  'approvals.wrong-state',
  'approvals.own-request',
  'approvals.only-requester',
  'approvals.not-yours',
  'approvals.decided-already',
  'approvals.reason-needed',
  'approvals.wrong-delegate',
  'approvals.unknown-role',
  'approvals.unknown-kind',
  'approvals.rule-required',
] as const
