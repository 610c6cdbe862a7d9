import { useText } from '#ui/i18n.ts'
import { formatPercent } from '#ui/show/format.ts'
import { StateTag, type Tone } from '#ui/show/state-tag.tsx'

const NEAR = 0.8
const FULL = 1.25

type Standing = 'reached' | 'near' | 'behind'
const tones: Record<Standing, Tone> = { reached: 'good', near: 'active', behind: 'warn' }

const standingOf = (rate: number): Standing => (rate >= 1 ? 'reached' : rate >= NEAR ? 'near' : 'behind')

/** Reached, near or behind, as colour, word and shape. */
export function RateState({ rate }: { rate: string }) {
  const t = useText()
  const standing = standingOf(Number(rate))
  return <StateTag tone={tones[standing]}>{t(`targets.${standing}`)}</StateTag>
}

/** How much of a target is reached: number, word, shape, and a bar whose tick is 100 %. `rate` is decimal text. */
export function Rate({ rate }: { rate: string | null }) {
  const t = useText()
  if (rate === null) return <span className="qc-muted">{t('targets.no_target')}</span>
  const value = Number(rate)
  const standing = standingOf(value)
  return (
    <span className="qt-rate">
      <span className="qt-rate-figure qc-num">{formatPercent(rate)}</span>
      <span className={`qt-bar qt-bar-${standing}`} aria-hidden>
        <span style={{ width: `${(Math.max(0, Math.min(value, FULL)) / FULL) * 100}%` }} />
      </span>
      <RateState rate={rate} />
    </span>
  )
}

/** This year against last year's same months. */
export function Growth({ now, before }: { now: number; before: number | null }) {
  if (!before) return <span className="qc-muted">—</span>
  const ratio = now / before - 1
  const sign = ratio > 0 ? '+' : ''
  return (
    <span className={ratio < 0 ? 'qc-num qc-minus' : 'qc-num'}>
      {sign}
      {formatPercent(ratio)}
    </span>
  )
}
