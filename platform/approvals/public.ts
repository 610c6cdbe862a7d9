export { decideApproval } from './decide-approval.ts'
export { requestApproval } from './request-approval.ts'
export { setApprovalRule } from './set-approval-rule.ts'
