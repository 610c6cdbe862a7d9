import { Button } from 'antd'
import { useAct } from '#ui/act/use-act.tsx'
import { useConfirmImpact } from '#ui/act/use-confirm-impact.tsx'
import { api } from '#ui/api.ts'
import { useText } from '#ui/i18n.ts'
import { EmptyState } from '#ui/layout/empty-state.tsx'
import { formatCount } from '#ui/show/format.ts'
import { StateTag } from '#ui/show/state-tag.tsx'
import type { Column } from '#ui/table/columns.tsx'
import { DataTable } from '#ui/table/data-table.tsx'
import type { DecisionRow } from '../../shapes.ts'
import { useIssueText } from '../state-tags.tsx'

/** Every decision of a person, newest first; each can be taken back. */
export function DecisionsTab() {
  const t = useText()
  const issueText = useIssueText()
  const confirm = useConfirmImpact()
  const undo = useAct({
    run: (id: string) => api.delete<{ line_count: number }>(`/api/flow-decisions/${id}`),
    refresh: ['/api/flow-decisions', '/api/flow-reviews', '/api/flow-lines', '/api/flow-months'],
    done: ({ line_count }) => t('flows.undo_done', { number: formatCount(line_count), count: line_count }),
  })
  const ask = async (row: DecisionRow) => {
    const answer = await confirm({
      title: t('flows.undo_title'),
      impact: [
        t('flows.undo_impact', { number: formatCount(row.line_count), count: row.line_count }),
        ...(row.alias_scope === 'company' || row.alias_scope === 'province' ? [t('flows.undo_alias')] : []),
        ...(row.created ? [t('flows.undo_created')] : []),
      ],
      confirmText: t('flows.review_undo'),
    })
    if (answer) undo.run(row.id)
  }
  const textOf = (row: DecisionRow) => row.raw_text ?? (row.issue_code ? issueText(row.issue_code) : '')
  const columns: Column<DecisionRow>[] = [
    { key: 'text', title: t('flows.decided_text'), width: 180, text: textOf },
    {
      key: 'action',
      title: t('flows.decided_what'),
      width: 86,
      text: (row) => t(row.created ? 'flows.decided_created' : `flows.decided_action.${row.action}`),
    },
    { key: 'target_name', title: t('flows.decided_target'), width: 165 },
    {
      key: 'kind',
      title: t('flows.decided_kind'),
      width: 76,
      text: (row) => t(`flows.decided_kind.${row.kind}`),
    },
    {
      key: 'alias_scope',
      title: t('flows.decided_scope'),
      width: 158,
      text: (row) => row.scope_name ?? (row.alias_scope ? t(`flows.scope.${row.alias_scope}`) : ''),
    },
    { key: 'line_count', title: t('flows.lines'), kind: 'count', width: 64 },
    { key: 'name_count', title: t('flows.decided_names'), kind: 'count', width: 84, hidden: true },
    { key: 'person_name', title: t('flows.decided_by'), width: 80 },
    { key: 'decided_at', title: t('flows.decided_at'), kind: 'moment' },
    {
      key: 'undone_at',
      title: t('flows.state'),
      kind: 'state',
      width: 150,
      render: (row) =>
        row.undone_at ? (
          <StateTag tone="off">{t('flows.decided_undone')}</StateTag>
        ) : (
          <span className="qc-actions">
            <StateTag tone="good">{t('flows.decided_valid')}</StateTag>
            <Button size="small" onClick={() => void ask(row)}>
              {t('flows.review_undo')}
            </Button>
          </span>
        ),
    },
  ]
  return (
    <DataTable<DecisionRow>
      name="flows.decisions"
      path="/api/flow-decisions"
      columns={columns}
      phone={['text', 'undone_at', 'action', 'target_name', 'line_count', 'person_name', 'decided_at']}
      empty={<EmptyState title={t('flows.decisions_empty')} text={t('flows.decisions_empty_text')} />}
    />
  )
}
