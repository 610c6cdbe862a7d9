import { DownloadOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useState } from 'react'
import { useText } from '#ui/i18n.ts'
import { ErrorState } from '#ui/layout/error-state.tsx'
import { PageHeader } from '#ui/layout/page-header.tsx'
import { Section } from '#ui/layout/section.tsx'
import { Skeleton } from '#ui/layout/skeleton.tsx'
import { usePermission } from '#ui/session.ts'
import { useParams } from '#ui/use-url-state.ts'
import type { BatchPage as Batch } from '../../shapes.ts'
import '../flows.css'
import './files.css'
import { BatchStateTag } from '../state-tags.tsx'
import { useMonths } from '../use-months.ts'
import { BatchSummary } from './batch-summary.tsx'
import { DiscardButton } from './discard-button.tsx'
import { MappingTable } from './mapping-table.tsx'
import { LayoutDrift, ReadingNotes } from './reading-notes.tsx'
import { isRunning, useBatch } from './use-batch.ts'

/** One file: its columns as long as they are doubtful, afterwards what became of its rows. */
export function BatchPage() {
  const t = useText()
  const { id = '' } = useParams()
  const read = useBatch(id)
  const { batch, job } = read
  const mayUpload = usePermission('flows.upload')
  const { months } = useMonths()
  const open = months.some(({ month, state }) => month === batch?.month && state === 'open')
  return (
    <>
      <PageHeader
        title={batch?.file_name ?? t('flows.batch')}
        crumbs={[{ text: t('flows.batches'), to: '/flows/batches' }]}
        beside={batch && <BatchStateTag state={batch.state} failure={batch.failure_code} />}
        text={batch && t('flows.of_month', { month: batch.month, distributor: batch.distributor_name })}
        actions={
          batch && (
            <>
              <Button icon={<DownloadOutlined />} href={`/api/flow-batches/${id}/file`} download>
                {t('flows.file_download')}
              </Button>
              {mayUpload && open && <DiscardButton batch={batch} />}
            </>
          )
        }
      />
      {read.isPending && <Skeleton lines={8} />}
      {read.isError && !batch && <ErrorState error={read.error} onRetry={() => void read.refetch()} />}
      {batch && <LayoutDrift batch={batch} />}
      {batch?.state === 'mapping' && (
        <Section title={t('flows.columns')}>
          <p className="qc-muted">{t('flows.columns_text')}</p>
          <ReadingNotes batch={batch} />
          <MappingTable key={batch.state} batch={batch} readOnly={!mayUpload || !open} />
        </Section>
      )}
      {batch && <BatchSummary batch={batch} job={job} onPage />}
      {batch && batch.state !== 'mapping' && !isRunning(batch.state) && batch.columns.length > 0 && (
        <LaterColumns batch={batch} readOnly={!mayUpload || !open || batch.state !== 'done'} />
      )}
    </>
  )
}

/** The columns of a finished file: out of the way, but one click from being changed. */
function LaterColumns({ batch, readOnly }: { batch: Batch; readOnly: boolean }) {
  const t = useText()
  const [shown, setShown] = useState(false)
  return (
    <Section
      title={t('flows.columns')}
      beside={
        <Button size="small" onClick={() => setShown(!shown)} aria-expanded={shown}>
          {t(shown ? 'flows.columns_hide' : 'flows.columns_show')}
        </Button>
      }
    >
      {batch.remembered && <p className="qc-muted">{t('flows.columns_remembered')}</p>}
      {shown && <MappingTable batch={batch} readOnly={readOnly} />}
    </Section>
  )
}
