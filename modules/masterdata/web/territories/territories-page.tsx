import { Button, Input } from 'antd'
import { useState } from 'react'
import { useText } from '#ui/i18n.ts'
import { EmptyState } from '#ui/layout/empty-state.tsx'
import { ErrorState } from '#ui/layout/error-state.tsx'
import { PageHeader } from '#ui/layout/page-header.tsx'
import { Skeleton } from '#ui/layout/skeleton.tsx'
import { useRead } from '#ui/use-list.ts'
import { useUrlState } from '#ui/use-url-state.ts'
import type { TerritoryRow } from '../../shapes.ts'
import { CsvButton, ListActions } from '../list-actions.tsx'
import '../masterdata.css'
import { TerritoryForm } from './territory-form.tsx'
import { TerritoryTree } from './territory-tree.tsx'
import { treeOf } from './tree-of.ts'

export function TerritoriesPage() {
  const t = useText()
  const [url, setUrl] = useUrlState({ q: '' })
  const [adding, setAdding] = useState<TerritoryRow | 'top' | null>(null)
  const read = useRead<{ rows: TerritoryRow[] }>('/api/territories/tree')
  if (read.error) return <ErrorState error={read.error} onRetry={() => void read.refetch()} />
  const rows = read.data?.rows ?? []
  const found = treeOf(rows, url.q)
  return (
    <>
      <PageHeader
        title={t('masterdata.territories')}
        text={t('masterdata.territories_text')}
        actions={
          <ListActions
            kind="territories"
            onNew={() => setAdding('top')}
            newText={t('masterdata.new_territory')}
          />
        }
      />
      {!read.data && <Skeleton lines={8} />}
      {read.data && rows.length === 0 && (
        <EmptyState
          title={t('masterdata.territories_empty')}
          text={t('masterdata.territories_empty_text')}
          action={{ text: t('masterdata.import_here'), to: '/imports/new?kind=territories' }}
        />
      )}
      {rows.length > 0 && (
        <>
          <div className="qc-toolbar">
            <Input
              className="qc-search"
              data-search="table"
              aria-label={t('masterdata.search_territories')}
              placeholder={t('masterdata.search_territories')}
              value={url.q}
              allowClear
              onChange={(event) => setUrl({ q: event.target.value })}
            />
            <span className="qc-grow" />
            <Button href="/api/territories/export" download>
              Excel
            </Button>
            <CsvButton path="/api/territories/export" />
          </div>
          {/* A new search opens what it found. */}
          <TerritoryTree key={url.q} nodes={found} onAddBelow={setAdding} />
        </>
      )}
      {adding !== null && (
        <TerritoryForm onClose={() => setAdding(null)} above={adding === 'top' ? undefined : adding} />
      )}
    </>
  )
}
