import { QuestionCircleOutlined } from '@ant-design/icons'
import { Button, Popover } from 'antd'
import type { ReactNode } from 'react'
import { useText } from '../i18n.ts'
import { LinkTo } from '../link-to.tsx'
import { type Day, formatMoment, formatPercent } from './format.ts'

export type Reason = {
  text: ReactNode
  /** Speaks for or against the decision; left out when it is only a fact. */
  speaks?: 'for' | 'against'
  /** How much it weighed, 0–1. */
  weight?: number
  evidence?: { text: string; to: string }
}

export type Decision = {
  /** What was decided, in words. */
  title: ReactNode
  /** 0–1. */
  confidence?: number
  reasons: readonly Reason[]
  /** The rule or alias that decided, and who confirmed it when. */
  rule?: { text: string; to?: string; by?: string; at?: Day }
  /** What would change it. */
  changes?: readonly string[]
}

/** The reasons of a decision of the system, laid out the same everywhere. */
export function WhyPanel({ decision }: { decision: Decision }) {
  const t = useText()
  const { rule } = decision
  return (
    <div className="qc-why">
      <p className="qc-why-title">
        <strong>{decision.title}</strong>
        {decision.confidence !== undefined && (
          <span className="qc-num">
            {t('ui.confidence', { percent: formatPercent(decision.confidence) })}
          </span>
        )}
      </p>
      <ul>
        {decision.reasons.map((reason, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the reasons of one decision never change order
          <li key={place} className={reason.speaks ? `qc-why-${reason.speaks}` : undefined}>
            <span aria-hidden>{reason.speaks === 'for' ? '+' : reason.speaks === 'against' ? '−' : '·'}</span>
            <span>
              {reason.text}
              {reason.evidence && (
                <>
                  {' '}
                  <LinkTo to={reason.evidence.to}>{reason.evidence.text}</LinkTo>
                </>
              )}
            </span>
            {reason.weight !== undefined && (
              <span className="qc-num qc-muted">{formatPercent(reason.weight, 0)}</span>
            )}
          </li>
        ))}
      </ul>
      {rule && (
        <p className="qc-muted">
          {t('ui.why_rule')} {rule.to ? <LinkTo to={rule.to}>{rule.text}</LinkTo> : rule.text}
          {rule.by && ` · ${rule.by}`}
          {rule.at && ` · ${formatMoment(rule.at)}`}
        </p>
      )}
      {decision.changes && decision.changes.length > 0 && (
        <>
          <p className="qc-muted">{t('ui.why_changes')}</p>
          <ul>
            {decision.changes.map((change) => (
              <li key={change}>
                <span aria-hidden>→</span>
                <span>{change}</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  )
}

/** The button 为什么 and its panel; `onOpen` is called when the panel opens, for reasons that are not yet here. */
export function Why({
  decision,
  onOpen,
  label,
}: {
  decision: Decision | undefined
  onOpen?: () => void
  label?: string
}) {
  const t = useText()
  return (
    <Popover
      trigger="click"
      placement="bottomRight"
      onOpenChange={(open) => open && onOpen?.()}
      content={decision ? <WhyPanel decision={decision} /> : t('ui.loading')}
    >
      <Button type="text" size="small" icon={<QuestionCircleOutlined />}>
        {label ?? t('ui.why')}
      </Button>
    </Popover>
  )
}
