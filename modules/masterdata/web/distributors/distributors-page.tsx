import { Button } from 'antd'
import { useState } from 'react'
import { useKeys } from '#ui/act/keys.ts'
import { useText } from '#ui/i18n.ts'
import { DetailDrawer, useOpened } from '#ui/layout/detail-drawer.tsx'
import { EmptyState } from '#ui/layout/empty-state.tsx'
import { PageHeader } from '#ui/layout/page-header.tsx'
import { Section } from '#ui/layout/section.tsx'
import { usePermission } from '#ui/session.ts'
import type { Column } from '#ui/table/columns.tsx'
import { DataTable } from '#ui/table/data-table.tsx'
import { useRead } from '#ui/use-list.ts'
import { type DistributorRow, distributorStates, distributorTiers } from '../../shapes.ts'
import { HistoryTimeline } from '../history-timeline.tsx'
import { CsvButton, ListActions } from '../list-actions.tsx'
import { MasterState } from '../state-tag.tsx'
import { useWords } from '../use-choices.ts'
import { DistributorFacts } from './distributor-facts.tsx'
import { DistributorForm } from './distributor-form.tsx'

function useColumns(): Column<DistributorRow>[] {
  const t = useText()
  return [
    { key: 'name', title: t('masterdata.name'), sortable: true, width: 260 },
    { key: 'code', title: t('masterdata.code'), kind: 'code', sortable: true },
    {
      key: 'tier',
      title: t('masterdata.tier'),
      sortable: true,
      width: 110,
      text: (row) => t(`masterdata.tier.${row.tier}`),
      render: (row) => t(`masterdata.tier.${row.tier}`),
    },
    { key: 'province', title: t('masterdata.province'), sortable: true, width: 120 },
    { key: 'city', title: t('masterdata.city'), width: 120 },
    { key: 'flow_owner', title: t('masterdata.flow_owner'), sortable: true, width: 130 },
    {
      key: 'state',
      title: t('masterdata.state'),
      kind: 'state',
      render: (row) => <MasterState state={row.state} />,
    },
    { key: 'contact_name', title: t('masterdata.contact_name'), width: 120 },
    { key: 'contact_phone', title: t('masterdata.contact_phone'), width: 140 },
    { key: 'short_name', title: t('masterdata.short_name'), hidden: true },
    { key: 'tax_id', title: t('masterdata.tax_id'), kind: 'code', hidden: true, width: 180 },
    { key: 'changed_at', title: t('masterdata.changed_at'), kind: 'moment', sortable: true, hidden: true },
  ]
}

export function DistributorsPage() {
  const t = useText()
  const opened = useOpened()
  const columns = useColumns()
  const tiers = useWords('tier', distributorTiers)
  const states = useWords('state', distributorStates)
  const mayWrite = usePermission('masterdata.write')
  const [form, setForm] = useState<'new' | 'edit' | null>(null)
  const row = useRead<DistributorRow>(opened.id ? `/api/distributors/${opened.id}` : null)
  useKeys(
    t('masterdata.distributors'),
    mayWrite ? [{ key: 'n', label: t('masterdata.new'), run: () => setForm('new') }] : [],
  )
  return (
    <>
      <PageHeader
        title={t('masterdata.distributors')}
        text={t('masterdata.distributors_text')}
        actions={<ListActions kind="distributors" onNew={() => setForm('new')} />}
      />
      <DataTable<DistributorRow>
        name="masterdata.distributors"
        path="/api/distributors"
        columns={columns}
        phone={['name', 'state', 'code', 'tier', 'flow_owner']}
        search={t('masterdata.search_distributors')}
        filters={[
          { key: 'tier', label: t('masterdata.tier'), kind: 'multi', options: tiers },
          { key: 'state', label: t('masterdata.state'), kind: 'multi', options: states },
        ]}
        opened={opened.id}
        onOpen={({ id }) => opened.open(id)}
        exportPath="/api/distributors/export"
        actions={<CsvButton path="/api/distributors/export" />}
        empty={
          <EmptyState
            title={t('masterdata.distributors_empty')}
            text={t('masterdata.distributors_empty_text')}
            action={{ text: t('masterdata.import_here'), to: '/imports/new?kind=distributors' }}
          />
        }
      />
      <DetailDrawer
        open={opened.id !== ''}
        onClose={opened.close}
        title={row.data?.name}
        state={row.data && <MasterState state={row.data.state} />}
        pageTo={`/distributors/${opened.id}`}
        loading={row.isPending}
        error={row.error}
        actions={
          mayWrite && (
            <Button type="primary" onClick={() => setForm('edit')}>
              {t('masterdata.edit')}
            </Button>
          )
        }
      >
        {row.data && <DistributorFacts row={row.data} />}
        {opened.id && (
          <Section title={t('masterdata.history')}>
            <HistoryTimeline path={`/api/distributors/${opened.id}`} />
          </Section>
        )}
      </DetailDrawer>
      {form !== null && (
        <DistributorForm
          open
          onClose={() => setForm(null)}
          row={form === 'edit' ? row.data : undefined}
          onSaved={opened.open}
        />
      )}
    </>
  )
}
