import { Button } from 'antd'
import { useAct } from '#ui/act/use-act.tsx'
import { api } from '#ui/api.ts'
import { useText } from '#ui/i18n.ts'
import { usePermission } from '#ui/session.ts'
import { followJob } from '#ui/use-job.ts'
import type { BatchPage } from '../../shapes.ts'

const REFRESH = ['/api/flow-batches', '/api/flow-months'] as const

/** Ends the reading of a file that takes long; a second later nothing of it runs. */
export function StopReading({ batch }: { batch: BatchPage }) {
  const t = useText()
  const mayUpload = usePermission('flows.upload')
  const stop = useAct({
    run: () => api.delete(`/api/flow-batches/${batch.id}/reading`),
    refresh: REFRESH,
    done: () => t('flows.reading_stopping'),
  })
  if (!mayUpload || !['received', 'reading'].includes(batch.state)) return null
  return (
    <Button
      size="small"
      title={t('flows.reading_stop_text')}
      loading={stop.pending}
      onClick={() => stop.run()}
    >
      {t('flows.reading_stop')}
    </Button>
  )
}

/** A second reading of the same bytes helps only where the first was stopped, or outgrew time or memory. */
const WORTH_AGAIN = ['flows.reading-stopped', 'reading.too-large']

/** Reads a stopped or failed file again. */
export function ReadAgain({ batch }: { batch: BatchPage }) {
  const t = useText()
  const mayUpload = usePermission('flows.upload')
  const again = useAct({
    run: () => api.post<{ job_id: string }>(`/api/flow-batches/${batch.id}/reading`, {}),
    refresh: REFRESH,
    done: () => t('flows.reading_again_done'),
    after: ({ job_id }) =>
      followJob({ id: job_id, title: batch.file_name, href: `/flows/batches/${batch.id}` }),
  })
  if (!mayUpload || batch.state !== 'failed' || !WORTH_AGAIN.includes(batch.failure_code ?? '')) return null
  return (
    <Button size="small" loading={again.pending} onClick={() => again.run()}>
      {t('flows.reading_again')}
    </Button>
  )
}
