import { type ApprovalRow, approvalRow, approvalStates } from '#platform/approvals/shapes.ts'
import { listOf } from '#platform/shapes.ts'
import { useText } from '#ui/i18n.ts'
import { useOpened } from '#ui/layout/detail-drawer.tsx'
import { EmptyState } from '#ui/layout/empty-state.tsx'
import { PageHeader } from '#ui/layout/page-header.tsx'
import { UrlTabs } from '#ui/layout/tabs.tsx'
import type { Column } from '#ui/table/columns.tsx'
import { DataTable } from '#ui/table/data-table.tsx'
import { ApprovalDrawer } from './approval-drawer.tsx'
import { ApprovalStateTag } from './approval-state.tsx'

const approvals = listOf(approvalRow)
const boxes = ['mine', 'made', 'all'] as const

/** What waits for my decision, what I asked for, and everything I may see. */
export function ApprovalsPage() {
  const t = useText()
  const opened = useOpened()
  return (
    <>
      <PageHeader title={t('approvals.title')} text={t('approvals.text')} />
      <UrlTabs
        name="box"
        items={boxes.map((box) => ({
          key: box,
          label: t(`approvals.box_${box}`),
          children: <ApprovalList box={box} opened={opened.id} onOpen={opened.open} />,
        }))}
      />
      <ApprovalDrawer id={opened.id} onClose={opened.close} />
    </>
  )
}

type ApprovalListProps = { box: (typeof boxes)[number]; opened: string; onOpen: (id: string) => void }

function ApprovalList({ box, opened, onOpen }: ApprovalListProps) {
  const t = useText()
  const kindOf = (row: ApprovalRow) =>
    t(`approval.kind.${row.subject_kind}`, { defaultValue: row.subject_kind })
  const columns: Column<ApprovalRow>[] = [
    { key: 'title', title: t('approvals.subject'), width: 320 },
    {
      key: 'state',
      title: t('approvals.state'),
      kind: 'state',
      render: (row) => <ApprovalStateTag state={row.state} />,
    },
    { key: 'subject_kind', title: t('approvals.kind'), width: 140, text: kindOf },
    {
      key: 'step',
      title: t('approvals.step'),
      width: 160,
      text: (row) => row.steps[row.step_no]?.name ?? '',
    },
    { key: 'requested_by_name', title: t('approvals.requested_by'), width: 130 },
    { key: 'requested_at', title: t('approvals.requested_at'), kind: 'moment', sortable: true },
  ]
  return (
    <DataTable<ApprovalRow>
      name={`platform.approvals.${box}`}
      path="/api/approvals"
      shape={approvals}
      query={{ box }}
      columns={columns}
      phone={['title', 'state', 'requested_by_name', 'requested_at']}
      filters={
        box === 'mine'
          ? []
          : [
              {
                key: 'state',
                label: t('approvals.state'),
                kind: 'select',
                options: approvalStates.map((value) => ({ value, label: t(`approvals.state_${value}`) })),
              },
            ]
      }
      opened={opened}
      onOpen={(row) => onOpen(row.id)}
      empty={<EmptyState title={t(`approvals.empty_${box}`)} text={t('approvals.empty_text')} />}
    />
  )
}
