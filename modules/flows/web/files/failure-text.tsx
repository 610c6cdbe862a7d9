import { Alert } from 'antd'
import { useText } from '#ui/i18n.ts'
import type { BatchRow } from '../../shapes.ts'

/** The sentence for a file that failed. */
export function useFailureText(): (batch: BatchRow) => string {
  const t = useText()
  return (batch) => {
    const code = batch.failure_code ?? 'fault'
    return t(`refusal.${code}`, { ...batch.failure_params, defaultValue: t('ui.job_failed', { code }) })
  }
}

/** Why a file could not be read, what is safe and what to do. */
export function FailureText({ batch }: { batch: BatchRow }) {
  const text = useFailureText()
  const stopped = batch.failure_code === 'flows.reading-stopped'
  return <Alert type={stopped ? 'info' : 'error'} showIcon title={text(batch)} />
}
