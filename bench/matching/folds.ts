import { buildInstitutionIndex } from '#engines/matching/institution-index.ts'
import type { InstitutionEntry, InstitutionIndex } from '#engines/matching/public.ts'
import { growth } from '#engines/matching/training/tree-fitting.ts'
import { type Prediction, scoreAmbiguous, scoreRows, scoreUnseen } from './scores.ts'
import {
  fitModel,
  foldCount,
  foldOf,
  generatedCount,
  generateLessons,
  type Lesson,
  readLessons,
} from './training.ts'
import { readMaster, readTruth, readUnseen, type TruthRow } from './truth.ts'

/** What has to be reached out of fold, and which way. */
const bars: readonly (readonly [name: string, least: boolean, bar: number])[] = [
  ['F1', true, 0.982],
  ['auto precision', true, 0.99],
  ['coverage at 99 %', true, 0.97],
  ['coverage at 99.5 %', true, 0.952],
  ['false auto on NONE', false, 0.035],
  ['observed F1', true, 0.93],
  ['ambiguous handled', true, 0.985],
  ['unlisted names wrong', false, 0.08],
]

export function predict(
  index: InstitutionIndex,
  row: { raw: string; distributor_province: string },
): Prediction {
  const { best, decision } = index.match(row.raw, { province: row.distributor_province })
  return { id: best?.id ?? '', score: best?.score ?? 0, decision }
}

/** Predictions for every row by a model that was fitted on the other folds. */
export function predictOutOfFold(
  master: readonly InstitutionEntry[],
  rows: readonly TruthRow[],
  unseen: readonly { raw: string; distributor_province: string; true_id: string }[],
  tell: (text: string) => void,
): Map<object, Prediction> {
  const taught = rows.filter((row) => row.ambiguous !== '1')
  const lessons = readLessons(master, [...taught, ...unseen])
  const generated = generateLessons(master, generatedCount)
  const out = new Map<object, Prediction>()
  for (let fold = 0; fold < foldCount; fold++) {
    const started = performance.now()
    const model = fitModel(
      lessons.filter((lesson: Lesson) => lesson.fold !== fold),
      generated.filter((lesson: Lesson) => lesson.fold !== fold),
      growth,
    )
    const index = buildInstitutionIndex(master, { model })
    for (const row of [...rows, ...unseen]) if (foldOf(row) === fold) out.set(row, predict(index, row))
    tell(`fold ${fold + 1} of ${foldCount}: ${Math.round((performance.now() - started) / 1000)} s\n`)
  }
  return out
}

export function printFolds(folder: string): void {
  const rows = readTruth(folder)
  const unseen = readUnseen(folder)
  const predictions = predictOutOfFold(readMaster(folder), rows, unseen, (text) => process.stderr.write(text))
  const of = (row: object): Prediction => predictions.get(row) ?? { id: '', score: 0, decision: 'none' }
  const all = scoreRows(rows, of)
  const observed = scoreRows(
    rows.filter((row) => row.observed === '1'),
    of,
  )
  const values = [
    all.f1,
    all.precision,
    all.cov99,
    all.cov995,
    all.falseAuto,
    observed.f1,
    scoreAmbiguous(rows, of),
    scoreUnseen(unseen, of),
  ]
  process.stdout.write('out of fold, five folds by institution\n')
  bars.forEach(([name, least, bar], i) => {
    const value = values[i] as number
    const met = least ? value >= bar : value <= bar
    process.stdout.write(
      `${name.padEnd(24)}${value.toFixed(4)}  ${least ? '≥' : '≤'} ${bar}  ${met ? 'met' : 'NOT MET'}\n`,
    )
  })
  process.stdout.write(`${'recall / top-1'.padEnd(24)}${all.recall.toFixed(4)} / ${all.top1.toFixed(4)}\n`)
}
