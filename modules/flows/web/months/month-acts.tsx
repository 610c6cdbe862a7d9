import { Button } from 'antd'
import { useAct } from '#ui/act/use-act.tsx'
import { useConfirmImpact } from '#ui/act/use-confirm-impact.tsx'
import { api } from '#ui/api.ts'
import { useText } from '#ui/i18n.ts'
import { usePermission } from '#ui/session.ts'
import { formatCount, formatMoney } from '#ui/show/format.ts'
import type { MonthPage } from '../../shapes.ts'

/** What may be done with the month now: ask for its closing, or release it. */
export function MonthActs({ page }: { page: MonthPage }) {
  const t = useText()
  const confirm = useConfirmImpact()
  const mayClose = usePermission('flows.close')
  const mayRelease = usePermission('flows.release')
  const { month } = page
  const number = formatCount(page.posted_count)
  const sealed = page.versions[0]
  const close = useAct({
    run: () => api.post(`/api/flow-months/${month}/closure`),
    refresh: ['/api/flow-months', '/api/approvals'],
    done: () => t('flows.close_asked'),
  })
  const release = useAct({
    run: () => api.put(`/api/flow-months/${month}/release`),
    refresh: ['/api/flow-months', '/api/attainment'],
    done: () => t('flows.released_done', { month }),
  })
  const askClose = async () => {
    const missing = page.missing.length
    const answer = await confirm({
      title: `${t('flows.close_month')} · ${month}`,
      impact: [
        t('flows.close_impact_lines', { number, count: page.posted_count }),
        ...(missing > 0
          ? [t('flows.close_impact_missing', { number: formatCount(missing), count: missing })]
          : []),
        t('flows.close_impact_frozen'),
      ],
      confirmText: t('flows.close_month'),
      undo: t('flows.close_undo'),
    })
    if (answer) close.run()
  }
  const askRelease = async () => {
    const answer = await confirm({
      title: t('flows.release_title', { month }),
      impact: [
        t('flows.release_impact_rows', {
          number,
          count: page.posted_count,
          amount: formatMoney(sealed?.amount_fen),
        }),
        t('flows.release_impact_tell'),
      ],
      confirmText: t('flows.release_month'),
      undo: t('flows.release_undo'),
    })
    if (answer) release.run()
  }
  if (page.state === 'open' && mayClose)
    return (
      <Button type="primary" disabled={page.blockers.length > 0} loading={close.pending} onClick={askClose}>
        {t('flows.close_month')}
      </Button>
    )
  if (page.state === 'locked' && mayRelease)
    return (
      <Button type="primary" loading={release.pending} onClick={askRelease}>
        {t('flows.release_month')}
      </Button>
    )
  return null
}
