import type { MonthQuality, SettledDecision, ThresholdAdvice } from './shapes.ts'

const weightOf = (d: SettledDecision) => d.weight ?? 1
const isRight = (d: SettledDecision) => d.proposed_id !== null && d.proposed_id === d.settled_id

/** Wilson's bounds of a share at 95 %. */
function bounds(share: number, n: number): [number, number] {
  const z = 1.96
  const middle = share + (z * z) / (2 * n)
  const reach = z * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n))
  const scale = 1 + (z * z) / n
  return [Math.max(0, (middle - reach) / scale), Math.min(1, (middle + reach) / scale)]
}

/**
 * Precision and recall of what was taken without asking, by month, oldest first. Where decisions stand for different numbers of
 * others, the bounds rest on the number of equal ones that would tell as much (Kish).
 */
export function estimateQuality(decisions: Iterable<SettledDecision>): MonthQuality[] {
  const months = new Map<
    string,
    { squares: number; autos: number; right: number; known: number; all: number }
  >()
  for (const d of decisions) {
    const m = months.get(d.month) ?? { squares: 0, autos: 0, right: 0, known: 0, all: 0 }
    months.set(d.month, m)
    const w = weightOf(d)
    m.all++
    if (d.settled_id !== null) m.known += w
    if (d.decision !== 'auto') continue
    m.squares += w * w
    m.autos += w
    if (isRight(d)) m.right += w
  }
  return [...months].sort().map(([month, m]) => {
    const precision = m.autos === 0 ? null : m.right / m.autos
    const [low, high] = precision === null ? [null, null] : bounds(precision, m.autos ** 2 / m.squares)
    const recall = m.known === 0 ? null : m.right / m.known
    return { month, decisions: m.all, precision, recall, precision_low: low, precision_high: high }
  })
}

/** So many settled decisions a threshold must rest on. */
export const fewest = 100

/**
 * The lowest score from which `precision` (0 … 1) held among settled decisions, aliases left out by the caller. Fewer than 100
 * decisions above it do not count as evidence.
 */
export function suggestThreshold(decisions: Iterable<SettledDecision>, precision: number): ThresholdAdvice {
  const ranked = [...decisions].sort((a, b) => b.score - a.score)
  let known = 0
  for (const d of ranked) if (d.settled_id !== null) known += weightOf(d)
  const advice: ThresholdAdvice = { threshold: null, precision: null, recall: null, decisions: ranked.length }
  let taken = 0
  let right = 0
  ranked.forEach((d, i) => {
    if (d.proposed_id === null) return
    taken += weightOf(d)
    if (isRight(d)) right += weightOf(d)
    // Decisions of one score are taken together or not at all.
    if (ranked[i + 1]?.score === d.score || i + 1 < fewest || right / taken < precision) return
    advice.threshold = d.score
    advice.precision = right / taken
    advice.recall = known === 0 ? null : right / known
  })
  return advice
}
