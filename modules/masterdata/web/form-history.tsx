import type { ApiPath } from '#ui/api.ts'
import { useText } from '#ui/i18n.ts'
import { Section } from '#ui/layout/section.tsx'
import { HistoryTimeline } from './history-timeline.tsx'

/** Below a form that edits a row: what became of the row so far. Nothing below a form for a new one. */
export function FormHistory({ path }: { path: ApiPath | undefined }) {
  const t = useText()
  if (!path) return null
  return (
    <Section title={t('masterdata.history')}>
      <HistoryTimeline path={path} />
    </Section>
  )
}
