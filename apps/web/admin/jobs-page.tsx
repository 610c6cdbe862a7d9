import { Button } from 'antd'
import { useAct } from '#ui/act/use-act.tsx'
import { api } from '#ui/api.ts'
import { useText } from '#ui/i18n.ts'
import { DetailDrawer, useOpened } from '#ui/layout/detail-drawer.tsx'
import { EmptyState } from '#ui/layout/empty-state.tsx'
import { Fields } from '#ui/layout/fields.tsx'
import { PageHeader } from '#ui/layout/page-header.tsx'
import { DateText } from '#ui/show/figures.tsx'
import { formatCount } from '#ui/show/format.ts'
import { JobProgress, JobState } from '#ui/show/job-progress.tsx'
import type { Column } from '#ui/table/columns.tsx'
import { DataTable } from '#ui/table/data-table.tsx'
import { type Job, useJob } from '#ui/use-job.ts'

type JobRow = Job & {
  subject_kind: string | null
  subject_id: string | null
  attempts: number
  error_detail: string | null
  queued_at: string
  started_at: string | null
  ended_at: string | null
}

const states = ['queued', 'running', 'done', 'failed', 'cancelled'] as const

/** Background work: what waits, runs, failed, and another try. */
export function JobsPage() {
  const t = useText()
  const opened = useOpened()
  const kindOf = (row: JobRow) => t(`job.kind.${row.kind}`, { defaultValue: row.kind })
  const columns: Column<JobRow>[] = [
    { key: 'kind', title: t('jobs.kind'), render: kindOf, text: kindOf, width: 220 },
    { key: 'state', title: t('jobs.state'), kind: 'state', render: (row) => <JobState state={row.state} /> },
    {
      key: 'progress_done',
      title: t('jobs.progress'),
      kind: 'count',
      width: 140,
      text: (row) =>
        `${formatCount(row.progress_done)}${row.progress_total === null ? '' : ` / ${formatCount(row.progress_total)}`}`,
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
        columns={columns}
        phone={['kind', 'state', 'queued_at', 'error_code']}
        filters={[
          {
            key: 'state',
            label: t('jobs.state'),
            kind: 'select',
            options: states.map((value) => ({ value, label: t(`ui.job.${value}`) })),
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
  const { data, error, isPending } = useJob(id || null)
  const job = data as JobRow | undefined
  const retry = useAct({
    run: () => api.post(`/api/jobs/${id}/retry`),
    refresh: ['/api/jobs'],
    done: () => t('jobs.retried'),
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
        job?.state === 'failed' && (
          <Button type="primary" loading={retry.pending} onClick={() => retry.run()}>
            {t('jobs.retry')}
          </Button>
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
