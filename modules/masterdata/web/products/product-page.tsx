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
import type { ProductRow } from '../../shapes.ts'
import { HistoryTimeline } from '../history-timeline.tsx'
import { PriceTable } from '../price-table.tsx'
import { RetireButton } from '../retire-button.tsx'
import { MasterState } from '../state-tag.tsx'
import { ProductFacts } from './product-facts.tsx'
import { ProductForm } from './product-form.tsx'

export function ProductPage() {
  const t = useText()
  const { id = '' } = useParams()
  const [editing, setEditing] = useState(false)
  const mayWrite = usePermission('masterdata.write')
  const read = useRead<ProductRow>(`/api/products/${id}`)
  const row = read.data
  if (read.error) return <ErrorState error={read.error} onRetry={() => void read.refetch()} />
  if (!row) return <Skeleton />
  return (
    <>
      <PageHeader
        title={row.name}
        beside={
          <>
            <span className="qc-muted">{row.spec}</span>
            <MasterState state={row.state} />
          </>
        }
        crumbs={[{ text: t('masterdata.products'), to: '/products' }]}
        actions={
          mayWrite && (
            <>
              <RetireButton path={`/api/products/${id}`} row={row} refresh={['/api/products']} />
              <Button type="primary" onClick={() => setEditing(true)}>
                {t('masterdata.edit')}
              </Button>
            </>
          )
        }
      />
      <UrlTabs
        items={[
          { key: 'facts', label: t('masterdata.facts'), children: <ProductFacts row={row} /> },
          {
            key: 'prices',
            label: t('masterdata.prices'),
            children: <PriceTable name="product" query={{ product_id: id }} product={row} />,
          },
          {
            key: 'history',
            label: t('masterdata.history'),
            children: <HistoryTimeline path={`/api/products/${id}`} />,
          },
        ]}
      />
      {editing && <ProductForm open onClose={() => setEditing(false)} row={row} />}
    </>
  )
}
