import type { TFunction } from 'i18next'
import { LinkTo } from '#ui/link-to.tsx'
import { formatQuantity } from '#ui/show/format.ts'
import type { Column } from '#ui/table/columns.tsx'
import type { LineRow } from '../../shapes.ts'
import { LineStateTag } from '../state-tags.tsx'

/** The columns of flow lines; the line's own page is behind its date. */
export function lineColumns(t: TFunction, issueText: (code: string) => string): Column<LineRow>[] {
  return [
    {
      key: 'occurred_on',
      title: t('flows.occurred_on'),
      kind: 'date',
      width: 106,
      sortable: true,
      render: (row) => <LinkTo to={`/flows/lines/${row.id}`}>{row.occurred_on ?? '—'}</LinkTo>,
    },
    {
      key: 'state',
      title: t('flows.state'),
      kind: 'state',
      width: 96,
      render: (row) => <LineStateTag state={row.state} />,
    },
    { key: 'customer_raw', title: t('flows.customer_raw'), width: 200 },
    { key: 'institution_name', title: t('flows.institution'), width: 200 },
    { key: 'product_raw', title: t('flows.product_raw'), width: 160, hidden: true },
    { key: 'spec_raw', title: t('flows.spec_raw'), width: 140, hidden: true },
    {
      key: 'product_name',
      title: t('flows.product'),
      width: 200,
      text: (row) => row.product_name ?? '',
      render: (row) =>
        row.product_name ?? <span className="qc-muted">{[row.product_raw, row.spec_raw].join(' ')}</span>,
    },
    {
      key: 'qty',
      title: t('flows.qty'),
      kind: 'quantity',
      width: 96,
      sortable: true,
      render: (row) => (
        <>
          {formatQuantity(row.qty)} <span className="qc-muted">{row.unit}</span>
        </>
      ),
      text: (row) => formatQuantity(row.qty, row.unit),
    },
    { key: 'base_qty', title: t('flows.base_qty'), kind: 'quantity', hidden: true },
    { key: 'price', title: t('flows.price'), kind: 'quantity', hidden: true },
    { key: 'amount_fen', title: t('flows.amount'), kind: 'money', sortable: true },
    { key: 'distributor_name', title: t('flows.distributor'), width: 180 },
    { key: 'territory_name', title: t('flows.territory'), width: 130 },
    {
      key: 'issues',
      title: t('flows.issue'),
      width: 160,
      text: (row) => row.issues.map(issueText).join('，'),
    },
    { key: 'month', title: t('flows.month'), width: 88 },
    { key: 'lot', title: t('flows.lot'), kind: 'code', hidden: true },
    { key: 'doc_no', title: t('flows.doc_no'), kind: 'code', hidden: true },
  ]
}
