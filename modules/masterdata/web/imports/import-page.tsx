import { Alert, Button } from 'antd'
import { useEffect } from 'react'
import { useText } from '#ui/i18n.ts'
import { ErrorState } from '#ui/layout/error-state.tsx'
import { Fields } from '#ui/layout/fields.tsx'
import { PageHeader } from '#ui/layout/page-header.tsx'
import { Skeleton } from '#ui/layout/skeleton.tsx'
import { LinkTo, useGo } from '#ui/link-to.tsx'
import { usePermission } from '#ui/session.ts'
import { JobProgress } from '#ui/show/job-progress.tsx'
import { isOver, useJob } from '#ui/use-job.ts'
import { useRead, useRefresh } from '#ui/use-list.ts'
import { useParams } from '#ui/use-url-state.ts'
import type { ImportDetail } from '../../imports/shapes.ts'
import '../masterdata.css'
import { useFieldWords } from '../field-words.ts'
import { ImportApproval } from './import-approval.tsx'
import { ImportCounts } from './import-counts.tsx'
import { ImportDone } from './import-done.tsx'
import { ImportStateTag } from './import-state-tag.tsx'
import { MappingGrid } from './mapping-grid.tsx'
import { MappingStep } from './mapping-step.tsx'

const working: readonly string[] = ['reading', 'checking', 'running']

/** One import from its heads to its undo; the page goes on when it is left and come back to. */
export function ImportPage() {
  const t = useText()
  const { id = '' } = useParams()
  const go = useGo()
  const mayImport = usePermission('masterdata.import')
  const refresh = useRefresh()
  const read = useRead<ImportDetail>(`/api/imports/${id}`)
  const detail = read.data
  const busy = detail !== undefined && working.includes(detail.state)
  const job = useJob(busy ? detail.job_id : null)
  const ended = job.data !== undefined && isOver(job.data)
  useEffect(() => {
    // A job ends a moment after its last write; what it wrote is read once more.
    if (busy && ended) void refresh(`/api/imports/${id}`)
  }, [busy, ended, id, refresh])
  if (read.error) return <ErrorState error={read.error} onRetry={() => void read.refetch()} />
  if (!detail) return <Skeleton />
  return (
    <>
      <PageHeader
        title={detail.file_name ?? t('masterdata.batch_title')}
        beside={
          <>
            <span className="qc-muted">{t(`masterdata.kinds.${detail.kind}`)}</span>
            <ImportStateTag state={detail.state} />
          </>
        }
        crumbs={[{ text: t('masterdata.imports'), to: '/imports' }]}
        actions={
          mayImport &&
          detail.file_name !== null && (
            <Button onClick={() => go(`/imports/new?kind=${detail.kind}`)}>
              {t('masterdata.another_file')}
            </Button>
          )
        }
      />
      {detail.state === 'failed' && <Failure detail={detail} />}
      {busy && job.data && <JobProgress job={job.data} />}
      {busy && <p className="qc-muted">{t('masterdata.may_leave')}</p>}
      {!['reading', 'mapping', 'checking', 'failed'].includes(detail.state) && (
        <ImportCounts detail={detail} />
      )}
      {detail.batch && <BatchFacts batch={detail.batch} />}
      <ImportApproval detail={detail} />
      {(detail.state === 'done' || detail.state === 'undone') && <ImportDone detail={detail} />}
      {detail.state === 'approving' && (
        <MappingGrid
          detail={detail}
          mapping={detail.mapping}
          rows={detail.preview.filter((row) => Object.keys(row.identity).length > 0)}
        />
      )}
      {mayImport && (detail.state === 'mapping' || detail.state === 'checked') && (
        <MappingStep key={JSON.stringify(detail.mapping)} detail={detail} />
      )}
    </>
  )
}

/** What was set on the chosen rows. */
function BatchFacts({ batch }: { batch: Record<string, unknown> }) {
  const words = useFieldWords()
  const shown = (field: string, value: unknown) =>
    Array.isArray(value) ? value.join('、') : words.value(field, value === null ? null : String(value))
  return (
    <Fields
      lines={Object.entries(batch).map(([field, value]) => ({
        label: words.field(field),
        value: shown(field, value),
      }))}
    />
  )
}

function Failure({ detail }: { detail: ImportDetail }) {
  const t = useText()
  return (
    <Alert
      type="error"
      showIcon
      title={t(`refusal.${detail.failure_code}`, { ...detail.failure_params })}
      description={
        <>
          {t('masterdata.nothing_written')}{' '}
          <LinkTo to={`/imports/new?kind=${detail.kind}`}>{t('masterdata.another_file')}</LinkTo>
        </>
      }
    />
  )
}
