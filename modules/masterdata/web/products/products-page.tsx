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
import { deviceClasses, type ProductRow, rowStates } from '../../shapes.ts'
import { HistoryTimeline } from '../history-timeline.tsx'
import { CsvButton, ListActions } from '../list-actions.tsx'
import { MasterState } from '../state-tag.tsx'
import { useCodeList, useWords } from '../use-choices.ts'
import { ProductFacts } from './product-facts.tsx'
import { ProductForm } from './product-form.tsx'

function useColumns(): Column<ProductRow>[] {
  const t = useText()
  return [
    { key: 'name', title: t('masterdata.name'), sortable: true, width: 220 },
    { key: 'code', title: t('masterdata.code'), kind: 'code', sortable: true },
    { key: 'spec', title: t('masterdata.spec'), width: 200 },
    { key: 'product_group', title: t('masterdata.product_group'), sortable: true, width: 110 },
    { key: 'base_unit', title: t('masterdata.base_unit'), width: 90 },
    {
      key: 'units',
      title: t('masterdata.units'),
      width: 170,
      text: (row) => row.units.map(({ unit, factor }) => `1 ${unit} = ${factor} ${row.base_unit}`).join('；'),
      render: (row) => row.units.map(({ unit, factor }) => `${unit}=${factor}`).join(' ') || '—',
    },
    {
      key: 'device_class',
      title: t('masterdata.device_class'),
      width: 100,
      text: (row) => row.device_class ?? '',
      render: (row) => (row.device_class ? t(`masterdata.device_class.${row.device_class}`) : '—'),
    },
    {
      key: 'state',
      title: t('masterdata.state'),
      kind: 'state',
      render: (row) => <MasterState state={row.state} />,
    },
    {
      key: 'approval_expires_on',
      title: t('masterdata.approval_expires_on'),
      kind: 'date',
      sortable: true,
      width: 140,
    },
    { key: 'generic_name', title: t('masterdata.generic_name'), hidden: true },
    { key: 'manufacturer', title: t('masterdata.manufacturer'), hidden: true },
    { key: 'approval_no', title: t('masterdata.approval_no'), kind: 'code', hidden: true, width: 180 },
    { key: 'udi_di', title: 'UDI-DI', kind: 'code', hidden: true },
    { key: 'changed_at', title: t('masterdata.changed_at'), kind: 'moment', sortable: true, hidden: true },
  ]
}

export function ProductsPage() {
  const t = useText()
  const opened = useOpened()
  const columns = useColumns()
  const groups = useCodeList('product-group')
  const classes = useWords('device_class', deviceClasses)
  const states = useWords('state', rowStates)
  const mayWrite = usePermission('masterdata.write')
  const [form, setForm] = useState<'new' | 'edit' | null>(null)
  const row = useRead<ProductRow>(opened.id ? `/api/products/${opened.id}` : null)
  useKeys(
    t('masterdata.products'),
    mayWrite ? [{ key: 'n', label: t('masterdata.new'), run: () => setForm('new') }] : [],
  )
  return (
    <>
      <PageHeader
        title={t('masterdata.products')}
        text={t('masterdata.products_text')}
        actions={<ListActions kind="products" onNew={() => setForm('new')} />}
      />
      <DataTable<ProductRow>
        name="masterdata.products"
        path="/api/products"
        columns={columns}
        phone={['name', 'state', 'spec', 'code', 'product_group']}
        search={t('masterdata.search_products')}
        filters={[
          { key: 'product_group', label: t('masterdata.product_group'), kind: 'multi', options: groups },
          { key: 'device_class', label: t('masterdata.device_class'), kind: 'multi', options: classes },
          { key: 'state', label: t('masterdata.state'), kind: 'select', options: states },
        ]}
        opened={opened.id}
        onOpen={({ id }) => opened.open(id)}
        exportPath="/api/products/export"
        actions={<CsvButton path="/api/products/export" />}
        empty={
          <EmptyState
            title={t('masterdata.products_empty')}
            text={t('masterdata.products_empty_text')}
            action={{ text: t('masterdata.import_here'), to: '/imports/new?kind=products' }}
          />
        }
      />
      <DetailDrawer
        open={opened.id !== ''}
        onClose={opened.close}
        title={row.data?.name}
        state={row.data && <MasterState state={row.data.state} />}
        pageTo={`/products/${opened.id}`}
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
        {row.data && <ProductFacts row={row.data} />}
        {opened.id && (
          <Section title={t('masterdata.history')}>
            <HistoryTimeline path={`/api/products/${opened.id}`} />
          </Section>
        )}
      </DetailDrawer>
      {form !== null && (
        <ProductForm
          open
          onClose={() => setForm(null)}
          row={form === 'edit' ? row.data : undefined}
          onSaved={opened.open}
        />
      )}
    </>
  )
}
