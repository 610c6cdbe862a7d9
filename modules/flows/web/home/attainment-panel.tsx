import { useText } from '#ui/i18n.ts'
import { EmptyState } from '#ui/layout/empty-state.tsx'
import { Section } from '#ui/layout/section.tsx'
import { Skeleton } from '#ui/layout/skeleton.tsx'
import { LinkTo } from '#ui/link-to.tsx'
import { formatMoney, formatPercent } from '#ui/show/format.ts'
import { StateTag } from '#ui/show/state-tag.tsx'
import { useRead } from '#ui/use-list.ts'
import { useMonths } from '../use-months.ts'

type Figures = {
  target_fen: number | null
  amount_fen: number
  rate: string | null
  last_year_fen: number | null
}
type Answer = { rows: (Figures & { key: string | null; name: string })[]; sums: Figures }

/** Sales against target of the last month that is final. */
export function AttainmentPanel({ own }: { own: boolean }) {
  const t = useText()
  const { months, reported, isLoading } = useMonths()
  const month = own ? months.find(({ state }) => state === 'released') : reported
  const read = useRead<Answer>(month ? '/api/attainment' : null, undefined, {
    from: month?.month,
    to: month?.month,
    by: own ? 'product_group' : 'territory',
    level: own ? 'territory' : 'region',
  })
  if (isLoading || (month && read.isPending)) return <Skeleton lines={4} />
  if (!month) return <EmptyState title={t('flows.home_no_release')} text={t('flows.home_no_release_text')} />
  if (!read.data) return null
  const { sums: total, rows } = read.data
  const where = `from=${month.month}&to=${month.month}`
  return (
    <Section
      title={t(own ? 'flows.home_own_attainment' : 'flows.home_attainment')}
      beside={<LinkTo to={`/attainment?${where}`}>{t('flows.home_see_report')}</LinkTo>}
    >
      <div className="qf-total">
        <span className="qc-muted">{month.month}</span>
        <LinkTo to={`/flows/lines?${where}&state=posted`} className="qf-total-figure qc-num">
          {formatMoney(total.amount_fen)}
        </LinkTo>
        <Rate rate={total.rate} />
        <span className="qc-muted qc-num">
          {total.target_fen === null
            ? t('flows.home_no_target')
            : t('flows.home_of_target', { target: formatMoney(total.target_fen) })}
        </span>
        <LastYear figures={total} />
      </div>
      <ul className="qf-parts">
        {rows.slice(0, 8).map((row) => (
          <li key={row.key ?? row.name}>
            <span className="qc-cut">{row.name || t('flows.unowned')}</span>
            <span className="qc-num">{formatMoney(row.amount_fen)}</span>
            <Rate rate={row.rate} />
          </li>
        ))}
      </ul>
    </Section>
  )
}

function LastYear({ figures }: { figures: Figures }) {
  const t = useText()
  const { last_year_fen: before, amount_fen: now } = figures
  if (!before) return null
  const change = `${now >= before ? '+' : ''}${formatPercent(now / before - 1)}`
  return (
    <span className="qc-muted qc-num">
      {t('flows.home_last_year', { amount: formatMoney(before), change })}
    </span>
  )
}

function Rate({ rate }: { rate: string | null }) {
  const t = useText()
  if (rate === null) return <span className="qc-muted">—</span>
  const value = Number(rate)
  const word = value >= 1 ? 'reached' : value >= 0.8 ? 'near' : 'behind'
  return (
    <StateTag tone={word === 'reached' ? 'good' : word === 'near' ? 'active' : 'warn'}>
      {formatPercent(rate)} {t(`flows.rate_${word}`)}
    </StateTag>
  )
}
