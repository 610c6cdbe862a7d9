export { decideApproval } from './decide-approval.ts'
export { hasApprovalRule, requestApproval } from './request-approval.ts'
export { setApprovalRule } from './set-approval-rule.ts'
