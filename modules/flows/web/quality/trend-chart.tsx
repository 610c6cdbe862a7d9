import { useText } from '#ui/i18n.ts'
import { formatPercent } from '#ui/show/format.ts'
import type { MonthOfQuality } from '../../quality/shapes.ts'

const WIDTH = 720
const HEIGHT = 190
const LEFT = 52
const RIGHT = 28
const TOP = 14
const BOTTOM = 28
/** Fewer known results than this are drawn hollow. */
const FEW = 30

/** Precision by month with its interval. The axis begins below the lowest bound: all that matters lies near 100 %. */
export function TrendChart({ months }: { months: readonly MonthOfQuality[] }) {
  const t = useText()
  const known = months.flatMap(({ month, precision, precision_low, precision_high, decisions }, place) =>
    precision === null
      ? []
      : [
          {
            month,
            precision,
            low: precision_low ?? precision,
            high: precision_high ?? precision,
            decisions,
            place,
          },
        ],
  )
  const lowest = Math.min(...known.map((one) => one.low))
  const floor = [0.99, 0.98, 0.95, 0.9, 0.8, 0.5].find((mark) => mark < lowest) ?? 0
  const x = (place: number) =>
    months.length === 1
      ? (LEFT + WIDTH - RIGHT) / 2
      : LEFT + (place / (months.length - 1)) * (WIDTH - LEFT - RIGHT)
  const y = (share: number) => TOP + ((1 - share) / (1 - floor)) * (HEIGHT - TOP - BOTTOM)
  const marks = [1, 1 - (1 - floor) / 2, floor]
  const words = known.map((one) => `${one.month} ${formatPercent(one.precision)}`).join('；')
  const line = known.map((one) => `${x(one.place)},${y(one.precision)}`).join(' ')
  const step = Math.ceil(months.length / 8)
  return (
    <svg
      className="qf-trend"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-label={t('flows.quality_trend_label', { months: words })}
    >
      {marks.map((mark) => (
        <g key={mark}>
          <line className="qf-trend-mark" x1={LEFT} x2={WIDTH - RIGHT} y1={y(mark)} y2={y(mark)} />
          <text className="qf-trend-text" x={LEFT - 8} y={y(mark) + 4} textAnchor="end">
            {formatPercent(mark, mark > 0.98 && mark < 1 ? 1 : 0)}
          </text>
        </g>
      ))}
      {months.map(({ month }, place) =>
        place % step === 0 ? (
          <text key={month} className="qf-trend-text" x={x(place)} y={HEIGHT - 8} textAnchor="middle">
            {month}
          </text>
        ) : null,
      )}
      {known.map((one) => (
        <rect
          key={one.month}
          className="qf-trend-band"
          x={x(one.place) - 7}
          width={14}
          y={y(one.high)}
          height={Math.max(2, y(one.low) - y(one.high))}
        />
      ))}
      <polyline className="qf-trend-line" points={line} />
      {known.map((one) => (
        <circle
          key={one.month}
          className={one.decisions < FEW ? 'qf-trend-dot qf-trend-few' : 'qf-trend-dot'}
          cx={x(one.place)}
          cy={y(one.precision)}
          r={4}
        >
          <title>
            {`${one.month} ${formatPercent(one.precision)} (${formatPercent(one.low)}–${formatPercent(one.high)}) · ${t(
              'flows.quality_rests',
              { number: one.decisions, count: one.decisions },
            )}`}
          </title>
        </circle>
      ))}
    </svg>
  )
}
