import { Button } from 'antd'
import { useAct } from '#ui/act/use-act.tsx'
import { useConfirmImpact } from '#ui/act/use-confirm-impact.tsx'
import { api } from '#ui/api.ts'
import { useText } from '#ui/i18n.ts'
import { usePermission } from '#ui/session.ts'
import { formatCount, formatMoment, formatPercent } from '#ui/show/format.ts'
import { StateTag } from '#ui/show/state-tag.tsx'
import type { Quality } from '../../quality/shapes.ts'

/** What another threshold changes. */
export const CHANGED = [
  '/api/flow-match-quality',
  '/api/flow-match-thresholds',
  '/api/flow-reviews',
  '/api/flow-lines',
] as const

type Change = Quality['thresholds'][number]

/** Who set which threshold when and why; the newest can be taken back. */
export function ThresholdHistory({ thresholds }: Pick<Quality, 'thresholds'>) {
  const t = useText()
  const mayTune = usePermission('flows.tune')
  const confirm = useConfirmImpact()
  const undo = useAct({
    run: (id: string) => api.delete<{ line_count: number }>(`/api/flow-match-thresholds/${id}`),
    refresh: CHANGED,
    done: ({ line_count }) =>
      t('flows.threshold_undone', { number: formatCount(line_count), count: line_count }),
  })
  const ask = async (change: Change) => {
    const answer = await confirm({
      title: t('flows.threshold_undo_title', { score: formatPercent(change.previous) }),
      impact: [t('flows.undo_impact', { number: formatCount(change.line_count), count: change.line_count })],
      confirmText: t('flows.threshold_undo'),
    })
    if (answer) undo.run(change.id)
  }
  const newest = thresholds.find(({ undone_at }) => !undone_at)
  if (thresholds.length === 0) return null
  return (
    <details className="qf-threshold-history" open={newest !== undefined}>
      <summary>{t('flows.threshold_history')}</summary>
      <ol>
        {thresholds.map((change) => (
          <li key={change.id}>
            <span className="qc-num">
              {t('flows.threshold_from_to', {
                previous: formatPercent(change.previous),
                next: formatPercent(change.auto_from),
              })}
            </span>
            <span>{change.reason}</span>
            <span className="qc-muted">{`${change.person_name ?? ''} ${formatMoment(change.applied_at)}`}</span>
            {change.undone_at ? (
              <StateTag tone="off">{t('flows.decided_undone')}</StateTag>
            ) : (
              mayTune &&
              change === newest && (
                <Button size="small" loading={undo.pending} onClick={() => void ask(change)}>
                  {t('flows.threshold_undo')}
                </Button>
              )
            )}
          </li>
        ))}
      </ol>
    </details>
  )
}
