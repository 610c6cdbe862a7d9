import { useText } from '#ui/i18n.ts'
import { formatCount } from '#ui/show/format.ts'
import type { MonthRow } from '../../shapes.ts'

type Counts = Pick<
  MonthRow,
  'line_count' | 'posted_count' | 'waiting_count' | 'excluded_count' | 'rejected_count'
>

/** How the lines of a month or file are divided among their states; the words stand in its label and on hover. */
export function ShareBar({ month }: { month: Counts }) {
  const t = useText()
  const words = t('flows.share', {
    posted: formatCount(month.posted_count),
    waiting: formatCount(month.waiting_count),
    excluded: formatCount(month.excluded_count),
    rejected: formatCount(month.rejected_count),
  })
  const part = (count: number) => ({ flexGrow: count, minWidth: count > 0 ? 3 : 0 })
  return (
    <div className="qf-share" role="img" aria-label={words} title={words}>
      <span className="qf-share-posted" style={part(month.posted_count)} />
      <span className="qf-share-waiting" style={part(month.waiting_count)} />
      <span className="qf-share-excluded" style={part(month.excluded_count + month.rejected_count)} />
    </div>
  )
}
