import { useText } from '#ui/i18n.ts'
import { Section } from '#ui/layout/section.tsx'
import { Skeleton } from '#ui/layout/skeleton.tsx'
import { LinkTo } from '#ui/link-to.tsx'
import { formatCount } from '#ui/show/format.ts'
import { useRead } from '#ui/use-list.ts'
import type { MonthPage } from '../../shapes.ts'
import { MonthOutlook } from '../months/month-outlook.tsx'
import { StationRail } from '../months/station-rail.tsx'
import { MonthStateTag } from '../state-tags.tsx'
import { useMonths } from '../use-months.ts'

/** The month that work goes on in, as the board shows it. */
export function MonthPanel() {
  const t = useText()
  const { current, isPending } = useMonths()
  const page = useRead<MonthPage>(current ? `/api/flow-months/${current.month}` : null).data
  if (isPending) return <Skeleton lines={4} />
  if (!current) return null
  return (
    <Section
      title={t('flows.home_month', { month: current.month })}
      beside={
        <>
          <MonthStateTag state={current.state} />
          <LinkTo to={`/flows/months/${current.month}`}>{t('flows.home_see_board')}</LinkTo>
        </>
      }
    >
      {!page && <Skeleton lines={4} />}
      {page && (
        <>
          <StationRail page={page} />
          <MonthOutlook page={page} />
          {page.state === 'open' && page.missing.length > 0 && (
            <p>
              <LinkTo to={`/flows/months/${page.month}`} className="qc-warn">
                {t('flows.home_month_missing', {
                  number: formatCount(page.missing.length),
                  count: page.missing.length,
                })}
              </LinkTo>
            </p>
          )}
        </>
      )}
    </Section>
  )
}
