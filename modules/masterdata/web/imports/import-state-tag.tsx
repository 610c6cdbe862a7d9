import { useText } from '#ui/i18n.ts'
import { StateTag, type Tone } from '#ui/show/state-tag.tsx'
import type { ImportState } from '../../imports/shapes.ts'

const tones: Record<ImportState, Tone> = {
  reading: 'active',
  mapping: 'warn',
  checking: 'active',
  checked: 'neutral',
  approving: 'warn',
  running: 'active',
  done: 'good',
  failed: 'bad',
  undone: 'off',
}

export function ImportStateTag({ state }: { state: ImportState }) {
  const t = useText()
  return <StateTag tone={tones[state]}>{t(`masterdata.import_state.${state}`)}</StateTag>
}
