import { Button } from 'antd'
import { useState } from 'react'
import type { Query } from '#ui/api.ts'
import { useText } from '#ui/i18n.ts'
import '../masterdata.css'
import { EmptyState } from '#ui/layout/empty-state.tsx'
import { LinkTo } from '#ui/link-to.tsx'
import { usePermission } from '#ui/session.ts'
import { DateText } from '#ui/show/figures.tsx'
import type { Column } from '#ui/table/columns.tsx'
import { DataTable } from '#ui/table/data-table.tsx'
import type { TerritoryInstitutionRow } from '../../shapes.ts'
import { CsvButton } from '../list-actions.tsx'
import { TerritoryPicker } from '../pickers.tsx'
import { useCodeList, useGroupNames } from '../use-choices.ts'
import { OwnershipForm } from './ownership-form.tsx'

type OwnershipTableProps = { name: string; query?: Query; whole?: boolean }

/** Who owns which institution for which product group, and when. */
export function OwnershipTable({ name, query, whole }: OwnershipTableProps) {
  const t = useText()
  const mayWrite = usePermission('masterdata.write')
  const [form, setForm] = useState<TerritoryInstitutionRow | 'new' | null>(null)
  const groups = useCodeList('product-group')
  const groupName = useGroupNames()
  const ofInstitution = query?.institution_id !== undefined
  const columns: Column<TerritoryInstitutionRow>[] = [
    {
      key: 'institution_name',
      title: t('masterdata.institution'),
      sortable: true,
      width: 260,
      render: (row) => <LinkTo to={`/institutions/${row.institution_id}`}>{row.institution_name}</LinkTo>,
    },
    { key: 'institution_code', title: t('masterdata.code'), kind: 'code', sortable: true },
    { key: 'province', title: t('masterdata.province'), width: 110 },
    {
      key: 'product_group',
      title: t('masterdata.product_group'),
      sortable: true,
      width: 120,
      text: (row) => groupName(row.product_group),
      render: (row) => groupName(row.product_group),
    },
    {
      key: 'territory_name',
      title: t('masterdata.territory'),
      sortable: true,
      width: 160,
      render: (row) => <LinkTo to={`/territories/${row.territory_id}`}>{row.territory_name}</LinkTo>,
    },
    { key: 'valid_from', title: t('masterdata.valid_from'), kind: 'date', sortable: true },
    {
      key: 'valid_to',
      title: t('masterdata.valid_to'),
      kind: 'date',
      render: (row) => (row.valid_to ? <DateText value={row.valid_to} /> : t('masterdata.open_end')),
    },
  ]
  return (
    <>
      <DataTable<TerritoryInstitutionRow>
        name={`masterdata.ownership.${name}`}
        path="/api/territory-institutions"
        query={query}
        columns={ofInstitution ? columns.slice(3) : columns}
        phone={
          ofInstitution
            ? ['territory_name', 'product_group', 'valid_from', 'valid_to']
            : ['institution_name', 'product_group', 'territory_name', 'valid_from']
        }
        search={ofInstitution ? undefined : t('masterdata.search_institutions')}
        filters={[
          ...(whole
            ? [
                {
                  key: 'territory_id',
                  label: t('masterdata.territory'),
                  kind: 'own' as const,
                  render: (value: string, set: (value: string) => void) => (
                    <span className="qm-filter">
                      <TerritoryPicker
                        value={value || null}
                        onChange={(id) => set(id ?? '')}
                        label={t('masterdata.territory')}
                        placeholder={t('masterdata.territory')}
                      />
                    </span>
                  ),
                },
              ]
            : []),
          {
            key: 'product_group',
            label: t('masterdata.product_group'),
            kind: 'select' as const,
            options: [{ value: '*', label: t('masterdata.all_groups') }, ...groups],
          },
          { key: 'on_day', label: t('masterdata.on_day'), kind: 'date' as const },
        ]}
        exportPath="/api/territory-institutions/export"
        actions={
          <>
            {whole && <CsvButton path="/api/territory-institutions/export" />}
            {mayWrite && !whole && (
              <Button onClick={() => setForm('new')}>{t('masterdata.new_ownership')}</Button>
            )}
          </>
        }
        onOpen={mayWrite ? (row) => setForm(row) : undefined}
        empty={
          <EmptyState
            title={t('masterdata.ownership_empty')}
            text={t('masterdata.ownership_empty_text')}
            action={{ text: t('masterdata.import_here'), to: '/imports/new?kind=territory-institutions' }}
          />
        }
      />
      {form !== null && (
        <OwnershipForm
          open
          onClose={() => setForm(null)}
          row={form === 'new' ? undefined : form}
          preset={query ?? {}}
        />
      )}
    </>
  )
}
