import { useState } from 'react'
import { useConfirmImpact } from '#ui/act/use-confirm-impact.tsx'
import { useText } from '#ui/i18n.ts'
import { formatCount } from '#ui/show/format.ts'
import type { ReviewGroup } from '../../shapes.ts'
import type { GroupState } from './choose/use-group.ts'

/** Asks before a decision overturns what was confirmed earlier; every other decision needs no question. */
export function useSure() {
  const t = useText()
  const confirm = useConfirmImpact()
  const [asking, setAsking] = useState(false)
  const sure = async (state: GroupState, group: ReviewGroup): Promise<boolean> => {
    if (state.overturns === 0) return true
    setAsking(true)
    const answer = await confirm({
      title: t('flows.review_overturns'),
      impact: [
        t('flows.review_impact_confirmed', {
          number: formatCount(state.overturns),
          count: state.overturns,
        }),
        t('flows.review_overturns_lines', {
          lines: formatCount(state.choice?.line_count ?? group.line_count),
          count: state.choice?.line_count ?? group.line_count,
          text: group.raw_text,
        }),
      ],
      confirmText: t('flows.review_overturn'),
      danger: true,
      undo: t('flows.review_overturns_scope'),
    })
    setAsking(false)
    return answer !== null
  }
  return { sure, asking }
}
