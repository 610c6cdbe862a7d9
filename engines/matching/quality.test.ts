import { expect, test } from 'vitest'
import { estimateQuality, suggestThreshold } from './public.ts'
import type { SettledDecision } from './shapes.ts'

const settled = (month: string, score: number, right: boolean, auto = true): SettledDecision => ({
  month,
  decision: auto ? 'auto' : 'review',
  score,
  proposed_id: 'a',
  settled_id: right ? 'a' : null,
})

test('quality is told by month, oldest first, with bounds', () => {
  const rows = [
    ...Array.from({ length: 8 }, () => settled('2026-02', 0.9, true)),
    settled('2026-02', 0.9, false),
    settled('2026-02', 0.5, true, false),
    settled('2026-01', 0.5, true, false),
  ]
  const [january, february] = estimateQuality(rows)
  expect(january).toMatchObject({ month: '2026-01', decisions: 1, precision: null, recall: 0 })
  expect(february?.precision).toBeCloseTo(8 / 9)
  expect(february?.recall).toBeCloseTo(8 / 9)
  expect(february?.precision_low).toBeLessThan(8 / 9)
  expect(february?.precision_high).toBeGreaterThan(8 / 9)
})

test('a sampled decision counts for those it stands for', () => {
  const rows = [settled('2026-01', 0.9, true), { ...settled('2026-01', 0.9, false), weight: 3 }]
  expect(estimateQuality(rows)[0]?.precision).toBeCloseTo(0.25)
})

test('the threshold is the lowest score from which the precision held', () => {
  const rows = [
    ...Array.from({ length: 150 }, (_, i) => settled('2026-01', 0.95 - i / 10_000, true)),
    ...Array.from({ length: 20 }, () => settled('2026-01', 0.4, false)),
  ]
  const advice = suggestThreshold(rows, 0.99)
  expect(advice.threshold).toBeCloseTo(0.95 - 149 / 10_000)
  expect(advice.precision).toBe(1)
})

test('few decisions are no evidence', () => {
  const rows = Array.from({ length: 50 }, () => settled('2026-01', 0.9, true))
  expect(suggestThreshold(rows, 0.9).threshold).toBeNull()
})
