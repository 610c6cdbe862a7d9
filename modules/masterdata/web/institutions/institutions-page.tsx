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
import { type InstitutionRow, institutionKinds, institutionStates } from '../../shapes.ts'
import { HistoryTimeline } from '../history-timeline.tsx'
import { CsvButton, ListActions } from '../list-actions.tsx'
import { MasterState } from '../state-tag.tsx'
import { InstitutionFacts } from './institution-facts.tsx'
import { InstitutionForm } from './institution-form.tsx'

type Facet = { value: string | null; count: number }[]

function useColumns(): Column<InstitutionRow>[] {
  const t = useText()
  return [
    { key: 'name', title: t('masterdata.name'), sortable: true, width: 280 },
    { key: 'code', title: t('masterdata.code'), kind: 'code', sortable: true },
    {
      key: 'kind',
      title: t('masterdata.kind'),
      width: 110,
      text: (row) => row.category ?? t(`masterdata.kind.${row.kind}`),
      render: (row) => t(`masterdata.kind.${row.kind}`),
    },
    { key: 'level', title: t('masterdata.level'), sortable: true, width: 110 },
    { key: 'province', title: t('masterdata.province'), sortable: true, width: 120 },
    { key: 'city', title: t('masterdata.city'), sortable: true, width: 120 },
    { key: 'county', title: t('masterdata.county'), width: 120 },
    {
      key: 'state',
      title: t('masterdata.state'),
      kind: 'state',
      render: (row) => <MasterState state={row.state} />,
    },
    {
      key: 'aliases',
      title: t('masterdata.aliases'),
      text: (row) => row.aliases.join('、'),
      render: (row) => row.aliases.join('、') || '—',
    },
    { key: 'parent_name', title: t('masterdata.parent'), hidden: true },
    { key: 'category', title: t('masterdata.category'), hidden: true },
    { key: 'address', title: t('masterdata.address'), hidden: true, width: 240 },
    { key: 'tax_id', title: t('masterdata.tax_id'), kind: 'code', hidden: true, width: 180 },
    { key: 'changed_at', title: t('masterdata.changed_at'), kind: 'moment', sortable: true, hidden: true },
  ]
}

/** Filters that say beside each value how many institutions have it. */
function useFacetFilters() {
  const t = useText()
  const facets = useRead<Record<'province' | 'kind' | 'state', Facet>>('/api/institutions/facets').data
  const counted = (values: readonly string[], facet: Facet | undefined, label: (value: string) => string) =>
    values.map((value) => ({
      value,
      label: `${label(value)} (${(facet?.find((one) => one.value === value)?.count ?? 0).toLocaleString('en')})`,
    }))
  const provinces = (facets?.province ?? []).flatMap(({ value }) => (value ? [value] : []))
  return [
    {
      key: 'province',
      label: t('masterdata.province'),
      kind: 'multi' as const,
      options: counted(provinces, facets?.province, (value) => value),
    },
    {
      key: 'kind',
      label: t('masterdata.kind'),
      kind: 'multi' as const,
      options: counted(institutionKinds, facets?.kind, (value) => t(`masterdata.kind.${value}`)),
    },
    {
      key: 'state',
      label: t('masterdata.state'),
      kind: 'multi' as const,
      options: counted(institutionStates, facets?.state, (value) => t(`masterdata.state.${value}`)),
    },
  ]
}

export function InstitutionsPage() {
  const t = useText()
  const opened = useOpened()
  const columns = useColumns()
  const filters = useFacetFilters()
  const mayWrite = usePermission('masterdata.write')
  const [form, setForm] = useState<'new' | 'edit' | null>(null)
  const row = useRead<InstitutionRow>(opened.id ? `/api/institutions/${opened.id}` : null)
  useKeys(
    t('masterdata.institutions'),
    mayWrite ? [{ key: 'n', label: t('masterdata.new'), run: () => setForm('new') }] : [],
  )
  return (
    <>
      <PageHeader
        title={t('masterdata.institutions')}
        text={t('masterdata.institutions_text')}
        actions={<ListActions kind="institutions" onNew={() => setForm('new')} />}
      />
      <DataTable<InstitutionRow>
        name="masterdata.institutions"
        path="/api/institutions"
        columns={columns}
        phone={['name', 'state', 'code', 'kind', 'city']}
        search={t('masterdata.search_institutions')}
        filters={filters}
        opened={opened.id}
        onOpen={({ id }) => opened.open(id)}
        exportPath="/api/institutions/export"
        actions={<CsvButton path="/api/institutions/export" />}
        empty={
          <EmptyState
            title={t('masterdata.institutions_empty')}
            text={t('masterdata.institutions_empty_text')}
            action={{ text: t('masterdata.import_here'), to: '/imports/new?kind=institutions' }}
          />
        }
      />
      <DetailDrawer
        open={opened.id !== ''}
        onClose={opened.close}
        title={row.data?.name}
        state={row.data && <MasterState state={row.data.state} />}
        pageTo={`/institutions/${opened.id}`}
        loading={row.isPending}
        error={row.error}
        actions={
          mayWrite &&
          row.data?.state !== 'merged' && (
            <Button type="primary" onClick={() => setForm('edit')}>
              {t('masterdata.edit')}
            </Button>
          )
        }
      >
        {row.data && <InstitutionFacts row={row.data} />}
        {opened.id && (
          <Section title={t('masterdata.history')}>
            <HistoryTimeline path={`/api/institutions/${opened.id}`} />
          </Section>
        )}
      </DetailDrawer>
      {form !== null && (
        <InstitutionForm
          open
          onClose={() => setForm(null)}
          row={form === 'edit' ? row.data : undefined}
          onSaved={opened.open}
        />
      )}
    </>
  )
}
