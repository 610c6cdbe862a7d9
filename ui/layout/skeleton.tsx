import { useText } from '../i18n.ts'

const widths = [92, 78, 85, 64, 88, 71, 80, 58]

/** The place of what is being loaded; quiet, and announced once. */
export function Skeleton({ lines = 6 }: { lines?: number }) {
  const t = useText()
  return (
    <div className="qc-skeleton" role="status" aria-label={t('ui.loading')}>
      {Array.from({ length: lines }, (_, line) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines are all alike and never change place
        <div key={line} style={{ width: `${widths[line % widths.length] ?? 80}%` }} />
      ))}
    </div>
  )
}
