import { Button } from 'antd'
import { useState } from 'react'
import { useText } from '#ui/i18n.ts'
import { ErrorState } from '#ui/layout/error-state.tsx'
import { PageHeader } from '#ui/layout/page-header.tsx'
import { Skeleton } from '#ui/layout/skeleton.tsx'
import { UrlTabs } from '#ui/layout/tabs.tsx'
import { usePermission } from '#ui/session.ts'
import { useRead } from '#ui/use-list.ts'
import { useParams } from '#ui/use-url-state.ts'
import type { DistributorRow } from '../../shapes.ts'
import { HistoryTimeline } from '../history-timeline.tsx'
import { PriceTable } from '../price-table.tsx'
import { MasterState } from '../state-tag.tsx'
import { DistributorFacts } from './distributor-facts.tsx'
import { DistributorForm } from './distributor-form.tsx'
import { StandingButtons } from './standing-buttons.tsx'

export function DistributorPage() {
  const t = useText()
  const { id = '' } = useParams()
  const [editing, setEditing] = useState(false)
  const mayWrite = usePermission('masterdata.write')
  const read = useRead<DistributorRow>(`/api/distributors/${id}`)
  const row = read.data
  if (read.error) return <ErrorState error={read.error} onRetry={() => void read.refetch()} />
  if (!row) return <Skeleton />
  return (
    <>
      <PageHeader
        title={row.name}
        beside={<MasterState state={row.state} />}
        crumbs={[{ text: t('masterdata.distributors'), to: '/distributors' }]}
        actions={
          mayWrite && (
            <>
              <StandingButtons row={row} />
              <Button type="primary" onClick={() => setEditing(true)}>
                {t('masterdata.edit')}
              </Button>
            </>
          )
        }
      />
      <UrlTabs
        items={[
          { key: 'facts', label: t('masterdata.facts'), children: <DistributorFacts row={row} /> },
          {
            key: 'prices',
            label: t('masterdata.prices'),
            children: <PriceTable name="distributor" query={{ distributor_id: id }} />,
          },
          {
            key: 'history',
            label: t('masterdata.history'),
            children: <HistoryTimeline path={`/api/distributors/${id}`} />,
          },
        ]}
      />
      {editing && <DistributorForm open onClose={() => setEditing(false)} row={row} />}
    </>
  )
}
