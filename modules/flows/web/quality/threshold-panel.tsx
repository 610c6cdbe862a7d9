import { Button, InputNumber, Select } from 'antd'
import { useEffect, useState } from 'react'
import { useAct } from '#ui/act/use-act.tsx'
import { useConfirmImpact } from '#ui/act/use-confirm-impact.tsx'
import { api } from '#ui/api.ts'
import { useText } from '#ui/i18n.ts'
import { Section } from '#ui/layout/section.tsx'
import { usePermission } from '#ui/session.ts'
import { formatCount, formatMoney, formatPercent } from '#ui/show/format.ts'
import { useRead } from '#ui/use-list.ts'
import type { Advice, Quality, ThresholdImpact } from '../../quality/shapes.ts'
import { CHANGED, ThresholdHistory } from './threshold-history.tsx'

const WISHES = [0.98, 0.99, 0.995, 0.999]

/** The threshold that holds, the one that would give a wished precision, and what it would change. */
export function ThresholdPanel({ quality }: { quality: Quality }) {
  const t = useText()
  const mayTune = usePermission('flows.tune')
  const [wish, setWish] = useState(0.99)
  const [next, setNext] = useState<number | null>(null)
  const advice = useRead<Advice>('/api/flow-match-quality/advice', undefined, { precision: String(wish) })
  const asked = useSettled(next)
  const other = asked !== null && asked !== quality.threshold ? asked : null
  const impact = useRead<ThresholdImpact>(
    other === null ? null : '/api/flow-match-thresholds/impact',
    undefined,
    other === null ? undefined : { auto_from: String(other) },
  )
  const lines = useImpactLines(impact.data)
  const confirm = useConfirmImpact()
  const apply = useAct({
    run: (body: { auto_from: number; reason: string }) =>
      api.post<{ line_count: number }>('/api/flow-match-thresholds', body),
    refresh: CHANGED,
    done: ({ line_count }) =>
      t('flows.threshold_applied', { number: formatCount(line_count), count: line_count }),
    after: () => setNext(null),
  })
  const ask = async () => {
    if (other === null) return
    const answer = await confirm({
      title: t('flows.threshold_from_to', { previous: scoreText(quality.threshold), next: scoreText(other) }),
      impact: lines,
      confirmText: t('flows.threshold_apply'),
      reason: t('flows.threshold_reason'),
      undo: t('flows.threshold_undo_text'),
    })
    if (answer) apply.run({ auto_from: other, reason: answer.reason })
  }
  return (
    <Section title={t('flows.threshold')}>
      <p>
        <strong>{t('flows.threshold_now', { score: scoreText(quality.threshold) })}</strong>{' '}
        <span className="qc-muted">
          {quality.threshold !== quality.engine_threshold &&
            `${t('flows.threshold_engine', { score: scoreText(quality.engine_threshold) })} · `}
          {t('flows.threshold_text')}
        </span>
      </p>
      <div className="qf-threshold-row">
        <span>
          {t('flows.threshold_wish')}{' '}
          <Select
            aria-label={t('flows.threshold_wish')}
            value={wish}
            onChange={setWish}
            options={WISHES.map((value) => ({ value, label: formatPercent(value) }))}
          />
        </span>
        <AdviceText advice={advice.data} onUse={setNext} />
      </div>
      <div className="qf-threshold-row">
        <span>
          {t('flows.threshold_new')}{' '}
          <InputNumber
            aria-label={t('flows.threshold_new')}
            min={30}
            max={99.9}
            step={1}
            precision={1}
            suffix="%"
            value={next === null ? null : Math.round(next * 1000) / 10}
            placeholder={String(Math.round(quality.threshold * 1000) / 10)}
            onChange={(percent) => setNext(percent === null ? null : Math.round(percent * 10) / 1000)}
          />
        </span>
        {mayTune && (
          <Button
            type="primary"
            disabled={other === null || !impact.data || impact.isFetching}
            loading={apply.pending}
            onClick={() => void ask()}
          >
            {t('flows.threshold_apply')}
          </Button>
        )}
        {!mayTune && <span className="qc-muted">{t('flows.threshold_may_not')}</span>}
      </div>
      {other !== null && impact.data && (
        <div role="status">
          <ul className="qf-threshold-impact">
            {lines.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </div>
      )}
      <ThresholdHistory thresholds={quality.thresholds} />
    </Section>
  )
}

const scoreText = (score: number) => formatPercent(score)

function AdviceText({ advice, onUse }: { advice: Advice | undefined; onUse: (score: number) => void }) {
  const t = useText()
  if (!advice) return null
  const { threshold, precision, recall, decisions, decisions_min } = advice
  if (threshold === null)
    return (
      <span className="qc-muted">
        {decisions < decisions_min
          ? t('flows.threshold_too_few', {
              number: formatCount(decisions),
              count: decisions,
              least: decisions_min,
            })
          : t('flows.threshold_none')}
      </span>
    )
  return (
    <span>
      {t('flows.threshold_suggested', {
        score: scoreText(threshold),
        precision: formatPercent(precision),
        recall: formatPercent(recall),
      })}{' '}
      <Button size="small" onClick={() => onUse(threshold)}>
        {t('flows.threshold_use')}
      </Button>
    </span>
  )
}

function useImpactLines(impact: ThresholdImpact | undefined): string[] {
  const t = useText()
  if (!impact) return []
  const told = (key: string, moved: ThresholdImpact['to_auto'], errors: number) =>
    moved.name_count === 0
      ? []
      : [
          t(key, {
            names: formatCount(moved.name_count),
            lines: t('flows.lines_n', { number: formatCount(moved.line_count), count: moved.line_count }),
            amount: formatMoney(moved.amount_fen),
            errors: errors < 10 ? errors.toFixed(1) : formatCount(errors),
          }),
        ]
  const all = [
    ...told('flows.threshold_to_auto', impact.to_auto, impact.errors_added),
    ...told('flows.threshold_to_review', impact.to_review, impact.errors_avoided),
  ]
  return all.length > 0 ? all : [t('flows.threshold_no_change')]
}

/** What is being typed, once it rests. */
function useSettled<T>(value: T): T {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), 300)
    return () => clearTimeout(timer)
  }, [value])
  return settled
}
