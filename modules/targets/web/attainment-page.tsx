import { Alert } from 'antd'
import { useText } from '#ui/i18n.ts'
import { EmptyState } from '#ui/layout/empty-state.tsx'
import { PageHeader } from '#ui/layout/page-header.tsx'
import { Skeleton } from '#ui/layout/skeleton.tsx'
import { type StatTile, StatTiles } from '#ui/layout/stat-tiles.tsx'
import { formatCount, formatMoney, formatPercent } from '#ui/show/format.ts'
import type { Attainment } from '../shapes.ts'
import { AttainmentFilters } from './attainment-filters.tsx'
import { AttainmentTable } from './attainment-table.tsx'
import { RateState } from './rate.tsx'
import './targets.css'
import { type AttainmentUrl, linesOf, useAttainment } from './use-attainment.ts'

/** Sales of locked months against targets; drills from region to territory, and every figure into its lines. */
export function AttainmentPage() {
  const t = useText()
  const report = useAttainment()
  const { url, setUrl, data } = report
  return (
    <>
      <PageHeader title={t('targets.attainment')} text={t('targets.attainment_text')} />
      <AttainmentFilters url={url} setUrl={setUrl} />
      {report.isPending && !url.to && !report.noMonth && <Skeleton lines={8} />}
      {report.noMonth && (
        <EmptyState
          title={t('targets.empty')}
          text={t('targets.empty_text')}
          action={{ text: t('targets.see_months'), to: '/flows/months' }}
        />
      )}
      {data && (
        <>
          <OpenMonths months={data.months} />
          <Totals sums={data.sums} url={url} />
        </>
      )}
      {url.to && (
        <AttainmentTable
          key={url.by}
          query={report.query}
          sums={data?.sums}
          url={url}
          onGo={(change) => setUrl(change, 'push')}
        />
      )}
    </>
  )
}

/** Months of the period whose figures are not in here, or may still change. */
function OpenMonths({ months }: { months: Attainment['months'] }) {
  const t = useText()
  const open = months.filter(({ state }) => state !== 'locked' && state !== 'released')
  if (open.length === 0) return null
  const names = open.map(({ month, state }) => `${month}（${t(`targets.open_month_state.${state}`)}）`)
  return (
    <Alert
      className="qt-open-months"
      type="warning"
      showIcon
      title={t('targets.open_months', { months: names.join('、') })}
    />
  )
}

function Totals({ sums, url }: { sums: Attainment['sums']; url: AttainmentUrl }) {
  const t = useText()
  const to = linesOf(url)
  const { target_fen: target, amount_fen: amount, last_year_fen: before } = sums
  const tiles: StatTile[] = [
    {
      key: 'amount',
      label: t('targets.amount'),
      value: formatMoney(amount),
      hint: `${t('targets.lines')} ${formatCount(sums.line_count)}`,
      to,
    },
  ]
  if (target !== null) {
    const gap = amount - target
    tiles.push(
      {
        key: 'target',
        label: t('targets.target'),
        value: formatMoney(target),
        hint: t(gap >= 0 ? 'targets.gap_over' : 'targets.gap_under', { amount: formatMoney(Math.abs(gap)) }),
        to: `/targets?month=${url.to}`,
      },
      {
        key: 'rate',
        label: t('targets.rate'),
        value: sums.rate ? formatPercent(sums.rate) : '—',
        hint: sums.rate && <RateState rate={sums.rate} />,
        to,
      },
    )
  }
  if (before !== null)
    tiles.push({
      key: 'growth',
      label: t('targets.growth'),
      value: before ? `${amount >= before ? '+' : ''}${formatPercent(amount / before - 1)}` : '—',
      hint: `${t('targets.last_year')} ${formatMoney(before)}`,
      tone: before && amount < before ? 'bad' : undefined,
      to,
    })
  return (
    <div className="qt-totals">
      <StatTiles tiles={tiles} />
    </div>
  )
}
