import { PlusOutlined } from '@ant-design/icons'
import { Button, Input, Table } from 'antd'
import { useState } from 'react'
import { useText } from '#ui/i18n.ts'
import { EmptyState } from '#ui/layout/empty-state.tsx'
import { ErrorState } from '#ui/layout/error-state.tsx'
import { PageHeader } from '#ui/layout/page-header.tsx'
import { Skeleton } from '#ui/layout/skeleton.tsx'
import { LinkTo } from '#ui/link-to.tsx'
import { usePermission } from '#ui/session.ts'
import { useRead } from '#ui/use-list.ts'
import { usePhone } from '#ui/use-phone.ts'
import { useUrlState } from '#ui/use-url-state.ts'
import type { TerritoryRow } from '../../shapes.ts'
import { CsvButton, ListActions } from '../list-actions.tsx'
import '../masterdata.css'
import { MasterState } from '../state-tag.tsx'
import { TerritoryForm } from './territory-form.tsx'
import { treeOf } from './tree-of.ts'

export function TerritoriesPage() {
  const t = useText()
  const phone = usePhone()
  const [url, setUrl] = useUrlState({ q: '' })
  const [adding, setAdding] = useState<TerritoryRow | 'top' | null>(null)
  const mayWrite = usePermission('masterdata.write')
  const read = useRead<{ rows: TerritoryRow[] }>('/api/territories/tree')
  if (read.error) return <ErrorState error={read.error} onRetry={() => void read.refetch()} />
  const rows = read.data?.rows ?? []
  const tree = treeOf(rows, url.q)
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
            <CsvButton path="/api/territories/export" />
            <Button href="/api/territories/export" download>
              Excel
            </Button>
          </div>
          <Table<TerritoryRow>
            // A new search opens what it found.
            key={url.q}
            size="middle"
            rowKey="id"
            dataSource={tree}
            pagination={false}
            expandable={{ defaultExpandAllRows: true, indentSize: phone ? 12 : 20 }}
            scroll={{ x: phone ? undefined : 860 }}
            columns={[
              {
                key: 'name',
                title: t('masterdata.name'),
                render: (_: unknown, row) => (
                  <span className="qm-tree-name">
                    <LinkTo to={`/territories/${row.id}`}>{row.name}</LinkTo>
                    <span className="qc-muted">
                      {t(`masterdata.territory_level.${row.level}`)} · {row.code}
                      {phone && row.holders.length > 0 && ` · ${row.holders.join('、')}`}
                    </span>
                  </span>
                ),
              },
              ...(phone
                ? []
                : [
                    {
                      key: 'holders',
                      title: t('masterdata.holders'),
                      width: 220,
                      render: (_: unknown, row: TerritoryRow) =>
                        row.holders.join('、') || <span className="qc-warn">{t('masterdata.vacant')}</span>,
                    },
                    {
                      key: 'state',
                      title: t('masterdata.state'),
                      width: 110,
                      render: (_: unknown, row: TerritoryRow) => <MasterState state={row.state} />,
                    },
                  ]),
              {
                key: 'institution_count',
                title: t('masterdata.institutions'),
                align: 'end' as const,
                width: phone ? 76 : 110,
                render: (_: unknown, row) => (
                  <LinkTo to={`/territory-institutions?territory_id=${row.id}`} className="qc-num">
                    {row.institution_count.toLocaleString('en')}
                  </LinkTo>
                ),
              },
              ...(mayWrite && !phone
                ? [
                    {
                      key: 'add',
                      title: '',
                      width: 110,
                      render: (_: unknown, row: TerritoryRow) =>
                        row.level !== 'territory' && (
                          <Button
                            size="small"
                            type="text"
                            icon={<PlusOutlined />}
                            onClick={() => setAdding(row)}
                          >
                            {t('masterdata.add_below')}
                          </Button>
                        ),
                    },
                  ]
                : []),
            ]}
          />
        </>
      )}
      {adding !== null && (
        <TerritoryForm open onClose={() => setAdding(null)} above={adding === 'top' ? undefined : adding} />
      )}
    </>
  )
}
