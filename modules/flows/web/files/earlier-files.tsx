import { useText } from '#ui/i18n.ts'
import { Skeleton } from '#ui/layout/skeleton.tsx'
import { LinkTo } from '#ui/link-to.tsx'
import { formatCount, formatMoment } from '#ui/show/format.ts'
import { useList } from '#ui/use-list.ts'
import type { BatchRow } from '../../shapes.ts'
import { sheetText } from '../sheet-text.ts'
import { BatchStateTag } from '../state-tags.tsx'

type EarlierFilesProps = { month?: string; distributorId?: string; size?: number }

/** The files that already came, so that nobody sends one twice. */
export function EarlierFiles({ month, distributorId, size = 20 }: EarlierFilesProps) {
  const t = useText()
  const list = useList<BatchRow>('/api/flow-batches', undefined, {
    month,
    distributor_id: distributorId,
    size,
  })
  if (list.isPending) return <Skeleton lines={2} />
  const outcomeOf = (batch: BatchRow) =>
    [
      t(`flows.kind.${batch.kind}`),
      sheetText(batch.sheet, t),
      t('flows.lines_n', { number: formatCount(batch.line_count), count: batch.line_count }),
    ]
      .filter(Boolean)
      .join(' · ')
  const rows = list.data?.rows ?? []
  if (rows.length === 0) return <p className="qc-muted">{t('flows.upload_earlier_none')}</p>
  return (
    <ul className="qf-files">
      {rows.map((batch) => (
        <li key={batch.id}>
          <LinkTo to={`/flows/batches/${batch.id}`} className="qf-file-name">
            {batch.file_name}
          </LinkTo>
          <BatchStateTag state={batch.state} failure={batch.failure_code} />
          <span className="qc-muted qc-num">
            {batch.state === 'done' && `${outcomeOf(batch)} · `}
            {formatMoment(batch.received_at)}
          </span>
        </li>
      ))}
    </ul>
  )
}
