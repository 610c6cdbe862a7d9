import { useText } from '#ui/i18n.ts'
import { Section } from '#ui/layout/section.tsx'
import { LinkTo } from '#ui/link-to.tsx'
import { formatCount, formatMoney } from '#ui/show/format.ts'
import type { MonthPage } from '../../shapes.ts'
import { useIssueText } from '../state-tags.tsx'

const hrefOf = (reason: string, month: string) =>
  reason === 'customer' || reason === 'product'
    ? `/flows/review?month=${month}&kind=${reason}`
    : `/flows/review?tab=issues&month=${month}&issue=${reason}`

/** What lines wait for, the most money first; each opens where it is settled. */
export function WaitingReasons({ page }: { page: MonthPage }) {
  const t = useText()
  const issueText = useIssueText()
  const reasons = [...page.waiting_reasons].sort((a, b) => Math.abs(b.amount_fen) - Math.abs(a.amount_fen))
  const most = Math.max(1, ...reasons.map(({ amount_fen }) => Math.abs(amount_fen)))
  return (
    <Section title={t('flows.reasons')}>
      {reasons.length === 0 && <p className="qc-muted">{t('flows.reasons_none')}</p>}
      {reasons.length > 0 && (
        <>
          <p className="qc-muted">{t('flows.reasons_text')}</p>
          <ul className="qf-reasons">
            {reasons.map(({ reason, line_count, amount_fen }) => (
              <li key={reason}>
                <LinkTo to={hrefOf(reason, page.month)}>
                  <span>{issueText(reason)}</span>
                  <span className="qc-num">{formatMoney(amount_fen)}</span>
                  <span className="qf-reason-bar" aria-hidden>
                    <span style={{ width: `${(Math.abs(amount_fen) / most) * 100}%` }} />
                  </span>
                  <span className="qc-num qc-muted">
                    {t('flows.lines_n', { number: formatCount(line_count), count: line_count })}
                  </span>
                </LinkTo>
              </li>
            ))}
          </ul>
        </>
      )}
    </Section>
  )
}
