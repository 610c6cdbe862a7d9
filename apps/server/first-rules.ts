import type { FirstRule } from '#platform/auth/found-company.ts'

/** What a company that was made by hand begins with: without a rule, no flow month could be closed. */
export const firstRules: readonly FirstRule[] = [
  {
    subject_kind: 'flows.month',
    name: '流向关账',
    steps: [{ name: '渠道经理复核', role: 'channel-manager', needed: 1 }],
  },
]
