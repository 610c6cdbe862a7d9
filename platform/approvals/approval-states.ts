import type { ApprovalDecision, ApprovalState } from '../tables.ts'

/**
 * From this state, by this decision, to that state. `approve` leads to 'approved' only with the last approval of the
 * last step; until then the approval stays pending.
 */
export const approvalMoves: Readonly<
  Record<ApprovalState, Partial<Record<ApprovalDecision, ApprovalState>>>
> = {
  pending: {
    approve: 'approved',
    reject: 'rejected',
    hold: 'held',
    delegate: 'pending',
    withdraw: 'withdrawn',
  },
  held: { resume: 'pending', withdraw: 'withdrawn' },
  approved: {},
  rejected: {},
  withdrawn: {},
}
