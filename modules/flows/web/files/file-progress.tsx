import { useText } from '#ui/i18n.ts'
import { ErrorState } from '#ui/layout/error-state.tsx'
import { LinkTo } from '#ui/link-to.tsx'
import { usePermission } from '#ui/session.ts'
import { formatCount, formatMoney } from '#ui/show/format.ts'
import { JobProgress } from '#ui/show/job-progress.tsx'
import type { BatchPage } from '../../shapes.ts'
import { ShareBar } from '../months/share-bar.tsx'
import { BatchStateTag, useIssueText } from '../state-tags.tsx'
import { FailureText } from './failure-text.tsx'
import { ReadAgain, StopReading } from './reading-acts.tsx'
import { LayoutDrift, ReadingNotes } from './reading-notes.tsx'
import { isRunning, useBatch } from './use-batch.ts'

/** What a file that was just sent turns out to be, from queued to posted. */
export function FileProgress({ id, jobId }: { id: string; jobId: string }) {
  const { batch, job, error } = useBatch(id, jobId)
  if (error && !batch) return <ErrorState error={error} small />
  if (batch && !isRunning(batch.state)) return <FileOutcome batch={batch} />
  return (
    <>
      {job ? <JobProgress job={job} /> : batch && <BatchStateTag state={batch.state} />}
      {batch && <StopReading batch={batch} />}
    </>
  )
}

/** A finished file in a few lines: what it is, what counts, what waits, what to do. */
export function FileOutcome({ batch, onPage }: { batch: BatchPage; onPage?: boolean }) {
  const t = useText()
  const mayReview = usePermission('flows.review')
  const page = `/flows/batches/${batch.id}`
  if (batch.state === 'failed')
    return (
      <div className="qf-file-outcome">
        <FailureText batch={batch} />
        <div>
          <ReadAgain batch={batch} />
        </div>
      </div>
    )
  if (batch.state === 'mapping')
    return (
      <div className="qf-file-outcome">
        <div className="qf-file-ask">
          <BatchStateTag state="mapping" />
          <span>{t('flows.file_ask_columns')}</span>
          <LinkTo to={page} className="qc-button-link">
            {t('flows.file_confirm_columns')}
          </LinkTo>
        </div>
        {!onPage && <LayoutDrift batch={batch} />}
        <ReadingNotes batch={batch} />
      </div>
    )
  const posted = batch.line_count - batch.waiting_count - batch.excluded_count - batch.rejected_count
  return (
    <div className="qf-file-outcome">
      <div className="qc-actions">
        {!onPage && <BatchStateTag state={batch.state} />}
        <span className="qc-num">
          {t('flows.file_result', {
            kind: t(`flows.kind.${batch.kind}`),
            number: formatCount(batch.line_count),
            count: batch.line_count,
            amount: formatMoney(batch.amount_fen),
          })}
        </span>
        <span className="qc-grow" />
        {!onPage && <LinkTo to={page}>{t('flows.file_see')}</LinkTo>}
      </div>
      <ShareBar month={{ ...batch, posted_count: posted }} />
      <div className="qc-actions qc-num">
        {posted === batch.line_count && <span className="qc-good">{t('flows.file_all_posted')}</span>}
        {batch.waiting_count > 0 && (
          <LinkTo to={`/flows/lines?batch_id=${batch.id}&state=waiting`} className="qc-warn">
            {t('flows.waiting_n', { number: formatCount(batch.waiting_count) })}
          </LinkTo>
        )}
        {batch.waiting_count > 0 && mayReview && (
          <LinkTo to={`/flows/review?month=${batch.month}&distributor_id=${batch.distributor_id}`}>
            {t('flows.file_settle')}
          </LinkTo>
        )}
        {batch.excluded_count > 0 && (
          <LinkTo to={`/flows/lines?batch_id=${batch.id}&state=excluded`}>
            {t('flows.line_state.excluded')} {formatCount(batch.excluded_count)}
          </LinkTo>
        )}
        {batch.rejected_count > 0 && (
          <LinkTo to={`/flows/lines?batch_id=${batch.id}&state=rejected`} className="qc-bad">
            {t('flows.line_state.rejected')} {formatCount(batch.rejected_count)}
          </LinkTo>
        )}
      </div>
      {!onPage && <Reasons batch={batch} />}
      {!onPage && <LayoutDrift batch={batch} />}
      <ReadingNotes batch={batch} />
    </div>
  )
}

/** What keeps lines of the file from counting, most lines first; the page of the file has all of it. */
function Reasons({ batch }: { batch: BatchPage }) {
  const issueText = useIssueText()
  if (batch.issues.length === 0) return null
  return (
    <div className="qc-actions qc-num">
      {batch.issues.slice(0, 3).map(({ issue, line_count }) => (
        <LinkTo
          key={issue}
          to={`/flows/lines?batch_id=${batch.id}&issue=${encodeURIComponent(issue)}`}
          className="qc-muted"
        >
          {issueText(issue)} {formatCount(line_count)}
        </LinkTo>
      ))}
    </div>
  )
}
