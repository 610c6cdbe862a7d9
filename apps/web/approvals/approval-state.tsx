import type { approvalStates } from '#platform/approvals/shapes.ts'
import { useText } from '#ui/i18n.ts'
import { StateTag, type Tone } from '#ui/show/state-tag.tsx'

type ApprovalState = (typeof approvalStates)[number]

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
