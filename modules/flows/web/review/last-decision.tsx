import { Button } from 'antd'
import { useText } from '#ui/i18n.ts'
import { formatCount } from '#ui/show/format.ts'
import { lastOf, type Made } from './use-made.ts'

/** What was decided last, always in the same place, one key from being taken back; before that, the keys. */
export function LastDecision({ made, onUndo }: { made: readonly Made[]; onUndo: () => void }) {
  const t = useText()
  const all = lastOf(made)
  const [last] = all
  if (!last) return <div className="qf-last qf-keys-line qc-muted">{t('flows.review_keys_line')}</div>
  const lines = all.reduce((sum, { line_count }) => sum + line_count, 0)
  return (
    <div className="qf-last" role="status">
      <span className="qc-cut">
        {t(all.length > 1 ? 'flows.review_last_many' : 'flows.review_last', {
          text: last.text,
          number: all.length,
          target: last.target ?? t('flows.review_ignore'),
        })}
      </span>
      <span className="qc-muted qc-nowrap">
        {all.some(({ state }) => state === 'saving')
          ? t('flows.review_saving')
          : t('flows.review_settled', { lines: formatCount(lines), count: lines })}
      </span>
      <Button size="small" onClick={onUndo}>
        {t('flows.review_undo')} <kbd>U</kbd>
      </Button>
    </div>
  )
}
