import { useText } from '#ui/i18n.ts'
import { StateTag, type Tone } from '#ui/show/state-tag.tsx'

const tones: Record<string, Tone> = {
  active: 'good',
  retired: 'off',
  merged: 'off',
  suspended: 'warn',
  exited: 'off',
}

/** In use, retired, merged, suspended, exited. */
export function MasterState({ state }: { state: string }) {
  const t = useText()
  return <StateTag tone={tones[state] ?? 'neutral'}>{t(`masterdata.state.${state}`)}</StateTag>
}
