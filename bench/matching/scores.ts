import type { MatchResult } from '#engines/matching/public.ts'
import type { TruthRow, UnseenRow } from './truth.ts'

export interface Prediction {
  id: string
  score: number
  decision: MatchResult['decision']
}

export interface Figures {
  rows: number
  precision: number
  recall: number
  f1: number
  top1: number
  /** Highest recall over all thresholds at which 99 % (99.5 %) of what is taken is right. */
  cov99: number
  cov995: number
  falseAuto: number
}

function coverage(rows: readonly TruthRow[], of: (row: TruthRow) => Prediction, goal: number): number {
  const known = rows.filter((row) => row.true_id !== 'NONE').length
  const taken = rows
    .map((row) => ({ p: of(row), row }))
    .filter(({ p }) => p.id !== '')
    .sort((a, b) => b.p.score - a.p.score)
  let right = 0
  let best = 0
  taken.forEach(({ p, row }, i) => {
    if (p.id === row.true_id) right++
    if (taken[i + 1]?.p.score === p.score) return
    if (i >= 99 && right / (i + 1) >= goal) best = Math.max(best, right / (known || 1))
  })
  return best
}

/** Rows that fit several institutions equally are left out; definitions as in the usage text. */
export function scoreRows(all: readonly TruthRow[], of: (row: TruthRow) => Prediction): Figures {
  const rows = all.filter((row) => row.ambiguous !== '1')
  let autos = 0
  let right = 0
  let known = 0
  let top = 0
  let falseAutos = 0
  for (const row of rows) {
    const p = of(row)
    const none = row.true_id === 'NONE'
    if (!none) known++
    if (!none && p.id === row.true_id) top++
    if (p.decision !== 'auto') continue
    autos++
    if (none) falseAutos++
    else if (p.id === row.true_id) right++
  }
  const precision = right / (autos || 1)
  const recall = right / (known || 1)
  return {
    rows: rows.length,
    precision,
    recall,
    f1: (2 * precision * recall) / (precision + recall || 1),
    top1: top / (known || 1),
    cov99: coverage(rows, of, 0.99),
    cov995: coverage(rows, of, 0.995),
    falseAuto: falseAutos / (rows.length - known || 1),
  }
}

/** Share of the ambiguous rows that were left to a person or taken for one that fits. */
export function scoreAmbiguous(all: readonly TruthRow[], of: (row: TruthRow) => Prediction): number {
  const rows = all.filter((row) => row.ambiguous === '1')
  const fine = rows.filter((row) => {
    const p = of(row)
    if (p.decision !== 'auto') return p.decision === 'review'
    return p.id === row.true_id || row.acceptable_ids.split('|').includes(p.id)
  })
  return fine.length / (rows.length || 1)
}

/** Share of unlisted names that were taken for an institution other than theirs. */
export function scoreUnseen(rows: readonly UnseenRow[], of: (row: UnseenRow) => Prediction): number {
  const owners = new Map<string, Set<string>>()
  for (const row of rows) owners.set(row.raw, (owners.get(row.raw) ?? new Set()).add(row.true_id))
  const wrong = rows.filter((row) => {
    const p = of(row)
    return p.decision === 'auto' && !owners.get(row.raw)?.has(p.id)
  })
  return wrong.length / (rows.length || 1)
}
