import { useText } from '#ui/i18n.ts'
import { EmptyState } from '#ui/layout/empty-state.tsx'
import { PageHeader } from '#ui/layout/page-header.tsx'
import { usePermission } from '#ui/session.ts'
import type { Column } from '#ui/table/columns.tsx'
import { DataTable } from '#ui/table/data-table.tsx'
import type { TargetRow } from '../shapes.ts'
import { TargetCell } from './target-cell.tsx'
import './targets.css'

/** The targets, edited where they stand. */
export function TargetsPage() {
  const t = useText()
  const mayWrite = usePermission('targets.write')
  const columns: Column<TargetRow>[] = [
    { key: 'territory_name', title: t('targets.territory'), width: 220, sortable: true },
    { key: 'product_group', title: t('targets.product_group'), width: 160 },
    { key: 'month', title: t('targets.month'), width: 100, sortable: true },
    {
      key: 'amount_fen',
      title: t('targets.amount_yuan'),
      kind: 'money',
      width: 200,
      sortable: true,
      render: mayWrite ? (row) => <TargetCell key={row.version} row={row} /> : undefined,
    },
  ]
  return (
    <>
      <PageHeader title={t('targets.list')} text={t('targets.list_text')} />
      <DataTable<TargetRow>
        name="targets.targets"
        path="/api/targets"
        columns={columns}
        phone={['territory_name', 'product_group', 'month', 'amount_fen']}
        search={t('targets.search')}
        filters={[{ key: 'month', label: t('targets.month'), kind: 'month' }]}
        empty={<EmptyState title={t('targets.list_empty')} text={t('targets.list_empty_text')} />}
      />
    </>
  )
}
