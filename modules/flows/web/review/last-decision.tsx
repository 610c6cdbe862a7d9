import { Button } from 'antd'
import { useText } from '#ui/i18n.ts'
import { formatCount } from '#ui/show/format.ts'
import type { Made } from './use-made.ts'

/** What was decided last, always in the same place, one key from being taken back; before that, the keys. */
export function LastDecision({ made, onUndo }: { made: readonly Made[]; onUndo: () => void }) {
  const t = useText()
  const last = made.find(({ state }) => state !== 'undone')
  if (!last) return <div className="qf-last qf-keys-line qc-muted">{t('flows.review_keys_line')}</div>
  return (
    <div className="qf-last" role="status">
      <span className="qc-cut">
        {t('flows.review_last', { text: last.text, target: last.target ?? t('flows.review_ignore') })}
      </span>
      <span className="qc-muted qc-nowrap">
        {last.state === 'saving'
          ? t('flows.review_saving')
          : t('flows.review_settled', { lines: formatCount(last.line_count), count: last.line_count })}
      </span>
      <Button size="small" onClick={onUndo}>
        {t('flows.review_undo')} <kbd>U</kbd>
      </Button>
    </div>
  )
}
