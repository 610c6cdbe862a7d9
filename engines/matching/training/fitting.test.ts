import { expect, test } from 'vitest'
import { askForest, readForest, readyForest, writeForest } from '../trees.ts'
import { fitRank } from './fitting.ts'
import { fitForest, growth } from './tree-fitting.ts'

test('ranking weights put the true candidate first', () => {
  const groups = Array.from({ length: 40 }, (_, i) => ({
    candidates: [Float64Array.of(1, i % 3), Float64Array.of(0, (i + 1) % 3)],
    right: 0,
  }))
  const w = fitRank(groups, 2, 200)
  expect(w[0]).toBeGreaterThan(1)
})

const rows = Array.from({ length: 400 }, (_, i) => Float32Array.of(i % 20, Math.floor(i / 20)))
/** An answer that no sum of two answers gives: the first decides, but only where the second is high. */
const labels = rows.map((row) => ((row[0] as number) > 9 && (row[1] as number) > 5 ? 1 : 0))
const grown = fitForest(rows, labels, 2, { ...growth, trees: 60, rate: 0.2, rowShare: 1, columnShare: 1 })
const forest = readyForest(grown, 2)

test('trees learn what depends on two features together', () => {
  const wrong = rows.filter((row, i) => askForest(forest, row) > 0 !== (labels[i] === 1))
  expect(wrong.length).toBe(0)
})

test('a forest written and read again answers the same', () => {
  const again = readyForest(readForest(writeForest(grown)), 2)
  for (const row of rows) expect(askForest(again, row)).toBeCloseTo(askForest(forest, row), 2)
})
