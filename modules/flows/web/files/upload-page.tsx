import type { z } from 'zod'
import { UploadDrop } from '#ui/act/upload-drop.tsx'
import { useText } from '#ui/i18n.ts'
import { EmptyState } from '#ui/layout/empty-state.tsx'
import { PageHeader } from '#ui/layout/page-header.tsx'
import { Section } from '#ui/layout/section.tsx'
import { Skeleton } from '#ui/layout/skeleton.tsx'
import { useSession } from '#ui/session.ts'
import { formatBytes } from '#ui/show/format.ts'
import { followJob } from '#ui/use-job.ts'
import { useRefresh } from '#ui/use-list.ts'
import { useUrlState } from '#ui/use-url-state.ts'
import type { uploadAnswer } from '../../shapes.ts'
import '../flows.css'
import './files.css'
import { MonthPick } from '../month-pick.tsx'
import { NamePick } from '../name-pick.tsx'
import { useMonths } from '../use-months.ts'
import { EarlierFiles } from './earlier-files.tsx'
import { FileProgress } from './file-progress.tsx'
import { SampleTable } from './sample-table.tsx'

type UploadAnswer = z.output<typeof uploadAnswer>

/** What the reading engine reads; the content decides, the names only help the file dialog. */
const accept =
  '.xlsx .xls .xml .html .htm .csv .tsv .txt .prn .dbf .zip .pdf .jpg .jpeg .png .webp .tif .tiff'.split(' ')
const maxBytes = 100 * 1024 * 1024

/** Month and distributor once, then any number of files; each becomes a card that says what it turned out to be. */
export function UploadPage() {
  const t = useText()
  const refresh = useRefresh()
  const { distributor } = useSession()
  const { months, current, isPending } = useMonths()
  const [url, setUrl] = useUrlState({ month: '', distributor_id: '' })
  const open = months.filter(({ state }) => state === 'open')
  const month = url.month || (current?.state === 'open' ? current.month : '')
  const distributorId = distributor?.id ?? url.distributor_id
  const ready = month !== '' && distributorId !== ''

  if (isPending) return <Skeleton lines={6} />
  if (open.length === 0)
    return (
      <>
        <PageHeader title={t('flows.upload')} />
        <EmptyState
          title={t('flows.upload_no_month')}
          text={t('flows.upload_no_month_text')}
          action={{ text: t('flows.months'), to: '/flows/months' }}
        />
      </>
    )
  const arrived = ({ batches }: UploadAnswer) => {
    for (const batch of batches)
      followJob({ id: batch.job_id, title: batch.file_name, href: `/flows/batches/${batch.id}` })
    void refresh('/api/flow-batches', '/api/flow-months')
  }
  return (
    <>
      <PageHeader title={t('flows.upload')} text={t('flows.upload_text')} />
      <div className="qf-upload-for">
        <span className="qc-muted">{t('flows.upload_for')}</span>
        <MonthPick openOnly value={month} onChange={(next) => setUrl({ month: next })} />
        {distributor ? (
          <strong>{distributor.name}</strong>
        ) : (
          <NamePick
            kind="distributors"
            label={t('flows.distributor')}
            value={distributorId}
            onChange={(id) => setUrl({ distributor_id: id })}
          />
        )}
      </div>
      {ready ? (
        <>
          <UploadDrop<UploadAnswer>
            path="/api/flow-batches"
            accept={accept}
            maxBytes={maxBytes}
            fields={{ month, distributor_id: distributorId }}
            hint={t('flows.upload_hint', { max: formatBytes(maxBytes) })}
            onDone={arrived}
            renderAnswer={({ batches }) =>
              batches.map((batch) => <FileProgress key={batch.id} id={batch.id} jobId={batch.job_id} />)
            }
          />
          <p className="qc-muted">{t('flows.upload_goes_on')}</p>
          <Section title={t('flows.upload_earlier')}>
            <EarlierFiles month={month} distributorId={distributorId} />
          </Section>
        </>
      ) : (
        <div className="qf-upload-wait">
          <h2>{t('flows.upload_pick')}</h2>
          <p className="qc-muted">{t('flows.upload_pick_text')}</p>
        </div>
      )}
      <SampleTable />
    </>
  )
}
