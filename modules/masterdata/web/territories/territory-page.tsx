import { Button } from 'antd'
import { useState } from 'react'
import { useText } from '#ui/i18n.ts'
import { ErrorState } from '#ui/layout/error-state.tsx'
import { Fields } from '#ui/layout/fields.tsx'
import { PageHeader } from '#ui/layout/page-header.tsx'
import { Skeleton } from '#ui/layout/skeleton.tsx'
import { UrlTabs } from '#ui/layout/tabs.tsx'
import { LinkTo } from '#ui/link-to.tsx'
import { usePermission } from '#ui/session.ts'
import { useRead } from '#ui/use-list.ts'
import { useParams } from '#ui/use-url-state.ts'
import type { TerritoryRow } from '../../shapes.ts'
import { HistoryTimeline } from '../history-timeline.tsx'
import { RetireButton } from '../retire-button.tsx'
import { MasterState } from '../state-tag.tsx'
import { OwnershipTable } from './ownership-table.tsx'
import { PostsPanel } from './posts-panel.tsx'
import { TerritoryForm } from './territory-form.tsx'

export function TerritoryPage() {
  const t = useText()
  const { id = '' } = useParams()
  const [editing, setEditing] = useState(false)
  const mayWrite = usePermission('masterdata.write')
  const read = useRead<TerritoryRow>(`/api/territories/${id}`)
  const row = read.data
  if (read.error) return <ErrorState error={read.error} onRetry={() => void read.refetch()} />
  if (!row) return <Skeleton />
  const facts = [
    { label: t('masterdata.code'), value: row.code },
    { label: t('masterdata.territory_level'), value: t(`masterdata.territory_level.${row.level}`) },
    {
      label: t('masterdata.above'),
      value: row.parent_id && <LinkTo to={`/territories/${row.parent_id}`}>{row.parent_name}</LinkTo>,
    },
    { label: t('masterdata.institution_count'), value: row.institution_count.toLocaleString('en') },
    { label: t('masterdata.holders'), value: row.holders.join('、') },
  ]
  return (
    <>
      <PageHeader
        title={row.name}
        beside={<MasterState state={row.state} />}
        crumbs={[{ text: t('masterdata.territories'), to: '/territories' }]}
        actions={
          mayWrite && (
            <>
              <RetireButton path={`/api/territories/${id}`} row={row} refresh={['/api/territories']} />
              <Button type="primary" onClick={() => setEditing(true)}>
                {t('masterdata.edit')}
              </Button>
            </>
          )
        }
      />
      <Fields lines={facts} />
      <UrlTabs
        items={[
          { key: 'posts', label: t('masterdata.posts'), children: <PostsPanel territory={row} /> },
          {
            key: 'institutions',
            label: t('masterdata.institutions'),
            children: <OwnershipTable name="territory" query={{ territory_id: id }} />,
          },
          {
            key: 'history',
            label: t('masterdata.history'),
            children: <HistoryTimeline path={`/api/territories/${id}`} />,
          },
        ]}
      />
      {editing && <TerritoryForm open onClose={() => setEditing(false)} row={row} />}
    </>
  )
}
