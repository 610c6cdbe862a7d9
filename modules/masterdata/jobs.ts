import type { EventListener } from '#platform/events/public.ts'
import type { JobWork } from '#platform/jobs/public.ts'
import type { ApprovalKind } from '#platform/module.ts'
import { hearApproval } from './identity/hear-approval.ts'
import { identityFields } from './identity/shapes.ts'
import { checkImport } from './imports/check-import.ts'
import { runImport } from './imports/run-import.ts'

/** Door for time and events. */
export const masterdataJobs: Readonly<Record<string, JobWork>> = {
  'masterdata.check-import': checkImport,
  'masterdata.run-import': runImport,
}

export const masterdataListeners: Readonly<Record<string, EventListener>> = {
  'approvals.decided': hearApproval,
}

/** Without a rule a change of identity holds at once. */
export const masterdataApprovals: readonly ApprovalKind[] = Object.keys(identityFields).map((kind) => ({
  kind: `masterdata.${kind}`,
  optional: true,
}))
