import { useText } from '#ui/i18n.ts'
import type { Column } from '#ui/table/columns.tsx'
import { deviceClasses, type ProductRow, rowStates } from '../../shapes.ts'
import { KindListPage } from '../kind/kind-list-page.tsx'
import { MasterState } from '../state-tag.tsx'
import { useCodeList, useGroupNames, useWords } from '../use-choices.ts'
import { useTagFilter } from '../use-tag-filter.ts'
import { ProductFacts } from './product-facts.tsx'
import { ProductForm } from './product-form.tsx'

function useColumns(): Column<ProductRow>[] {
  const t = useText()
  const groupName = useGroupNames()
  return [
    { key: 'name', title: t('masterdata.name'), sortable: true, width: 220 },
    { key: 'code', title: t('masterdata.code'), kind: 'code', sortable: true },
    { key: 'spec', title: t('masterdata.spec'), width: 200 },
    {
      key: 'product_group',
      title: t('masterdata.product_group'),
      sortable: true,
      width: 130,
      text: (row) => groupName(row.product_group),
      render: (row) => groupName(row.product_group) || '—',
    },
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
    {
      key: 'tags',
      title: t('masterdata.tags'),
      width: 140,
      text: (row) => row.tags.join('、'),
      render: (row) => row.tags.join('、') || '—',
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
  const groups = useCodeList('product-group')
  const classes = useWords('device_class', deviceClasses)
  const states = useWords('state', rowStates)
  const tags = useTagFilter('products')
  return (
    <KindListPage<ProductRow>
      kind="products"
      columns={useColumns()}
      phone={['name', 'state', 'spec', 'code', 'product_group']}
      filters={[
        { key: 'product_group', label: t('masterdata.product_group'), kind: 'multi', options: groups },
        { key: 'device_class', label: t('masterdata.device_class'), kind: 'multi', options: classes },
        ...tags,
        { key: 'state', label: t('masterdata.state'), kind: 'select', options: states },
      ]}
      Facts={ProductFacts}
      Form={ProductForm}
    />
  )
}
