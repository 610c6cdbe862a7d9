import { useText } from '#ui/i18n.ts'
import { LinkTo } from '#ui/link-to.tsx'
import { useSession } from '#ui/session.ts'
import { formatCount, formatMoment } from '#ui/show/format.ts'
import { StateTag } from '#ui/show/state-tag.tsx'
import { useRead } from '#ui/use-list.ts'
import type { MonthPage } from '../../shapes.ts'
import { OwnOutlook } from './own-outlook.tsx'

const doAt: Record<string, (month: string) => string> = {
  'jobs-running': (month) => `/flows/batches?month=${month}`,
  'mapping-open': (month) => `/flows/batches?month=${month}&state=mapping`,
  'lines-waiting': (month) => `/flows/review?month=${month}`,
  'no-lines': (month) => `/flows/upload?month=${month}`,
}

/** The answer to "can we close, and if not, who must do what". */
export function MonthOutlook({ page }: { page: MonthPage }) {
  const t = useText()
  const whole = useSession().scope === 'company'
  if (page.state === 'approving') return <Approving page={page} />
  if (page.state === 'locking')
    return (
      <div className="qf-outlook qf-outlook-active">
        <StateTag tone="active">{t('flows.month_state.locking')}</StateTag>
        <p>{t('flows.locking_text')}</p>
      </div>
    )
  if (page.state === 'locked')
    return (
      <div className="qf-outlook qf-outlook-good">
        <StateTag tone="good">{t('flows.locked_title')}</StateTag>
        <p>{t('flows.locked_text', { version: page.version_no })}</p>
      </div>
    )
  if (page.state === 'released')
    return (
      <div className="qf-outlook qf-outlook-good">
        <StateTag tone="good">{t('flows.released_title')}</StateTag>
        <p>{t('flows.released_text', { at: formatMoment(page.released_at) })}</p>
        <LinkTo to={`/attainment?from=${page.month}&to=${page.month}`}>{t('flows.see_attainment')}</LinkTo>
      </div>
    )
  if (!whole) return <OwnOutlook page={page} />
  if (page.blockers.length === 0)
    return (
      <div className="qf-outlook qf-outlook-good">
        <StateTag tone="good">{t('flows.can_close')}</StateTag>
        <p>{t('flows.can_close_text')}</p>
      </div>
    )
  return (
    <div className="qf-outlook qf-outlook-warn">
      <StateTag tone="warn">{t('flows.cannot_close')}</StateTag>
      <ul className="qf-blockers">
        {page.blockers.map(({ code, count }) => (
          <li key={code}>
            <div>
              <strong>
                {t(`flows.blocker.${code}`, { number: formatCount(count), count, defaultValue: code })}
              </strong>
              <div className="qc-muted">{t(`flows.blocker.${code}.do`, { defaultValue: '' })}</div>
            </div>
            <LinkTo to={doAt[code]?.(page.month) ?? `/flows/lines?month=${page.month}`}>
              {t(code === 'jobs-running' ? 'flows.blocker.watch' : 'flows.blocker.go')}
            </LinkTo>
          </li>
        ))}
      </ul>
    </div>
  )
}

type Approval = {
  steps: { name: string; role: string }[]
  step_no: number
  requested_by_name: string | null
  requested_at: string
  waiting_for?: { id: string; name: string }[]
}

function Approving({ page }: { page: MonthPage }) {
  const t = useText()
  const approval = useRead<Approval>(page.approval_id ? `/api/approvals/${page.approval_id}` : null).data
  const step = approval?.steps[approval.step_no]
  const people = approval?.waiting_for?.map(({ name }) => name).join('、')
  return (
    <div className="qf-outlook qf-outlook-warn">
      <StateTag tone="warn">
        {approval
          ? t('flows.approval_waits', { who: people || step?.name || '—' })
          : t('flows.month_state.approving')}
      </StateTag>
      {approval && (
        <p>
          {step && t('flows.approval_step', { step: approval.step_no + 1, name: step.name })}
          {' · '}
          <span className="qc-muted">
            {t('flows.approval_asked_by', {
              name: approval.requested_by_name ?? '—',
              at: formatMoment(approval.requested_at),
            })}
          </span>
        </p>
      )}
      {page.approval_id && (
        <LinkTo to={`/approvals?box=all&open=${page.approval_id}`}>{t('flows.approval_see')}</LinkTo>
      )}
    </div>
  )
}
