import { featureAt, pairCount, pairFeatures } from './features.ts'
import type { Query } from './query.ts'
import { divisions } from './text/divisions.ts'

/** What is measured on a text alone. */
export const textFeatures = [
  'no_division',
  'text_weight',
  'core_elsewhere',
  'core_local',
  'text_length',
  'text_core_length',
  'text_kind',
  'said_level',
  'said_full',
  'noise',
  'no_province',
] as const

/** What is measured on a candidate beside its rivals. */
export const rivalFeatures = [
  'place_in_order',
  'lead',
  'near_rivals',
  'rivals',
  'rival_unmatched_share',
  'rival_edits',
  'rival_same_text',
  'rival_same_key',
  'rival_division_agrees',
  'rival_same_province',
  'rival_ordinal_conflict',
  'rival_is_alias',
] as const

export const textCount = textFeatures.length
export const rivalCount = rivalFeatures.length
/** Features of a candidate in all: its pair, its text, its rivals. */
export const candidateCount = pairCount + textCount + rivalCount
const names: readonly string[] = [...pairFeatures, ...textFeatures, ...rivalFeatures]

/** What is not 0 of a candidate's features, by name, to three digits. */
export function namedFeatures(measured: Float64Array): Record<string, number> {
  const out: Record<string, number> = {}
  for (let i = 0; i < candidateCount; i++)
    if (measured[i] !== 0) out[names[i] as string] = Math.round((measured[i] as number) * 1000) / 1000
  return out
}

/** Writes the features of the text into `out` from `slot`. */
export function measureText(q: Query, out: Float64Array, slot: number): void {
  const { mentions, text } = q.parsed
  const last = mentions[mentions.length - 1]
  let level = 0
  if (last !== undefined)
    for (let i = 0; i < last.units.length; i++)
      level = Math.max(level, divisions.level[last.units[i] as number] as number)
  out[slot] = mentions.length === 0 ? 1 : 0
  out[slot + 1] = Math.min(4, q.textWeight)
  out[slot + 2] = Math.log1p(q.coreElsewhere)
  out[slot + 3] = Math.log1p(q.coreLocal)
  out[slot + 4] = Math.min(20, text.length)
  out[slot + 5] = Math.min(12, text.length - q.coreFrom)
  out[slot + 6] = q.parts.kind
  out[slot + 7] = level
  out[slot + 8] = last?.full ? 1 : 0
  out[slot + 9] = Math.min(8, q.parsed.noise)
  out[slot + 10] = q.province < 0 ? 1 : 0
}

const copied = [
  featureAt.unmatched_share,
  featureAt.edits,
  featureAt.same_text,
  featureAt.same_key,
  featureAt.division_agrees,
  featureAt.same_province,
  featureAt.ordinal_conflict,
  featureAt.is_alias,
]

/**
 * Writes the features of the candidate at `place` beside its rivals. `slots`: where the pair features of each candidate
 * begin in `pairs`; `ranks`: their ranks; both best first.
 */
export function measureRivals(
  place: number,
  ranks: ArrayLike<number>,
  slots: ArrayLike<number>,
  count: number,
  pairs: ArrayLike<number>,
  out: Float64Array,
  slot: number,
): void {
  const own = ranks[place] as number
  let near = 0
  for (let i = 0; i < count; i++) if (i !== place && (ranks[i] as number) > own - 0.7) near++
  const rival = place === 0 ? 1 : 0
  const has = rival < count
  out[slot] = place
  out[slot + 1] = has ? Math.max(-6, Math.min(6, own - (ranks[rival] as number))) : 6
  out[slot + 2] = Math.min(4, near)
  out[slot + 3] = Math.min(8, count - 1)
  const at = slots[rival] as number
  for (let k = 0; k < copied.length; k++)
    out[slot + 4 + k] = has ? (pairs[at + (copied[k] as number)] as number) : -1
}
