import { useState } from 'react'
import { useConfirmImpact } from '#ui/act/use-confirm-impact.tsx'
import { api } from '#ui/api.ts'
import { useText } from '#ui/i18n.ts'
import { formatCount, formatMoney } from '#ui/show/format.ts'
import type { Impact, ReviewGroup } from '../../shapes.ts'

/**
 * Asks before several texts are settled in one go, and says what that changes. Answers those that may be: a text that was
 * confirmed otherwise for somebody is left to be decided by itself. None: not done.
 */
export function useAlike() {
  const t = useText()
  const confirm = useConfirmImpact()
  const [askingAlike, setAsking] = useState(false)
  const sureOfAll = async (groups: readonly ReviewGroup[], target: string): Promise<ReviewGroup[]> => {
    setAsking(true)
    const asked = await Promise.all(
      groups.map(async (group) => {
        const { kind, normal_text } = group
        const impact = await api.get<Impact>('/api/flow-reviews/impact', undefined, { kind, normal_text })
        return { group, impact }
      }),
    )
    const free = asked.filter(({ impact }) => impact.confirmed_count === 0)
    const lines = free.reduce((sum, { impact }) => sum + impact.line_count, 0)
    const left = asked.length - free.length
    const answer = await confirm({
      title: t('flows.review_alike_title', { target }),
      impact: [
        t('flows.review_alike_names', {
          number: formatCount(free.length),
          count: free.length,
          lines: t('flows.lines_n', { number: formatCount(lines), count: lines }),
          amount: formatMoney(free.reduce((sum, { impact }) => sum + impact.amount_fen, 0)),
        }),
        ...free.map(({ group }) => `「${[group.raw_text, group.raw_spec].filter(Boolean).join(' ')}」`),
        ...(left > 0 ? [t('flows.review_alike_left', { number: formatCount(left), count: left })] : []),
      ],
      confirmText: t('flows.review_accept_alike'),
      undo: t('flows.review_alike_undo'),
    })
    setAsking(false)
    return answer ? free.map(({ group }) => group) : []
  }
  return { sureOfAll, askingAlike }
}
