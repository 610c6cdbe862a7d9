import { Alert, Button } from 'antd'
import { useText } from '../i18n.ts'
import { Problem, problemText } from '../problem.ts'

type ErrorStateProps = { error: unknown; onRetry?: () => void; small?: boolean }

/** What happened, that nothing was lost, and what to do. */
export function ErrorState({ error, onRetry, small }: ErrorStateProps) {
  const t = useText()
  const request = error instanceof Problem ? error.request_id : undefined
  return (
    <Alert
      className="qc-error"
      type="error"
      showIcon
      title={problemText(error, t)}
      description={
        small ? undefined : (
          <>
            {t('ui.nothing_changed')}
            {request && <div className="qc-muted">{t('ui.request_id', { id: request })}</div>}
          </>
        )
      }
      action={
        onRetry && (
          <Button size="small" onClick={onRetry}>
            {t('ui.retry')}
          </Button>
        )
      }
    />
  )
}
