import { candidateCount, measureRivals, textCount } from '#engines/matching/context.ts'
import { pairCount } from '#engines/matching/features.ts'
import { buildInstitutionIndex, type Observation } from '#engines/matching/institution-index.ts'
import type { InstitutionEntry } from '#engines/matching/public.ts'
import { fitRank } from '#engines/matching/training/fitting.ts'
import { fitForest, type Growth } from '#engines/matching/training/tree-fitting.ts'
import { type Forest, readyForest } from '#engines/matching/trees.ts'
import { type Model, shippedModel, weighedMax } from '#engines/matching/weights.ts'
import { sellerProvince, sequence, writeBadly } from './noise.ts'

/** A labelled text for training; the fold is a matter of its institution, so that no institution lies in two. */
export interface Lesson {
  fold: number
  trueId: string
  text: Float32Array
  /** One an institution. */
  candidates: { id: string; pair: Float32Array }[]
}

export const foldCount = 5
export const generatedCount = 30_000
const generatedWeight = 0.4

/** Rows of one institution fall into one fold; those without one, by their text. */
export function foldOf(row: { true_id: string; raw: string }): number {
  const key = row.true_id === 'NONE' ? row.raw : row.true_id
  let h = 7
  for (let i = 0; i < key.length; i++) h = (Math.imul(h, 31) + key.charCodeAt(i)) >>> 0
  return ((Math.imul(h, 0x9e3779b1) >>> 8) % 1000) % foldCount
}

interface LabelledText {
  raw: string
  distributor_province: string
  true_id: string
  address?: string
}

function rankOf(pair: Float32Array, weights: Float64Array): number {
  let rank = 0
  for (let k = 0; k < pairCount; k++) rank += (weights[k] as number) * (pair[k] as number)
  return rank
}

/** What the engine finds and measures for each text. */
export function readLessons(master: readonly InstitutionEntry[], rows: readonly LabelledText[]): Lesson[] {
  let seen: Observation | null = null
  const index = buildInstitutionIndex(master, {
    observe: (observation) => {
      seen = observation
    },
  })
  return rows.map((row) => {
    seen = null
    index.match(row.raw, { province: row.distributor_province, address: row.address ?? '' })
    const found = seen as Observation | null
    const candidates: Lesson['candidates'] = []
    for (const c of found?.candidates ?? []) if (!candidates.some((k) => k.id === c.id)) candidates.push(c)
    return {
      fold: foldOf(row),
      trueId: row.true_id,
      text: found?.text ?? new Float32Array(textCount),
      candidates,
    }
  })
}

/**
 * Generated texts: names of the master written badly. A tenth of the institutions is taken out of the master first; their
 * names teach what a text looks like whose institution is not there.
 */
export function generateLessons(master: readonly InstitutionEntry[], count: number): Lesson[] {
  const random = sequence(41)
  const kept: InstitutionEntry[] = []
  const withheld: InstitutionEntry[] = []
  for (const entry of master) (random() < 0.08 ? withheld : kept).push(entry)
  const rows: (LabelledText & { fold: number })[] = []
  for (let i = 0; i < count; i++) {
    const known = random() < 0.86
    const list = known ? kept : withheld
    const entry = list[Math.floor(random() * list.length)] as InstitutionEntry
    const id = entry.id
    rows.push({
      raw: writeBadly(entry, random),
      // Some files tell no province, some have an address column.
      distributor_province: random() < 0.12 ? '' : sellerProvince(entry, random),
      address: entry.city !== null && random() < 0.1 ? addressOf(entry) : '',
      true_id: id,
      fold: foldOf({ true_id: id, raw: '' }),
    })
  }
  return readLessons(kept, rows).filter(isClear)
}

const addressOf = (e: InstitutionEntry) => `${e.province ?? ''}${e.city ?? ''}${e.county ?? ''}人民路12号`

/** A text that fits two institutions letter for letter teaches nothing. */
function isClear(lesson: Lesson): boolean {
  const [first, second] = lesson.candidates
  if (first === undefined || second === undefined) return true
  return first.pair.some((v, k) => Math.abs(v - (second.pair[k] as number)) > 0.01)
}

/** A third of the texts and the foremost candidates are enough for a linear rank that starts from the shipped one. */
function fitRanking(lessons: readonly Lesson[]): Float64Array {
  const groups = lessons
    .filter((_, i) => i % 3 === 0)
    .map((lesson) => ({
      candidates: lesson.candidates.slice(0, 8).map((c) => Float64Array.from(c.pair)),
      right: lesson.candidates.slice(0, 8).findIndex((c) => c.id === lesson.trueId),
    }))
  return fitRank(groups, pairCount, 150, shippedModel.rankWeights)
}

/** Features of the foremost candidates beside their rivals, as the engine weighs them. */
function weighedRows(lesson: Lesson, rankWeights: Float64Array) {
  const ranked = lesson.candidates
    .map((c) => ({ ...c, rank: rankOf(c.pair, rankWeights) }))
    .sort((a, b) => b.rank - a.rank)
  const ranks = ranked.map((c) => c.rank)
  const pairs = new Float32Array(ranked.length * pairCount)
  ranked.forEach((c, i) => {
    pairs.set(c.pair, i * pairCount)
  })
  const slots = ranked.map((_, i) => i * pairCount)
  const out = new Float64Array(candidateCount)
  return ranked.slice(0, weighedMax).map((c, i) => {
    out.set(c.pair)
    out.set(lesson.text, pairCount)
    measureRivals(i, ranks, slots, ranked.length, pairs, out, pairCount + textCount)
    return { x: Float32Array.from(out), right: c.id === lesson.trueId ? 1 : 0, place: i }
  })
}

/** `generated` lessons count less than labelled ones. */
export function fitModel(
  lessons: readonly Lesson[],
  generated: readonly Lesson[],
  growth?: Growth,
): Model & { grown: Forest } {
  const rankWeights = fitRanking([...lessons, ...generated])
  const rows = lessons.flatMap((lesson) => weighedRows(lesson, rankWeights))
  const labelled = rows.length
  for (const lesson of generated) rows.push(...weighedRows(lesson, rankWeights))
  const forest = fitForest(
    rows.map((r) => r.x),
    rows.map((r) => r.right),
    candidateCount,
    growth,
    rows.map((_, i) => (i < labelled ? 1 : generatedWeight)),
  )
  return { rankWeights, forest: readyForest(forest, candidateCount), grown: forest }
}
