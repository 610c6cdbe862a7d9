import { useAct } from '#ui/act/use-act.tsx'
import { useConfirmImpact } from '#ui/act/use-confirm-impact.tsx'
import { api } from '#ui/api.ts'
import { useText } from '#ui/i18n.ts'
import { formatCount } from '#ui/show/format.ts'
import type { ListAnswer } from '#ui/use-list.ts'
import type { holdingIssues, LineRow } from '../../shapes.ts'

export type HoldingIssue = (typeof holdingIssues)[number]
type Action = 'keep' | 'exclude'
type Wanted = { action: Action; line_ids?: string[]; batch_id?: string }
type Whole = { count?: number; batch_id?: string; after?: () => void }

/** Keeps or excludes lines of one month and issue: the ticked ones at once, whole files and months after asking. */
export function useIssueAct(month: string, issue: HoldingIssue) {
  const t = useText()
  const confirm = useConfirmImpact()
  const act = useAct({
    run: (wanted: Wanted) =>
      api.post<{ id: string; line_count: number }>('/api/flow-issue-decisions', { month, issue, ...wanted }),
    refresh: ['/api/flow-lines', '/api/flow-months', '/api/flow-decisions', '/api/flow-batches'],
    done: ({ id, line_count }, { action }) => ({
      text: t(action === 'keep' ? 'flows.issue_kept_n' : 'flows.issue_excluded_n', {
        number: formatCount(line_count),
        count: line_count,
      }),
      undo: () => api.delete(`/api/flow-decisions/${id}`),
    }),
  })
  const countOf = async ({ count, batch_id }: Whole) =>
    count ??
    (
      await api.get<ListAnswer<LineRow>>('/api/flow-lines', undefined, {
        month,
        issue,
        batch_id,
        state: 'waiting',
        size: 1,
      })
    ).total
  return {
    now: async (action: Action, line_ids: string[], after: () => void) => {
      await act.runAsync({ action, line_ids }).then(after, () => undefined)
    },
    ask: async (action: Action, whole: Whole) => {
      const answer = await confirm({
        title: t(`flows.issue_${action}_all`),
        impact: async () => {
          const count = await countOf(whole)
          return [t(`flows.issue_impact_${action}`, { number: formatCount(count), count, month })]
        },
        confirmText: t(`flows.issue_${action}`),
        danger: action === 'exclude',
        undo: t('flows.issue_undo'),
      })
      if (!answer) return
      await act.runAsync({ action, batch_id: whole.batch_id }).then(whole.after, () => undefined)
    },
  }
}
