import { useText } from '#ui/i18n.ts'
import { Fields } from '#ui/layout/fields.tsx'
import { LinkTo } from '#ui/link-to.tsx'
import type { TerritoryRow } from '../../shapes.ts'
import { KindPage } from '../kind/kind-page.tsx'
import { RetireButton } from '../retire-button.tsx'
import { OwnershipTable } from './ownership-table.tsx'
import { PostsPanel } from './posts-panel.tsx'
import { TerritoryForm } from './territory-form.tsx'

export function TerritoryPage() {
  const t = useText()
  return (
    <KindPage<TerritoryRow>
      kind="territories"
      actions={(row) => (
        <RetireButton path={`/api/territories/${row.id}`} row={row} refresh={['/api/territories']} />
      )}
      tabs={(row) => [
        { key: 'posts', label: t('masterdata.posts'), children: <PostsPanel territory={row} /> },
        {
          key: 'institutions',
          label: t('masterdata.institutions'),
          children: <OwnershipTable name="territory" query={{ territory_id: row.id }} />,
        },
      ]}
      Facts={TerritoryFacts}
      Form={TerritoryForm}
    />
  )
}

function TerritoryFacts({ row }: { row: TerritoryRow }) {
  const t = useText()
  return (
    <Fields
      lines={[
        { label: t('masterdata.code'), value: row.code },
        { label: t('masterdata.territory_level'), value: t(`masterdata.territory_level.${row.level}`) },
        {
          label: t('masterdata.above'),
          value: row.parent_id && <LinkTo to={`/territories/${row.parent_id}`}>{row.parent_name}</LinkTo>,
        },
        { label: t('masterdata.institution_count'), value: row.institution_count.toLocaleString('en') },
        { label: t('masterdata.holders'), value: row.holders.join('、') },
      ]}
    />
  )
}
