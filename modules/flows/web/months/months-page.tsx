import { PlusOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useState } from 'react'
import { useText } from '#ui/i18n.ts'
import { EmptyState } from '#ui/layout/empty-state.tsx'
import { ErrorState } from '#ui/layout/error-state.tsx'
import { PageHeader } from '#ui/layout/page-header.tsx'
import { Skeleton } from '#ui/layout/skeleton.tsx'
import { LinkTo } from '#ui/link-to.tsx'
import { usePermission, useSession } from '#ui/session.ts'
import { DateText } from '#ui/show/figures.tsx'
import { formatCount, formatMoney } from '#ui/show/format.ts'
import type { MonthRow } from '../../shapes.ts'
import '../flows.css'
import './months.css'
import { MonthStateTag } from '../state-tags.tsx'
import { useMonths } from '../use-months.ts'
import { OpenMonthForm } from './open-month-form.tsx'
import { ShareBar } from './share-bar.tsx'

/** All months, newest first: where each stands and what it still waits for. */
export function MonthsPage() {
  const t = useText()
  const { months, isPending, isError, error, refetch } = useMonths()
  const mayOpen = usePermission('flows.close')
  const [opening, setOpening] = useState(false)
  const openButton = mayOpen && (
    <Button
      type={months.length === 0 ? 'primary' : 'default'}
      icon={<PlusOutlined />}
      onClick={() => setOpening(true)}
    >
      {t('flows.open_month')}
    </Button>
  )
  return (
    <>
      <PageHeader title={t('flows.months')} text={t('flows.months_text')} actions={openButton} />
      {isPending && <Skeleton lines={8} />}
      {isError && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!isPending && !isError && months.length === 0 && (
        <EmptyState title={t('flows.months_empty')} text={t('flows.months_empty_text')}>
          {openButton}
        </EmptyState>
      )}
      <ul className="qf-months">
        {months.map((month) => (
          <MonthCard key={month.month} month={month} />
        ))}
      </ul>
      <OpenMonthForm open={opening} onClose={() => setOpening(false)} newest={months[0]?.month} />
    </>
  )
}

function MonthCard({ month }: { month: MonthRow }) {
  const t = useText()
  const hasFiles = useSession().scope !== 'territory'
  return (
    <li className="qf-month">
      <div className="qf-month-name">
        <LinkTo to={`/flows/months/${month.month}`} className="qf-month-link">
          {month.month}
        </LinkTo>
        <MonthStateTag state={month.state} />
      </div>
      <div className="qc-muted">
        <DateText value={month.starts_on} /> – <DateText value={month.ends_on} />
      </div>
      <div className="qf-month-figures">
        {hasFiles && (
          <span className="qc-num">
            {t('flows.files_n', { number: formatCount(month.batch_count), count: month.batch_count })}
          </span>
        )}
        <span className="qc-num">
          {t('flows.lines_n', { number: formatCount(month.line_count), count: month.line_count })}
        </span>
        <strong className="qc-num">{formatMoney(month.amount_fen)}</strong>
      </div>
      <ShareBar month={month} />
      {month.waiting_count > 0 ? (
        <LinkTo to={`/flows/lines?month=${month.month}&state=waiting`} className="qc-num qf-month-waiting">
          {t('flows.waiting_n', { number: formatCount(month.waiting_count) })} ·{' '}
          {formatMoney(month.waiting_amount_fen)}
        </LinkTo>
      ) : (
        <span className="qc-muted qf-month-waiting">{t('flows.nothing_waits')}</span>
      )}
    </li>
  )
}
