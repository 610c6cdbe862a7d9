import type { ReactNode } from 'react'
import { useText } from '#ui/i18n.ts'
import { ErrorState } from '#ui/layout/error-state.tsx'
import { Section } from '#ui/layout/section.tsx'
import { Skeleton } from '#ui/layout/skeleton.tsx'
import { LinkTo } from '#ui/link-to.tsx'
import { usePermission } from '#ui/session.ts'
import { formatCount, formatMoney, formatPercent } from '#ui/show/format.ts'
import { useRead } from '#ui/use-list.ts'
import type { LockOutlook } from '../../shapes.ts'
import { LockMatters } from './lock-matters.tsx'

type Attainment = { total: { target_fen: number | null } }

/** "If we locked now": what would count, what would stay out, who is missing, what hangs on it. */
export function LockNow({ month }: { month: string }) {
  const t = useText()
  const read = useRead<LockOutlook>(`/api/flow-months/${month}/outlook`)
  const mayTargets = usePermission('targets.read')
  const attainment = useRead<Attainment>(mayTargets ? '/api/attainment' : null, undefined, {
    from: month,
    to: month,
    by: 'month',
  })
  const outlook = read.data
  const target = attainment.data?.total.target_fen
  return (
    <Section title={t('flows.lock_now')}>
      <p className="qc-muted">{t('flows.lock_now_text')}</p>
      {read.isPending && <Skeleton lines={5} />}
      {read.isError && !outlook && (
        <ErrorState error={read.error} onRetry={() => void read.refetch()} small />
      )}
      {outlook && (
        <dl className="qf-lock">
          <Counted outlook={outlook} month={month} />
          {target ? <Points outlook={outlook} target={target} month={month} /> : null}
          <Missing outlook={outlook} month={month} />
        </dl>
      )}
      <LockMatters month={month} />
    </Section>
  )
}

type FigureProps = { label: string; to?: string; value: string; tone?: 'warn'; children?: ReactNode }

function Figure({ label, to, value, tone, children }: FigureProps) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>
        <strong className={tone ? `qc-num qc-${tone}` : 'qc-num'}>
          {to ? <LinkTo to={to}>{value}</LinkTo> : value}
        </strong>
        {children && <div className="qc-muted">{children}</div>}
      </dd>
    </div>
  )
}

function Counted({ outlook, month }: { outlook: LockOutlook; month: string }) {
  const t = useText()
  const { counted, owned, waiting, left_out, before } = outlook
  const lines = ({ line_count }: { line_count: number }) =>
    t('flows.lines_n', { number: formatCount(line_count), count: line_count })
  const at = `/flows/lines?month=${month}&state=`
  const unowned = counted.amount_fen - owned.amount_fen
  return (
    <>
      <Figure label={t('flows.lock_counts')} to={`${at}posted`} value={formatMoney(counted.amount_fen)}>
        {lines(counted)}
        {before && before.amount_fen > 0 && (
          <>
            {' · '}
            {t('flows.lock_against', {
              month: before.month,
              amount: formatMoney(before.amount_fen),
              change: signed(formatPercent(counted.amount_fen / before.amount_fen - 1)),
            })}
          </>
        )}
        {unowned !== 0 && (
          <div>
            <LinkTo to={`${at}posted&owned=no`}>
              {t('flows.lock_unowned', { amount: formatMoney(unowned) })}
            </LinkTo>
          </div>
        )}
      </Figure>
      <Figure
        label={t('flows.lock_waits')}
        to={`${at}waiting`}
        value={formatMoney(waiting.amount_fen)}
        tone={waiting.line_count > 0 ? 'warn' : undefined}
      >
        {lines(waiting)}
      </Figure>
      <Figure label={t('flows.lock_left_out')} to={`${at}excluded`} value={formatMoney(left_out.amount_fen)}>
        {lines(left_out)}
      </Figure>
    </>
  )
}

const signed = (percent: string) => (percent.startsWith('-') ? percent : `+${percent}`)

/** Attainment as the lock would have it, and how far it could still rise. */
function Points({ outlook, target, month }: { outlook: LockOutlook; target: number; month: string }) {
  const t = useText()
  const { owned, waiting } = outlook
  const points = (waiting.amount_fen / target) * 100
  return (
    <Figure
      label={t('flows.lock_attainment')}
      to={`/flows/lines?month=${month}&state=posted&owned=yes`}
      value={formatPercent(owned.amount_fen / target)}
    >
      {t('flows.lock_attainment_of', { target: formatMoney(target) })}
      {' · '}
      {points >= 0.05 ? t('flows.lock_points', { points: points.toFixed(1) }) : t('flows.lock_no_points')}
    </Figure>
  )
}

function Missing({ outlook, month }: { outlook: LockOutlook; month: string }) {
  const t = useText()
  const { missing, before } = outlook
  return (
    <Figure
      label={t('flows.lock_missing')}
      to={missing.count > 0 ? `/flows/months/${month}#completeness` : undefined}
      value={t('flows.distributors_n', { number: formatCount(missing.count), count: missing.count })}
      tone={missing.count > 0 ? 'warn' : undefined}
    >
      {before && missing.amount_fen > 0
        ? t('flows.lock_missing_amount', {
            amount: formatMoney(missing.amount_fen),
            month: before.month,
          })
        : null}
    </Figure>
  )
}
