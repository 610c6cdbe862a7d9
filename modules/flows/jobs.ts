import type { EventListener } from '#platform/events/public.ts'
import type { JobWork } from '#platform/jobs/public.ts'
import type { ApprovalKind } from '#platform/module.ts'
import { runBatch } from './clean/clean-batch.ts'
import { hearApproval } from './close/hear-approval.ts'
import { lockMonth } from './close/lock-month.ts'

export const flowJobs: Readonly<Record<string, JobWork>> = {
  'flows.run-batch': runBatch,
  'flows.lock-month': lockMonth,
}

export const flowListeners: Readonly<Record<string, EventListener>> = {
  'approvals.decided': hearApproval,
}

/** No month is locked without a second person. */
export const flowApprovals: readonly ApprovalKind[] = [{ kind: 'flows.month', optional: false }]
