import { useText } from '#ui/i18n.ts'
import { EmptyState } from '#ui/layout/empty-state.tsx'
import { ErrorState } from '#ui/layout/error-state.tsx'
import { Section } from '#ui/layout/section.tsx'
import { Skeleton } from '#ui/layout/skeleton.tsx'
import { type StatTile, StatTiles } from '#ui/layout/stat-tiles.tsx'
import { LinkTo } from '#ui/link-to.tsx'
import { formatCount, formatPercent } from '#ui/show/format.ts'
import type { Column } from '#ui/table/columns.tsx'
import { PlainTable } from '#ui/table/plain-table.tsx'
import { useRead } from '#ui/use-list.ts'
import { usePhone } from '#ui/use-phone.ts'
import type { MonthOfQuality, Quality } from '../../quality/shapes.ts'
import { Confusions } from './confusions.tsx'
import { ThresholdPanel } from './threshold-panel.tsx'
import { TrendChart } from './trend-chart.tsx'

/** Precision, recall, shares and time to close by month; what goes wrong; the threshold. */
export function FiguresTab() {
  const t = useText()
  const quality = useRead<Quality>('/api/flow-match-quality')
  if (quality.isError) return <ErrorState error={quality.error} onRetry={() => void quality.refetch()} />
  if (!quality.data) return <Skeleton lines={10} />
  const { months, confusions } = quality.data
  const measured = months.filter((month) => metOf(month) > 0 || month.days_to_close !== null)
  return (
    <>
      {measured.length === 0 ? (
        <EmptyState
          title={t('flows.quality_empty')}
          text={t('flows.quality_empty_text')}
          action={{ text: t('flows.quality_upload'), to: '/flows/upload' }}
        />
      ) : (
        <>
          <Tiles months={measured} />
          <Section
            title={t('flows.quality_trend')}
            beside={<span className="qc-muted">{t('flows.quality_band')}</span>}
          >
            {measured.some((month) => month.precision !== null) ? (
              <TrendChart months={measured} />
            ) : (
              <p className="qc-muted">
                {t('flows.quality_unknown_text')}{' '}
                <LinkTo to="/flows/quality?tab=sample">{t('flows.quality_sample')}</LinkTo>
              </p>
            )}
          </Section>
        </>
      )}
      <ThresholdPanel quality={quality.data} />
      {measured.length > 0 && (
        <>
          <Section title={t('flows.quality_months')}>
            <MonthTable months={measured} />
          </Section>
          <Confusions confusions={confusions} />
        </>
      )}
    </>
  )
}

type CountKey = 'review_count' | 'none_count' | 'alias_count' | 'overridden'

/** Names of the month that the engine, or an alias, had to judge. */
const metOf = (month: MonthOfQuality) =>
  month.auto_count + month.review_count + month.none_count + month.alias_count
const autoShare = (month: MonthOfQuality) => month.auto_count / Math.max(1, metOf(month) - month.alias_count)

function Tiles({ months }: { months: readonly MonthOfQuality[] }) {
  const t = useText()
  const newest = months.at(-1)
  const known = months.findLast((month) => month.precision !== null)
  const closed = months.findLast((month) => month.days_to_close !== null)
  if (!newest) return null
  const sample = '/flows/quality?tab=sample'
  const rests = known
    ? t('flows.quality_rests', { number: formatCount(known.decisions), count: known.decisions })
    : t('flows.quality_unknown')
  const tiles: StatTile[] = [
    {
      key: 'precision',
      label: t('flows.quality_precision'),
      value: formatPercent(known?.precision),
      hint: known
        ? `${known.month} · ${t('flows.quality_interval', {
            low: formatPercent(known.precision_low),
            high: formatPercent(known.precision_high),
          })}`
        : rests,
      to: known ? `${sample}&month=${known.month}` : sample,
    },
    {
      key: 'recall',
      label: t('flows.quality_recall'),
      value: formatPercent(known?.recall),
      hint: known ? `${known.month} · ${rests}` : rests,
      to: known ? `${sample}&month=${known.month}` : sample,
    },
    {
      key: 'auto',
      label: t('flows.quality_auto_share'),
      value: formatPercent(autoShare(newest)),
      hint: newest.month,
      to: `/flows/review?kind=customer&state=auto&month=${newest.month}`,
    },
    {
      key: 'close',
      label: t('flows.quality_close_days'),
      value: closed ? t('flows.quality_days', { days: closed.days_to_close }) : '—',
      hint: closed?.month ?? newest.month,
      to: `/flows/months/${closed?.month ?? newest.month}`,
    },
  ]
  return <StatTiles tiles={tiles} />
}

function MonthTable({ months }: { months: readonly MonthOfQuality[] }) {
  const t = useText()
  // On a phone a month without counts is a card of dashes.
  const phone = usePhone()
  const newest = [...months].reverse()
  const range = ({ precision, precision_low, precision_high }: MonthOfQuality) =>
    precision === null
      ? '—'
      : `${formatPercent(precision)} (${formatPercent(precision_low)}–${formatPercent(precision_high)})`
  // A month whose names were all known before has no counts, which is not the same as none.
  const counted = (key: CountKey, title: string): Column<MonthOfQuality> => ({
    key,
    title,
    kind: 'count',
    width: 100,
    text: (month) => (metOf(month) > 0 ? formatCount(month[key]) : '—'),
  })
  const columns: Column<MonthOfQuality>[] = [
    {
      key: 'month',
      title: t('flows.quality_month'),
      width: 90,
      render: ({ month }) => <LinkTo to={`/flows/months/${month}`}>{month}</LinkTo>,
    },
    { key: 'precision', title: t('flows.quality_precision'), width: 190, text: range },
    {
      key: 'recall',
      title: t('flows.quality_recall'),
      width: 150,
      text: ({ recall }) => formatPercent(recall),
    },
    {
      key: 'decisions',
      title: t('flows.quality_sampled'),
      width: 140,
      render: ({ month, sample, auto_count }) =>
        auto_count > 0 ? (
          <LinkTo to={`/flows/quality?tab=sample&month=${month}`}>
            {sample.drawn > 0 ? t('flows.quality_sampled_of', sample) : t('flows.quality_sample')}
          </LinkTo>
        ) : (
          '—'
        ),
    },
    {
      key: 'auto_count',
      title: t('flows.quality_auto'),
      width: 130,
      render: (month) =>
        metOf(month) > 0 ? (
          <LinkTo to={`/flows/review?kind=customer&state=auto&month=${month.month}`}>
            {`${formatCount(month.auto_count)} (${formatPercent(autoShare(month), 0)})`}
          </LinkTo>
        ) : (
          '—'
        ),
    },
    counted('review_count', t('flows.quality_review')),
    counted('none_count', t('flows.quality_none')),
    counted('alias_count', t('flows.quality_alias')),
    counted('overridden', t('flows.quality_overridden')),
    {
      key: 'days_to_close',
      title: t('flows.quality_close_days'),
      width: 120,
      text: ({ days_to_close }) =>
        days_to_close === null ? '—' : t('flows.quality_days', { days: days_to_close }),
    },
  ]
  return (
    <PlainTable
      rows={phone ? newest.filter((month) => metOf(month) > 0) : newest}
      columns={columns}
      idOf={({ month }) => month}
      phone={['month', 'precision', 'recall', 'decisions', 'auto_count', 'review_count', 'days_to_close']}
    />
  )
}
