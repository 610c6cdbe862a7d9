import { useText } from '#ui/i18n.ts'
import type { Column } from '#ui/table/columns.tsx'
import { type DistributorRow, distributorStates, distributorTiers } from '../../shapes.ts'
import { KindListPage } from '../kind/kind-list-page.tsx'
import { MasterState } from '../state-tag.tsx'
import { useWords } from '../use-choices.ts'
import { useTagFilter } from '../use-tag-filter.ts'
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
    {
      key: 'tags',
      title: t('masterdata.tags'),
      width: 140,
      text: (row) => row.tags.join('、'),
      render: (row) => row.tags.join('、') || '—',
    },
    { key: 'short_name', title: t('masterdata.short_name'), hidden: true },
    { key: 'tax_id', title: t('masterdata.tax_id'), kind: 'code', hidden: true, width: 180 },
    { key: 'changed_at', title: t('masterdata.changed_at'), kind: 'moment', sortable: true, hidden: true },
  ]
}

export function DistributorsPage() {
  const t = useText()
  const tiers = useWords('tier', distributorTiers)
  const states = useWords('state', distributorStates)
  const tags = useTagFilter('distributors')
  return (
    <KindListPage<DistributorRow>
      kind="distributors"
      columns={useColumns()}
      phone={['name', 'state', 'code', 'tier', 'flow_owner']}
      filters={[
        { key: 'tier', label: t('masterdata.tier'), kind: 'multi', options: tiers },
        ...tags,
        { key: 'state', label: t('masterdata.state'), kind: 'multi', options: states },
      ]}
      Facts={DistributorFacts}
      Form={DistributorForm}
    />
  )
}
