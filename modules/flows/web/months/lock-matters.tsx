import { useText } from '#ui/i18n.ts'
import { LinkTo } from '#ui/link-to.tsx'
import { usePermission } from '#ui/session.ts'
import { formatCount, formatMoney } from '#ui/show/format.ts'
import { useList } from '#ui/use-list.ts'
import type { ReviewGroup } from '../../shapes.ts'

const MOST = 20

/** The twenty names that hold the most money; each opens where it is settled. */
export function LockMatters({ month }: { month: string }) {
  const t = useText()
  const may = usePermission('flows.review')
  const ask = (kind: string) => ({ kind, month, size: MOST })
  const path = may ? '/api/flow-reviews' : null
  const customers = useList<ReviewGroup>(path, undefined, ask('customer')).data?.rows
  const products = useList<ReviewGroup>(path, undefined, ask('product')).data?.rows
  if (!customers || !products) return null
  const rows = [...customers, ...products].sort((a, b) => b.amount_fen - a.amount_fen).slice(0, MOST)
  if (rows.length === 0) return <p className="qc-good">{t('flows.lock_matters_none')}</p>
  return (
    <>
      <h3 className="qf-matters-title">{t('flows.lock_matters')}</h3>
      <p className="qc-muted">{t('flows.lock_matters_text')}</p>
      <ol className="qf-matters">
        {rows.map((group) => (
          <li key={`${group.kind} ${group.normal_text}`}>
            <LinkTo
              to={`/flows/review?kind=${group.kind}&month=${month}&q=${encodeURIComponent(group.raw_text)}`}
            >
              <span className="qc-cut" title={group.raw_text}>
                {[group.raw_text, group.raw_spec].filter(Boolean).join(' ')}
              </span>
              <span className="qc-num qc-muted">
                {t('flows.lines_n', { number: formatCount(group.line_count), count: group.line_count })}
              </span>
              <span className="qc-num">{formatMoney(group.amount_fen)}</span>
            </LinkTo>
          </li>
        ))}
      </ol>
    </>
  )
}
