import { Button, Segmented } from 'antd'
import { useText } from '#ui/i18n.ts'
import { useOpened } from '#ui/layout/detail-drawer.tsx'
import { EmptyState } from '#ui/layout/empty-state.tsx'
import { DataTable } from '#ui/table/data-table.tsx'
import type { Selection } from '#ui/table/selection.ts'
import { useUrlState } from '#ui/use-url-state.ts'
import type { LineRow } from '../../shapes.ts'
import { holdingIssues } from '../../shapes.ts'
import { lineColumns } from '../lines/line-columns.tsx'
import { LineDrawer } from '../lines/line-drawer.tsx'
import { MonthPick } from '../month-pick.tsx'
import { NamePick } from '../name-pick.tsx'
import { useIssueText } from '../state-tags.tsx'
import { useMonths } from '../use-months.ts'
import { type HoldingIssue, useIssueAct } from './use-issue-act.ts'

/** Lines that an issue holds back: keep or exclude them, ticked, by file, or all. */
export function IssuesTab() {
  const t = useText()
  const issueText = useIssueText()
  const opened = useOpened()
  const { current } = useMonths()
  const [url, setUrl] = useUrlState({ month: '', issue: 'duplicate' })
  const issue = holdingIssues.find((one) => one === url.issue) ?? 'duplicate'
  const month = url.month || (current?.state === 'open' ? current.month : '')
  const act = useIssueAct(month, issue)
  const columns = lineColumns(t, issueText).filter(({ key }) => key !== 'state' && key !== 'month')
  return (
    <>
      <div className="qf-review-filters">
        <Segmented
          value={issue}
          onChange={(next) => setUrl({ issue: next, page: '' })}
          options={holdingIssues.map((value) => ({ value, label: issueText(value) }))}
        />
        <MonthPick openOnly value={month} onChange={(next) => setUrl({ month: next, page: '' })} />
      </div>
      <p className="qf-issue-help">{t(`flows.issue_help.${issue}`)}</p>
      {month !== '' && (
        <DataTable<LineRow>
          key={issue + month}
          name="flows.issues"
          path="/api/flow-lines"
          query={{ month, issue, state: 'waiting' }}
          columns={columns}
          phone={['customer_raw', 'occurred_on', 'product_name', 'qty', 'amount_fen', 'distributor_name']}
          filters={[
            {
              key: 'distributor_id',
              label: t('flows.distributor'),
              kind: 'own',
              render: (value, set) => (
                <NamePick kind="distributors" label={t('flows.distributor')} value={value} onChange={set} />
              ),
            },
          ]}
          opened={opened.id}
          onOpen={(row) => opened.open(row.id)}
          batch={(selection) => <IssueBatch selection={selection} act={act} issue={issue} />}
          totals={({ total }) => (
            <span className="qc-actions">
              <Button size="small" onClick={() => act.ask('keep', { count: total })}>
                {t('flows.issue_keep_all')}
              </Button>
              <Button size="small" onClick={() => act.ask('exclude', { count: total })}>
                {t('flows.issue_exclude_all')}
              </Button>
            </span>
          )}
          empty={<EmptyState title={t('flows.issues_done')} text={t('flows.issues_done_text')} />}
        />
      )}
      <LineDrawer id={opened.id} onClose={opened.close} />
    </>
  )
}

type IssueBatchProps = {
  selection: Selection<LineRow>
  act: ReturnType<typeof useIssueAct>
  issue: HoldingIssue
}

function IssueBatch({ selection, act }: IssueBatchProps) {
  const t = useText()
  const { ids, rows, clear } = selection
  const batches = new Set(rows.map(({ batch_id }) => batch_id))
  const [batchId] = batches
  return (
    <>
      <Button size="small" type="primary" onClick={() => act.now('keep', ids, clear)}>
        {t('flows.issue_keep')}
      </Button>
      <Button size="small" onClick={() => act.now('exclude', ids, clear)}>
        {t('flows.issue_exclude')}
      </Button>
      {batches.size === 1 && batchId && (
        <>
          <Button
            size="small"
            type="text"
            onClick={() => act.ask('keep', { batch_id: batchId, after: clear })}
          >
            {t('flows.issue_batch_keep')}
          </Button>
          <Button
            size="small"
            type="text"
            onClick={() => act.ask('exclude', { batch_id: batchId, after: clear })}
          >
            {t('flows.issue_batch_exclude')}
          </Button>
        </>
      )}
    </>
  )
}
