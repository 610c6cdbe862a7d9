import { useText } from '#ui/i18n.ts'
import { Fields } from '#ui/layout/fields.tsx'
import { Section } from '#ui/layout/section.tsx'
import { LinkTo } from '#ui/link-to.tsx'
import { formatCount, formatMoment } from '#ui/show/format.ts'
import { JobProgress } from '#ui/show/job-progress.tsx'
import type { Job } from '#ui/use-job.ts'
import type { BatchPage } from '../../shapes.ts'
import { sheetText } from '../sheet-text.ts'
import { useIssueText } from '../state-tags.tsx'
import { FileOutcome } from './file-progress.tsx'
import { StopReading } from './reading-acts.tsx'
import { isRunning } from './use-batch.ts'

type BatchSummaryProps = {
  batch: BatchPage
  job: Job | undefined /** The page asks for the columns itself. */
  onPage?: boolean
}

/** What a file is, what became of it, and what is odd in it; each number opens its rows. */
export function BatchSummary({ batch, job, onPage }: BatchSummaryProps) {
  const t = useText()
  const ended = batch.state === 'done'
  return (
    <>
      {isRunning(batch.state) && job && <JobProgress job={job} />}
      {isRunning(batch.state) && <StopReading batch={batch} />}
      {batch.state === 'discarded' && <p className="qc-muted">{t('flows.file_discarded_text')}</p>}
      {!isRunning(batch.state) && batch.state !== 'discarded' && !(onPage && batch.state === 'mapping') && (
        <FileOutcome batch={batch} onPage={onPage} />
      )}
      <Section title={t('flows.batch')}>
        <Fields
          lines={[
            { label: t('flows.distributor'), value: batch.distributor_name },
            {
              label: t('flows.month'),
              value: <LinkTo to={`/flows/months/${batch.month}`}>{batch.month}</LinkTo>,
            },
            {
              label: t('flows.table_kind'),
              value: [t(`flows.kind.${batch.kind}`), sheetText(batch.sheet, t)].filter(Boolean).join(' · '),
            },
            { label: t('flows.channel'), value: t(`flows.channel.${batch.channel}`) },
            { label: t('flows.received_at'), value: formatMoment(batch.received_at) },
            {
              label: t('flows.active_content'),
              value: batch.active_content.map((one) => t(`flows.active_content.${one}`)).join('、'),
              wide: true,
            },
            {
              label: t('flows.outcome'),
              value: ended
                ? t('flows.rows_read', {
                    rows: formatCount(batch.row_count),
                    count: batch.row_count,
                    skipped: formatCount(batch.skipped_count),
                  })
                : null,
            },
          ]}
        />
      </Section>
      {ended && <BatchIssues batch={batch} />}
      {ended && <Seconds batch={batch} />}
    </>
  )
}

function BatchIssues({ batch }: { batch: BatchPage }) {
  const t = useText()
  const issueText = useIssueText()
  return (
    <Section title={t('flows.issues')}>
      {batch.issues.length === 0 && <p className="qc-muted">{t('flows.issues_none')}</p>}
      <ul className="qf-issues">
        {batch.issues.map(({ issue, line_count }) => (
          <li key={issue}>
            <LinkTo to={`/flows/lines?batch_id=${batch.id}&issue=${encodeURIComponent(issue)}`}>
              {issueText(issue)}
            </LinkTo>
            <span className="qc-num">
              {t('flows.lines_n', { number: formatCount(line_count), count: line_count })}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  )
}

function Seconds({ batch }: { batch: BatchPage }) {
  const t = useText()
  const parts = Object.entries(batch.seconds)
  if (parts.length === 0) return null
  return (
    <Section title={t('flows.seconds')}>
      <ul className="qf-seconds">
        {parts.map(([station, seconds]) => (
          <li key={station}>
            <span className="qc-muted">{t(`flows.station.${station}`, { defaultValue: station })}</span>{' '}
            <span className="qc-num">{seconds.toFixed(seconds < 1 ? 2 : 1)} s</span>
          </li>
        ))}
      </ul>
    </Section>
  )
}
