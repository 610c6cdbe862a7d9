import { useText } from '#ui/i18n.ts'
import { StateTag, type Tone } from '#ui/show/state-tag.tsx'

export const approvalStates = ['pending', 'held', 'approved', 'rejected', 'withdrawn'] as const
export type ApprovalState = (typeof approvalStates)[number]
export type ApprovalDecision = 'approve' | 'reject' | 'hold' | 'resume' | 'delegate' | 'withdraw'

export type Approval = {
  id: string
  subject_kind: string
  subject_id: string
  title: string
  summary: Record<string, string | number> | null
  href?: string | null
  steps: { name: string; role: string; needed: number }[]
  step_no: number
  state: ApprovalState
  requested_by: string
  requested_by_name: string | null
  requested_at: string
  decided_at: string | null
}

export type ApprovalDetail = Approval & {
  may_decide?: boolean
  decisions: {
    id: string
    step_no: number
    person_name: string
    for_person_name?: string | null
    decision: ApprovalDecision
    delegate_to_name?: string | null
    reason: string | null
    decided_at: string
  }[]
}

const tones: Record<ApprovalState, Tone> = {
  pending: 'active',
  held: 'warn',
  approved: 'good',
  rejected: 'bad',
  withdrawn: 'off',
}

export function ApprovalStateTag({ state }: { state: ApprovalState }) {
  const t = useText()
  return <StateTag tone={tones[state]}>{t(`approvals.state_${state}`)}</StateTag>
}
