import { useText } from '#ui/i18n.ts'
import type { Column } from '#ui/table/columns.tsx'
import type { Filter } from '#ui/table/filter.ts'
import { useRead } from '#ui/use-list.ts'
import { type InstitutionRow, institutionKinds, institutionStates } from '../../shapes.ts'
import { KindListPage } from '../kind/kind-list-page.tsx'
import { MasterState } from '../state-tag.tsx'
import { useCodeList } from '../use-choices.ts'
import { useTagFilter } from '../use-tag-filter.ts'
import { InstitutionFacts } from './institution-facts.tsx'
import { InstitutionForm } from './institution-form.tsx'

type Facet = { value: string | null; count: number }[]

function useColumns(): Column<InstitutionRow>[] {
  const t = useText()
  return [
    { key: 'name', title: t('masterdata.name'), sortable: true, width: 250 },
    { key: 'code', title: t('masterdata.code'), kind: 'code', sortable: true },
    {
      key: 'kind',
      title: t('masterdata.kind'),
      width: 90,
      text: (row) => row.category ?? t(`masterdata.kind.${row.kind}`),
      render: (row) => t(`masterdata.kind.${row.kind}`),
    },
    { key: 'level', title: t('masterdata.level'), sortable: true, width: 110 },
    { key: 'segment', title: t('masterdata.segment'), sortable: true, width: 90 },
    { key: 'province', title: t('masterdata.province'), sortable: true, width: 110 },
    { key: 'city', title: t('masterdata.city'), sortable: true, width: 100 },
    { key: 'county', title: t('masterdata.county'), width: 100 },
    {
      key: 'state',
      title: t('masterdata.state'),
      kind: 'state',
      render: (row) => <MasterState state={row.state} />,
    },
    {
      key: 'tags',
      title: t('masterdata.tags'),
      width: 140,
      text: (row) => row.tags.join('、'),
      render: (row) => row.tags.join('、') || '—',
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
function useFacetFilters(): Filter[] {
  const t = useText()
  const segments = useCodeList('institution-segment')
  const tags = useTagFilter('institutions')
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
      kind: 'multi',
      options: counted(provinces, facets?.province, (value) => value),
    },
    {
      key: 'kind',
      label: t('masterdata.kind'),
      kind: 'multi',
      options: counted(institutionKinds, facets?.kind, (value) => t(`masterdata.kind.${value}`)),
    },
    { key: 'segment', label: t('masterdata.segment'), kind: 'multi', options: segments },
    ...tags,
    {
      key: 'state',
      label: t('masterdata.state'),
      kind: 'multi',
      options: counted(institutionStates, facets?.state, (value) => t(`masterdata.state.${value}`)),
    },
  ]
}

export function InstitutionsPage() {
  return (
    <KindListPage<InstitutionRow>
      kind="institutions"
      columns={useColumns()}
      phone={['name', 'state', 'code', 'kind', 'city']}
      filters={useFacetFilters()}
      Facts={InstitutionFacts}
      Form={InstitutionForm}
    />
  )
}
