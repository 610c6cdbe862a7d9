import { expect, test } from 'vitest'
import { fitLogistic, fitRank } from './fitting.ts'

/** Repeatable numbers in 0..1. */
function numbers(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}

test('a logistic regression finds the weights its labels were made with', () => {
  const next = numbers(7)
  const rows = Array.from({ length: 6000 }, () => Float64Array.of(next(), next() * 4))
  const labels = rows.map((r) => next() < 1 / (1 + Math.exp(-(1 + 3 * (r[0] ?? 0) - 2 * (r[1] ?? 0)))))
  const [bias, a, b] = fitLogistic(rows, labels, 2)
  expect(bias).toBeCloseTo(1, 0)
  expect(a).toBeCloseTo(3, 0)
  expect(b).toBeCloseTo(-2, 0)
})

test('ranking weights put the true candidate first', () => {
  const next = numbers(3)
  const groups = Array.from({ length: 400 }, () => {
    const candidates = Array.from({ length: 5 }, () => Float64Array.of(next(), next()))
    const worth = candidates.map((c) => 2 * (c[0] ?? 0) - (c[1] ?? 0))
    return { candidates, right: worth.indexOf(Math.max(...worth)) }
  })
  const w = fitRank(groups, 2, 300)
  expect((w[0] ?? 0) / (w[1] ?? 1)).toBeCloseTo(-2, 0)
})
