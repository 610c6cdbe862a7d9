import { useText } from '#ui/i18n.ts'
import { Section } from '#ui/layout/section.tsx'
import { type StatTile, StatTiles } from '#ui/layout/stat-tiles.tsx'
import { usePermission, useSession } from '#ui/session.ts'
import { formatCount } from '#ui/show/format.ts'
import { useList, useRead } from '#ui/use-list.ts'
import { useMonths } from '../use-months.ts'

/** How many rows a list holds, without reading them. */
function useTotal(path: `/api/${string}` | null, query: Record<string, string> = {}): number | undefined {
  return useList<unknown>(path, undefined, { ...query, size: 1 }).data?.total
}

/** Counts of what this person must do; what is not theirs to do is not asked. */
export function WaitingTiles() {
  const t = useText()
  const decides = usePermission('platform.read-approvals')
  const reviews = usePermission('flows.review')
  const uploads = usePermission('flows.upload')
  const whole = useSession().scope === 'company'
  const { current } = useMonths()
  const month = current?.state === 'open' ? current.month : ''
  const approvals = useTotal(decides ? '/api/approvals' : null, { box: 'mine' })
  const customers = useTotal(reviews ? '/api/flow-reviews' : null, { kind: 'customer' })
  const products = useTotal(reviews ? '/api/flow-reviews' : null, { kind: 'product' })
  const mapping = useTotal(uploads ? '/api/flow-batches' : null, { state: 'mapping' })
  const failed = useTotal(uploads && month ? '/api/flow-batches' : null, { state: 'failed', month })
  const unread = useRead<{ unread: number }>('/api/notifications/count').data?.unread
  const names = (customers ?? 0) + (products ?? 0)
  const all: (StatTile & { count: number | undefined })[] = [
    { key: 'approvals', label: t('flows.home_approvals'), count: approvals, to: '/approvals', value: '' },
    {
      key: 'review',
      label: t('flows.home_review'),
      count: reviews ? names : undefined,
      to: `/flows/review${customers === 0 && products ? '?kind=product' : ''}`,
      value: '',
    },
    {
      key: 'lines',
      label: t('flows.home_issue_lines'),
      count: reviews && whole ? current?.waiting_count : undefined,
      to: `/flows/lines?month=${month}&state=waiting`,
      value: '',
    },
    {
      key: 'mapping',
      label: t('flows.home_mapping'),
      count: mapping,
      to: '/flows/batches?state=mapping',
      value: '',
    },
    {
      key: 'failed',
      label: t('flows.home_failed'),
      count: failed,
      to: `/flows/batches?state=failed&month=${month}`,
      value: '',
    },
    {
      key: 'notices',
      label: t('flows.home_notices'),
      count: unread,
      to: '/notifications?unread=1',
      value: '',
    },
  ]
  const tiles = all
    .filter(({ count }) => count !== undefined && count > 0)
    .map(({ count, ...tile }) => ({
      ...tile,
      value: formatCount(count),
      tone: tile.key === 'failed' ? ('bad' as const) : tile.key === 'notices' ? undefined : ('warn' as const),
    }))
  return (
    <Section title={t('flows.home_waits')}>
      {tiles.length > 0 ? <StatTiles tiles={tiles} /> : <p className="qc-good">{t('flows.home_nothing')}</p>}
    </Section>
  )
}
