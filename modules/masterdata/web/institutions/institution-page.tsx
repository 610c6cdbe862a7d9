import { Alert, Button } from 'antd'
import { useState } from 'react'
import type { z } from 'zod'
import { useAct } from '#ui/act/use-act.tsx'
import { api } from '#ui/api.ts'
import { useText } from '#ui/i18n.ts'
import { LinkTo, useGo } from '#ui/link-to.tsx'
import { usePermission } from '#ui/session.ts'
import { PlainTable } from '#ui/table/plain-table.tsx'
import type { institutionDetail } from '../../shapes.ts'
import { KindPage } from '../kind/kind-page.tsx'
import { RetireButton } from '../retire-button.tsx'
import { OwnershipTable } from '../territories/ownership-table.tsx'
import { InstitutionFacts } from './institution-facts.tsx'
import { InstitutionForm } from './institution-form.tsx'
import { MergeForm } from './merge-form.tsx'

type Detail = z.output<typeof institutionDetail>

export function InstitutionPage() {
  const t = useText()
  const mayWrite = usePermission('masterdata.write')
  return (
    <KindPage<Detail>
      kind="institutions"
      path={(id) => `/api/institutions/${id}/whole`}
      note={(row) => row.state === 'merged' && <MergedNote row={row} mayWrite={mayWrite} />}
      actions={(row) => (
        <>
          <RetireButton path={`/api/institutions/${row.id}`} row={row} refresh={['/api/institutions']} />
          <MergeButton row={row} />
        </>
      )}
      tabs={(row) => [
        {
          key: 'ownership',
          label: t('masterdata.ownership'),
          children: <OwnershipTable query={{ institution_id: row.id }} name="institution" />,
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
      ]}
      Facts={InstitutionFacts}
      Form={InstitutionForm}
    />
  )
}

function MergeButton({ row }: { row: Detail }) {
  const t = useText()
  const go = useGo()
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('masterdata.merge')}</Button>
      {open && (
        <MergeForm
          open
          row={row}
          onClose={() => setOpen(false)}
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
