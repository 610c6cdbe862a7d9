import { Tag } from 'antd'
import type { TFunction } from 'i18next'
import { useText } from '#ui/i18n.ts'
import { useOpened } from '#ui/layout/detail-drawer.tsx'
import { EmptyState } from '#ui/layout/empty-state.tsx'
import { PageHeader } from '#ui/layout/page-header.tsx'
import { usePermission, useSession } from '#ui/session.ts'
import { DataTable } from '#ui/table/data-table.tsx'
import type { Filter } from '#ui/table/filter.ts'
import type { LineRow } from '../../shapes.ts'
import '../flows.css'
import './lines.css'
import { MonthPick } from '../month-pick.tsx'
import { type NameKindPath, NamePick } from '../name-pick.tsx'
import { lineStateNames, useIssueText } from '../state-tags.tsx'
import { lineColumns } from './line-columns.tsx'
import { LineDrawer } from './line-drawer.tsx'

const issueCodes = [
  'duplicate',
  'unknown-unit',
  'sign-conflict',
  'doubtful',
  'out-of-period',
  'duplicate-kept',
  'duplicate-excluded',
  'unknown-unit-kept',
  'unknown-unit-excluded',
  'sign-conflict-kept',
  'sign-conflict-excluded',
  'doubtful-kept',
  'doubtful-excluded',
  'reading.bad-date',
  'reading.bad-qty',
  'reading.bad-price',
  'reading.bad-amount',
  'reading.missing-date',
  'reading.missing-qty',
  'reading.missing-customer',
  'reading.missing-product',
]

/** Columns that say nothing: a distributor's own name to itself, what a distributor wrote to who may not read it. */
const unseen: Readonly<Record<'company' | 'territory' | 'distributor', readonly string[]>> = {
  company: [],
  territory: ['customer_raw', 'product_raw', 'spec_raw'],
  distributor: ['distributor_name', 'territory_name'],
}

/** Lines by whatever question; the address holds the question, so it can be sent to a colleague. */
export function LinesPage() {
  const t = useText()
  const opened = useOpened()
  const issueText = useIssueText()
  const { scope } = useSession()
  const mayUpload = usePermission('flows.upload')
  const mayPick = usePermission('masterdata.read')
  const columns = lineColumns(t, issueText).filter(({ key }) => !unseen[scope].includes(key))
  return (
    <>
      <PageHeader title={t('flows.line_list')} text={t('flows.line_list_text')} />
      <DataTable<LineRow>
        name="flows.lines"
        path="/api/flow-lines"
        columns={columns}
        phone={[
          'institution_name',
          'state',
          'occurred_on',
          scope === 'territory' ? 'distributor_name' : 'customer_raw',
          'product_name',
          'qty',
          'amount_fen',
        ]}
        search={t('flows.search_lines')}
        filters={filtersFor(mayPick, t, issueText)}
        opened={opened.id}
        onOpen={(row) => opened.open(row.id)}
        exportPath="/api/flow-lines/export.xlsx"
        empty={
          <EmptyState
            title={t('flows.lines_empty')}
            text={t('flows.lines_empty_text')}
            action={mayUpload ? { text: t('flows.upload'), to: '/flows/upload' } : undefined}
          />
        }
      />
      <LineDrawer id={opened.id} onClose={opened.close} />
    </>
  )
}

/** `picks`: whether master data may be searched; without it such filters come in by links only. */
function filtersFor(picks: boolean, t: TFunction, issueText: (code: string) => string): Filter[] {
  const month = (key: string, label: string): Filter => ({
    key,
    label,
    kind: 'own',
    render: (value, set) => <MonthPick value={value} onChange={set} all={label} />,
  })
  // Shown so that it is seen and can be taken off.
  const byLink = (key: string, label: string, told = false): Filter => ({
    key,
    label,
    kind: 'own',
    render: (value, set) =>
      value ? (
        <Tag closable onClose={() => set('')}>
          {told ? `${label} ${value}` : label}
        </Tag>
      ) : null,
  })
  const pick = (key: string, kind: NameKindPath, label: string): Filter =>
    picks
      ? {
          key,
          label,
          kind: 'own',
          render: (value, set) => <NamePick kind={kind} label={label} value={value} onChange={set} />,
        }
      : byLink(key, label)
  return [
    byLink('month', t('flows.month'), true),
    month('from', t('flows.from_month')),
    month('to', t('flows.to_month')),
    {
      key: 'state',
      label: t('flows.state'),
      kind: 'select',
      options: lineStateNames.map((value) => ({ value, label: t(`flows.line_state.${value}`) })),
    },
    {
      key: 'issue',
      label: t('flows.issue'),
      kind: 'select',
      options: issueCodes.map((value) => ({ value, label: issueText(value) })),
    },
    pick('distributor_id', 'distributors', t('flows.distributor')),
    pick('institution_id', 'institutions', t('flows.institution')),
    pick('product_id', 'products', t('flows.product')),
    pick('territory_id', 'territories', t('flows.territory')),
    ...(picks
      ? [
          {
            key: 'owned',
            label: t('flows.owned'),
            kind: 'select' as const,
            options: ['yes', 'no'].map((value) => ({ value, label: t(`flows.owned.${value}`) })),
          },
        ]
      : []),
    byLink('product_group', t('flows.product_group'), true),
    byLink('batch_id', t('flows.only_batch')),
    byLink('customer_name_id', t('flows.only_name')),
    byLink('product_name_id', t('flows.only_name')),
  ]
}
