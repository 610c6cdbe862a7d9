import { useText } from '#ui/i18n.ts'
import { StateTag, type Tone } from '#ui/show/state-tag.tsx'
import type { BatchState, LineState, MonthState, NameState } from '../shapes.ts'

const monthTones: Record<MonthState, Tone> = {
  open: 'active',
  approving: 'warn',
  locking: 'active',
  locked: 'good',
  released: 'good',
}
const batchTones: Record<BatchState, Tone> = {
  received: 'neutral',
  reading: 'active',
  mapping: 'warn',
  cleaning: 'active',
  done: 'good',
  failed: 'bad',
  discarded: 'off',
}
const lineTones: Record<LineState, Tone> = {
  posted: 'good',
  waiting: 'warn',
  excluded: 'off',
  rejected: 'bad',
}
const nameTones: Record<NameState, Tone> = {
  auto: 'good',
  waiting: 'warn',
  confirmed: 'good',
  ignored: 'off',
}

export const lineStateNames = Object.keys(lineTones) as LineState[]
export const batchStateNames = Object.keys(batchTones) as BatchState[]

export function MonthStateTag({ state }: { state: MonthState }) {
  const t = useText()
  return <StateTag tone={monthTones[state] ?? 'neutral'}>{t(`flows.month_state.${state}`)}</StateTag>
}

type BatchStateTagProps = { state: BatchState; failure?: string | null }

/** The state of a file; one whose reading a person stopped did not fail. */
export function BatchStateTag({ state, failure }: BatchStateTagProps) {
  const t = useText()
  if (failure === 'flows.reading-stopped')
    return <StateTag tone="off">{t('flows.batch_state.stopped')}</StateTag>
  return <StateTag tone={batchTones[state] ?? 'neutral'}>{t(`flows.batch_state.${state}`)}</StateTag>
}

export function LineStateTag({ state }: { state: LineState }) {
  const t = useText()
  return <StateTag tone={lineTones[state] ?? 'neutral'}>{t(`flows.line_state.${state}`)}</StateTag>
}

export function NameStateTag({ state }: { state: NameState }) {
  const t = useText()
  return <StateTag tone={nameTones[state] ?? 'neutral'}>{t(`flows.name_state.${state}`)}</StateTag>
}

/** The word of an issue; a code that is not yet known is shown as it is. */
export function useIssueText(): (code: string) => string {
  const t = useText()
  return (code) => t(`flows.issue.${code}`, { defaultValue: code })
}
