import { useText } from '#ui/i18n.ts'
import { DetailDrawer, useOpened } from '#ui/layout/detail-drawer.tsx'
import { EmptyState } from '#ui/layout/empty-state.tsx'
import { PageHeader } from '#ui/layout/page-header.tsx'
import { LinkTo } from '#ui/link-to.tsx'
import { usePermission, useSession } from '#ui/session.ts'
import type { Column } from '#ui/table/columns.tsx'
import { DataTable } from '#ui/table/data-table.tsx'
import type { Filter } from '#ui/table/filter.ts'
import type { BatchRow } from '../../shapes.ts'
import '../flows.css'
import './files.css'
import { MonthPick } from '../month-pick.tsx'
import { NamePick } from '../name-pick.tsx'
import { sheetText } from '../sheet-text.ts'
import { BatchStateTag, batchStateNames } from '../state-tags.tsx'
import { BatchNext } from './batch-next.tsx'
import { BatchSummary } from './batch-summary.tsx'
import { useFailureText } from './failure-text.tsx'
import { useBatch } from './use-batch.ts'

/** Every file that came, what became of it and what it still needs. */
export function BatchesPage() {
  const t = useText()
  const opened = useOpened()
  const ownOnly = useSession().scope === 'distributor'
  const mayUpload = usePermission('flows.upload')
  const failure = useFailureText()
  const columns: Column<BatchRow>[] = [
    { key: 'file_name', title: t('flows.file_name'), width: 300, sortable: true },
    {
      key: 'state',
      title: t('flows.state'),
      kind: 'state',
      render: (row) => <BatchStateTag state={row.state} failure={row.failure_code} />,
    },
    {
      key: 'failure_code',
      title: t('flows.batch_next'),
      width: 190,
      render: (row) => <BatchNext batch={row} />,
      text: (row) => (row.state === 'failed' ? failure(row) : ''),
    },
    { key: 'distributor_name', title: t('flows.distributor'), width: 220 },
    { key: 'month', title: t('flows.month'), width: 92, sortable: true },
    {
      key: 'kind',
      title: t('flows.table_kind'),
      width: 130,
      text: (row) => [t(`flows.kind.${row.kind}`), sheetText(row.sheet, t)].filter(Boolean).join(' · '),
    },
    { key: 'line_count', title: t('flows.lines'), kind: 'count', width: 88, sortable: true },
    {
      key: 'waiting_count',
      title: t('flows.waiting'),
      kind: 'count',
      width: 88,
      render: (row) =>
        row.waiting_count > 0 ? (
          <LinkTo to={`/flows/lines?batch_id=${row.id}&state=waiting`} className="qc-warn">
            {row.waiting_count.toLocaleString('en-US')}
          </LinkTo>
        ) : (
          '0'
        ),
      text: (row) => String(row.waiting_count),
    },
    { key: 'excluded_count', title: t('flows.excluded'), kind: 'count', width: 88, hidden: true },
    { key: 'rejected_count', title: t('flows.rejected'), kind: 'count', width: 88 },
    { key: 'amount_fen', title: t('flows.amount'), kind: 'money' },
    { key: 'received_at', title: t('flows.received_at'), kind: 'moment', sortable: true },
    {
      key: 'channel',
      title: t('flows.channel'),
      width: 100,
      hidden: true,
      text: (row) => t(`flows.channel.${row.channel}`),
    },
  ]
  const filters: Filter[] = [
    {
      key: 'month',
      label: t('flows.month'),
      kind: 'own',
      render: (value, set) => <MonthPick value={value} onChange={set} all={t('flows.month')} />,
    },
    {
      key: 'state',
      label: t('flows.state'),
      kind: 'select',
      options: batchStateNames.map((value) => ({ value, label: t(`flows.batch_state.${value}`) })),
    },
  ]
  if (!ownOnly)
    filters.push({
      key: 'distributor_id',
      label: t('flows.distributor'),
      kind: 'own',
      render: (value, set) => (
        <NamePick kind="distributors" label={t('flows.distributor')} value={value} onChange={set} />
      ),
    })
  return (
    <>
      <PageHeader
        title={t('flows.batches')}
        text={t('flows.batches_text')}
        actions={
          mayUpload && (
            <LinkTo to="/flows/upload" className="qc-button-link">
              {t('flows.upload')}
            </LinkTo>
          )
        }
      />
      <DataTable<BatchRow>
        name="flows.batches"
        path="/api/flow-batches"
        columns={ownOnly ? columns.filter(({ key }) => key !== 'distributor_name') : columns}
        phone={['file_name', 'state', 'failure_code', 'distributor_name', 'month', 'line_count']}
        search={t('flows.search_files')}
        filters={filters}
        opened={opened.id}
        onOpen={(row) => opened.open(row.id)}
        empty={
          <EmptyState
            title={t('flows.batches_empty')}
            text={t('flows.batches_empty_text')}
            action={mayUpload ? { text: t('flows.upload'), to: '/flows/upload' } : undefined}
          />
        }
      />
      <BatchDrawer id={opened.id} onClose={opened.close} />
    </>
  )
}

function BatchDrawer({ id, onClose }: { id: string; onClose: () => void }) {
  return id ? <OpenBatch key={id} id={id} onClose={onClose} /> : null
}

function OpenBatch({ id, onClose }: { id: string; onClose: () => void }) {
  const read = useBatch(id)
  return (
    <DetailDrawer
      open
      onClose={onClose}
      title={read.batch?.file_name ?? ''}
      pageTo={`/flows/batches/${id}`}
      loading={read.isPending}
      error={read.error}
    >
      {read.batch && <BatchSummary batch={read.batch} job={read.job} />}
    </DetailDrawer>
  )
}
