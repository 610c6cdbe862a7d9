import { Button } from 'antd'
import { type JobRow, jobRow, jobStates } from '#platform/jobs/shapes.ts'
import { listOf } from '#platform/shapes.ts'
import { useAct } from '#ui/act/use-act.tsx'
import { api } from '#ui/api.ts'
import { useText } from '#ui/i18n.ts'
import { DetailDrawer, useOpened } from '#ui/layout/detail-drawer.tsx'
import { EmptyState } from '#ui/layout/empty-state.tsx'
import { Fields } from '#ui/layout/fields.tsx'
import { PageHeader } from '#ui/layout/page-header.tsx'
import { usePermission } from '#ui/session.ts'
import { DateText } from '#ui/show/figures.tsx'
import { formatCount } from '#ui/show/format.ts'
import { JobProgress, JobState } from '#ui/show/job-progress.tsx'
import type { Column } from '#ui/table/columns.tsx'
import { DataTable } from '#ui/table/data-table.tsx'
import { useRead } from '#ui/use-list.ts'

const jobs = listOf(jobRow)

/** Background work: what waits, runs, failed, and another try. */
export function JobsPage() {
  const t = useText()
  const opened = useOpened()
  const kindOf = (row: JobRow) => t(`job.kind.${row.kind}`, { defaultValue: row.kind })
  const columns: Column<JobRow>[] = [
    { key: 'kind', title: t('jobs.kind'), render: kindOf, text: kindOf, width: 220 },
    {
      key: 'state',
      title: t('jobs.state'),
      kind: 'state',
      render: (row) => <JobState state={row.state} />,
      text: (row) => t(`ui.job.${row.state}`),
    },
    {
      key: 'progress_done',
      title: t('jobs.progress'),
      kind: 'count',
      width: 140,
      // Short work counts nothing.
      text: (row) =>
        row.progress_done === 0 && row.progress_total === null
          ? ''
          : `${formatCount(row.progress_done)}${row.progress_total === null ? '' : ` / ${formatCount(row.progress_total)}`}`,
    },
    { key: 'attempts', title: t('jobs.attempts'), kind: 'count' },
    { key: 'error_code', title: t('jobs.error'), width: 220 },
    { key: 'queued_at', title: t('jobs.queued_at'), kind: 'moment', sortable: true },
    { key: 'ended_at', title: t('jobs.ended_at'), kind: 'moment' },
  ]
  return (
    <>
      <PageHeader title={t('jobs.title')} text={t('jobs.text')} />
      <DataTable<JobRow>
        name="platform.jobs"
        path="/api/jobs"
        shape={jobs}
        columns={columns}
        phone={['kind', 'state', 'queued_at', 'error_code']}
        filters={[
          {
            key: 'state',
            label: t('jobs.state'),
            kind: 'select',
            options: jobStates.map((value) => ({ value, label: t(`ui.job.${value}`) })),
          },
        ]}
        opened={opened.id}
        onOpen={(row) => opened.open(row.id)}
        empty={<EmptyState title={t('jobs.empty')} text={t('jobs.text')} />}
      />
      <JobDrawer id={opened.id} onClose={opened.close} />
    </>
  )
}

function JobDrawer({ id, onClose }: { id: string; onClose: () => void }) {
  const t = useText()
  const every = id ? 2000 : false
  const {
    data: job,
    error,
    isPending,
  } = useRead(id ? `/api/jobs/${id}` : null, jobRow, undefined, {
    refetchInterval: every,
  })
  const mayRetry = usePermission('platform.read-jobs')
  const retry = useAct({
    run: () => api.post(`/api/jobs/${id}/retry`),
    refresh: ['/api/jobs'],
    done: () => t('jobs.retried'),
  })
  const cancel = useAct({
    run: () => api.delete(`/api/jobs/${id}`),
    refresh: ['/api/jobs'],
    done: () => t('jobs.cancelled'),
  })
  return (
    <DetailDrawer
      open={id !== ''}
      onClose={onClose}
      title={job ? t(`job.kind.${job.kind}`, { defaultValue: job.kind }) : ''}
      state={job && <JobState state={job.state} />}
      loading={isPending}
      error={error}
      actions={
        job?.state === 'failed' && mayRetry ? (
          <Button type="primary" loading={retry.pending} onClick={() => retry.run()}>
            {t('jobs.retry')}
          </Button>
        ) : (
          job?.state === 'queued' && (
            <Button loading={cancel.pending} onClick={() => cancel.run()}>
              {t('jobs.cancel')}
            </Button>
          )
        )
      }
    >
      {job && (
        <>
          <JobProgress job={job} />
          <Fields
            lines={[
              {
                label: t('jobs.subject'),
                value: job.subject_kind && `${job.subject_kind} ${job.subject_id ?? ''}`,
                wide: true,
              },
              { label: t('jobs.queued_at'), value: <DateText value={job.queued_at} moment /> },
              { label: t('jobs.started_at'), value: <DateText value={job.started_at} moment /> },
              { label: t('jobs.ended_at'), value: <DateText value={job.ended_at} moment /> },
              { label: t('jobs.attempts'), value: job.attempts },
              { label: t('jobs.error'), value: job.error_detail ?? job.error_code, wide: true },
            ]}
          />
        </>
      )}
    </DetailDrawer>
  )
}
