import { LeftOutlined, RightOutlined } from '@ant-design/icons'
import { useText } from '#ui/i18n.ts'
import { ErrorState } from '#ui/layout/error-state.tsx'
import { PageHeader } from '#ui/layout/page-header.tsx'
import { Skeleton } from '#ui/layout/skeleton.tsx'
import { type StatTile, StatTiles } from '#ui/layout/stat-tiles.tsx'
import { LinkTo } from '#ui/link-to.tsx'
import { usePermission, useSession } from '#ui/session.ts'
import { formatCount, formatDate, formatMoney } from '#ui/show/format.ts'
import { useRead } from '#ui/use-list.ts'
import { useParams } from '#ui/use-url-state.ts'
import type { MonthPage as Month } from '../../shapes.ts'
import '../flows.css'
import './months.css'
import { MonthStateTag } from '../state-tags.tsx'
import { useMonths } from '../use-months.ts'
import { Completeness } from './completeness.tsx'
import { LockNow } from './lock-now.tsx'
import { MonthActs } from './month-acts.tsx'
import { MonthOutlook } from './month-outlook.tsx'
import { StationRail } from './station-rail.tsx'
import { VersionList } from './version-list.tsx'
import { WaitingReasons } from './waiting-reasons.tsx'

const moves = (page: Month | undefined) =>
  page !== undefined &&
  (page.state === 'locking' ||
    page.state === 'approving' ||
    page.blockers.some(({ code }) => code === 'jobs-running'))

/** Can we close, and if not, who must do what: one month from its first file to its release. */
export function MonthPage() {
  const t = useText()
  const { month = '' } = useParams()
  const whole = useSession().scope === 'company'
  const read = useRead<Month>(`/api/flow-months/${month}`)
  const page = read.data
  // Read again while something goes on by itself.
  useRead<Month>(`/api/flow-months/${month}`, undefined, undefined, {
    enabled: moves(page),
    refetchInterval: 4000,
  })
  return (
    <>
      <PageHeader
        title={t('flows.month_title', { month })}
        crumbs={[{ text: t('flows.months'), to: '/flows/months' }, { text: month }]}
        beside={page && <MonthStateTag state={page.state} />}
        text={page && <MonthDays page={page} />}
        actions={
          <>
            <Neighbours month={month} />
            {page && <MonthActs page={page} />}
          </>
        }
      />
      {read.isPending && <Skeleton lines={10} />}
      {read.isError && !page && <ErrorState error={read.error} onRetry={() => void read.refetch()} />}
      {page && (
        <>
          <StationRail page={page} />
          <MonthFigures page={page} />
          <div className="qf-board">
            <div>
              <MonthOutlook page={page} />
              {whole && <Completeness page={page} />}
            </div>
            <div>
              {whole && page.state === 'open' && <LockNow month={month} />}
              <WaitingReasons page={page} />
              <VersionList page={page} />
            </div>
          </div>
        </>
      )}
    </>
  )
}

/** From when to when, and until when files and the close are due by the company's calendar. */
function MonthDays({ page }: { page: Month }) {
  const t = useText()
  const mayCalendar = usePermission('masterdata.read')
  const due = t('flows.month_due', {
    files: formatDate(page.files_due_on),
    close: formatDate(page.close_due_on),
  })
  return (
    <>
      {t('flows.period', { from: formatDate(page.starts_on), to: formatDate(page.ends_on) })}
      {page.state === 'open' && (
        <>
          {' · '}
          {mayCalendar ? <LinkTo to={`/calendars?year=${page.month.slice(0, 4)}`}>{due}</LinkTo> : due}
        </>
      )}
    </>
  )
}

function MonthFigures({ page }: { page: Month }) {
  const t = useText()
  const lines = (count: number) => t('flows.lines_n', { number: formatCount(count), count })
  const at = (state: string) => `/flows/lines?month=${page.month}&state=${state}`
  const tiles: StatTile[] = [
    {
      key: 'amount',
      label: t('flows.amount_all'),
      value: formatMoney(page.amount_fen),
      hint: lines(page.line_count),
      to: `/flows/lines?month=${page.month}`,
    },
    { key: 'posted', label: t('flows.line_state.posted'), value: lines(page.posted_count), to: at('posted') },
    {
      key: 'waiting',
      label: t('flows.line_state.waiting'),
      value: formatMoney(page.waiting_amount_fen),
      hint: lines(page.waiting_count),
      to: at('waiting'),
      tone: page.waiting_count > 0 ? 'warn' : undefined,
    },
    {
      key: 'excluded',
      label: t('flows.line_state.excluded'),
      value: lines(page.excluded_count),
      to: at('excluded'),
    },
    {
      key: 'rejected',
      label: t('flows.line_state.rejected'),
      value: lines(page.rejected_count),
      to: at('rejected'),
      tone: page.rejected_count > 0 ? 'bad' : undefined,
    },
  ]
  return (
    <div className="qf-figures">
      <StatTiles tiles={tiles} />
    </div>
  )
}

/** The months before and after, one click away. */
function Neighbours({ month }: { month: string }) {
  const t = useText()
  const { months } = useMonths()
  const place = months.findIndex((row) => row.month === month)
  const before = months[place + 1]?.month
  const after = place > 0 ? months[place - 1]?.month : undefined
  if (place < 0) return null
  return (
    <nav className="qf-neighbours">
      {before && (
        <LinkTo to={`/flows/months/${before}`} label={t('flows.previous_month', { month: before })}>
          <LeftOutlined aria-hidden /> {before}
        </LinkTo>
      )}
      {after && (
        <LinkTo to={`/flows/months/${after}`} label={t('flows.next_month', { month: after })}>
          {after} <RightOutlined aria-hidden />
        </LinkTo>
      )}
    </nav>
  )
}
