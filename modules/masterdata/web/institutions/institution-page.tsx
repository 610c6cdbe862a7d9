import { Alert, Button } from 'antd'
import { useState } from 'react'
import type { z } from 'zod'
import { useAct } from '#ui/act/use-act.tsx'
import { api } from '#ui/api.ts'
import { useText } from '#ui/i18n.ts'
import { ErrorState } from '#ui/layout/error-state.tsx'
import { PageHeader } from '#ui/layout/page-header.tsx'
import { Skeleton } from '#ui/layout/skeleton.tsx'
import { UrlTabs } from '#ui/layout/tabs.tsx'
import { LinkTo, useGo } from '#ui/link-to.tsx'
import { usePermission } from '#ui/session.ts'
import { PlainTable } from '#ui/table/plain-table.tsx'
import { useRead } from '#ui/use-list.ts'
import { useParams } from '#ui/use-url-state.ts'
import type { institutionDetail } from '../../shapes.ts'
import { HistoryTimeline } from '../history-timeline.tsx'
import { RetireButton } from '../retire-button.tsx'
import { MasterState } from '../state-tag.tsx'
import { OwnershipTable } from '../territories/ownership-table.tsx'
import { InstitutionFacts } from './institution-facts.tsx'
import { InstitutionForm } from './institution-form.tsx'
import { MergeForm } from './merge-form.tsx'

type Detail = z.output<typeof institutionDetail>

export function InstitutionPage() {
  const t = useText()
  const go = useGo()
  const { id = '' } = useParams()
  const [form, setForm] = useState<'edit' | 'merge' | null>(null)
  const mayWrite = usePermission('masterdata.write')
  const read = useRead<Detail>(`/api/institutions/${id}/whole`)
  const row = read.data
  if (read.error) return <ErrorState error={read.error} onRetry={() => void read.refetch()} />
  if (!row) return <Skeleton />
  const open = row.state !== 'merged'
  return (
    <>
      <PageHeader
        title={row.name}
        beside={<MasterState state={row.state} />}
        crumbs={[{ text: t('masterdata.institutions'), to: '/institutions' }]}
        actions={
          mayWrite &&
          open && (
            <>
              <RetireButton path={`/api/institutions/${id}`} row={row} refresh={['/api/institutions']} />
              <Button onClick={() => setForm('merge')}>{t('masterdata.merge')}</Button>
              <Button type="primary" onClick={() => setForm('edit')}>
                {t('masterdata.edit')}
              </Button>
            </>
          )
        }
      />
      {!open && <MergedNote row={row} mayWrite={mayWrite} />}
      <UrlTabs
        items={[
          { key: 'facts', label: t('masterdata.facts'), children: <InstitutionFacts row={row} /> },
          {
            key: 'ownership',
            label: t('masterdata.ownership'),
            children: <OwnershipTable query={{ institution_id: id }} name="institution" />,
          },
          {
            key: 'campuses',
            label: t('masterdata.campuses', { count: row.campuses.length }),
            children: <Relatives rows={row.campuses} empty={t('masterdata.campuses_empty')} />,
          },
          {
            key: 'merged',
            label: t('masterdata.merged_here', { count: row.merged_here.length }),
            children: <Relatives rows={row.merged_here} empty={t('masterdata.merged_empty')} />,
          },
          {
            key: 'history',
            label: t('masterdata.history'),
            children: <HistoryTimeline path={`/api/institutions/${id}`} />,
          },
        ]}
      />
      {form === 'edit' && <InstitutionForm open onClose={() => setForm(null)} row={row} />}
      {form === 'merge' && (
        <MergeForm
          open
          row={row}
          onClose={() => setForm(null)}
          onMerged={(into) => go(`/institutions/${into}`)}
        />
      )}
    </>
  )
}

function MergedNote({ row, mayWrite }: { row: Detail; mayWrite: boolean }) {
  const t = useText()
  const unmerge = useAct({
    run: () => api.delete(`/api/institutions/${row.id}/merger`, { version: row.version, reason: null }),
    refresh: ['/api/institutions'],
    done: () => t('masterdata.unmerged_done'),
  })
  return (
    <Alert
      type="info"
      showIcon
      title={
        <>
          {t('masterdata.merged_note')}{' '}
          <LinkTo to={`/institutions/${row.merged_into}`}>{row.merged_into_name}</LinkTo>
        </>
      }
      action={
        mayWrite && (
          <Button size="small" loading={unmerge.pending} onClick={() => unmerge.run()}>
            {t('masterdata.unmerge')}
          </Button>
        )
      }
    />
  )
}

function Relatives({ rows, empty }: { rows: { id: string; code: string; name: string }[]; empty: string }) {
  const t = useText()
  const go = useGo()
  return (
    <PlainTable
      rows={rows}
      empty={empty}
      phone={['name', 'code']}
      onOpen={({ id }) => go(`/institutions/${id}`)}
      columns={[
        { key: 'name', title: t('masterdata.name'), width: 320 },
        { key: 'code', title: t('masterdata.code'), kind: 'code' },
      ]}
    />
  )
}
