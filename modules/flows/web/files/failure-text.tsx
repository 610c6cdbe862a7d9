import { Alert } from 'antd'
import { useText } from '#ui/i18n.ts'
import type { BatchRow } from '../../shapes.ts'

/** Why a file could not be read, what is safe and what to do. */
export function FailureText({ batch }: { batch: BatchRow }) {
  const t = useText()
  const code = batch.failure_code ?? 'fault'
  return (
    <Alert
      type="error"
      showIcon
      title={t(`refusal.${code}`, { ...batch.failure_params, defaultValue: t('ui.job_failed', { code }) })}
    />
  )
}
