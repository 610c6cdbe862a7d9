import { useText } from '#ui/i18n.ts'
import { LinkTo } from '#ui/link-to.tsx'
import { usePermission } from '#ui/session.ts'
import { formatCount } from '#ui/show/format.ts'
import type { BatchRow } from '../../shapes.ts'
import { useFailureText } from './failure-text.tsx'

/** What a file still needs, in a line: why it failed, columns to confirm, lines to decide. */
export function BatchNext({ batch }: { batch: BatchRow }) {
  const t = useText()
  const failure = useFailureText()
  const mayReview = usePermission('flows.review')
  if (batch.state === 'failed') return <span title={failure(batch)}>{failure(batch)}</span>
  if (batch.state === 'mapping')
    return <LinkTo to={`/flows/batches/${batch.id}`}>{t('flows.file_confirm_columns')}</LinkTo>
  if (batch.waiting_count === 0) return <span className="qc-muted">—</span>
  const waiting = t('flows.waiting_n', { number: formatCount(batch.waiting_count) })
  if (!mayReview) return <LinkTo to={`/flows/lines?batch_id=${batch.id}&state=waiting`}>{waiting}</LinkTo>
  return (
    <LinkTo to={`/flows/review?month=${batch.month}&distributor_id=${batch.distributor_id}`}>
      {`${waiting} · ${t('flows.file_settle')}`}
    </LinkTo>
  )
}
