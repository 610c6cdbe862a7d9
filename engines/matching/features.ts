import { align, emptyAlignment } from './alignment.ts'
import { divisions } from './divisions.ts'
import { isMaternalPair, kindDistance, type NameParts, unsaid } from './name-parts.ts'
import type { Query } from './query.ts'
import type { Segment } from './segment.ts'

/** What is measured on a pair (text, known name). Weights in weights.ts are kept by these names. */
export const pairFeatures = [
  'sound',
  'look',
  'changed',
  'missing',
  'missing_tail',
  'missing_division',
  'extra',
  'extra_division',
  'matched',
  'ordinal_conflict',
  'ordinal_one_sided',
  'branch_conflict',
  'branch_one_sided',
  'kind_conflict',
  'division_conflict',
  'division_conflict_short',
  'division_unknown',
  'same_province',
  'other_province',
  'division_agrees',
  'is_alias',
  'same_text',
  'kind_near',
  'plain_is_people',
  'narrower',
  'wider',
  'unmatched_share',
  'sound_count',
  'maternal_grade',
  'core_differs',
  'place_agrees',
  'place_conflicts',
  'trade_differs',
  'wider_common',
] as const

/** What is measured on the best pair beside its rivals. */
export const groupFeatures = [
  'margin',
  'near_rivals',
  'no_division',
  'text_weight',
  'core_elsewhere',
] as const

export type PairFeature = (typeof pairFeatures)[number]
export type GroupFeature = (typeof groupFeatures)[number]

export const pairCount = pairFeatures.length

/** Place of each pair feature in the vector. */
export const featureAt = Object.fromEntries(pairFeatures.map((name, i) => [name, i])) as Record<
  PairFeature,
  number
>

const agrees = 0
const unknown = 1
const conflicts = 2

/** Does a division the text names fit what is known of a surface? */
function fitOf(unit: number, segment: Segment, surface: number): number {
  const { province, city, county, nameUnit } = segment.surfaces
  const p = province[surface] as number
  const c = city[surface] as number
  const k = county[surface] as number
  const own = nameUnit[surface] as number
  if (unit === p || unit === c || unit === k || unit === own) return agrees
  const level = divisions.level[unit] as number
  if (own >= 0 && (divisions.province[own] === unit || divisions.city[own] === unit)) return agrees
  if (level === 1) return p < 0 ? unknown : conflicts
  if (p >= 0 && divisions.province[unit] !== p) return conflicts
  if (level === 2) return c < 0 ? unknown : conflicts
  if (c >= 0 && divisions.city[unit] !== c) return conflicts
  return k < 0 ? unknown : conflicts
}

const alignment = emptyAlignment()
const pair = new Float64Array(pairCount)

function fitOfAny(units: Int16Array, segment: Segment, surface: number): number {
  let best = conflicts
  for (const unit of units) best = Math.min(best, fitOf(unit, segment, surface))
  return best
}

function compareDivisions(q: Query, segment: Segment, surface: number): void {
  let agreed = 0
  for (const m of q.parsed.mentions) {
    const best = fitOfAny(m.units, segment, surface)
    if (best === agrees) {
      for (const unit of m.units) {
        if (fitOf(unit, segment, surface) === agrees)
          agreed = Math.max(agreed, divisions.level[unit] as number)
      }
    } else if (best === unknown) pair[featureAt.division_unknown] = 1
    else if (m.full) pair[featureAt.division_conflict] = 1
    else pair[featureAt.division_conflict_short] = 1
    // Division words that only repeat what is known cost next to nothing.
    for (let i = m.start; i < m.end; i++) {
      const base = q.baseWeights[i] as number
      q.text.weights[i] = best === agrees ? 0.03 : best === unknown ? base * 0.4 : base
    }
  }
  pair[featureAt.division_agrees] = agreed / 3
  if (q.place.length > 0) {
    const fit = fitOfAny(q.place, segment, surface)
    if (fit === agrees) pair[featureAt.place_agrees] = 1
    else if (fit === conflicts) pair[featureAt.place_conflicts] = 1
  }
}

/** A text that names a county does not mean the city's own institution, nor the other way round. */
function compareReach(q: Query, segment: Segment, surface: number): void {
  const { county, nameUnit } = segment.surfaces
  const own = nameUnit[surface] as number
  const ownLevel = own < 0 ? 0 : (divisions.level[own] as number)
  let level = 0
  for (const unit of q.parsed.mentions.at(-1)?.units ?? [])
    level = Math.max(level, divisions.level[unit] as number)
  if (level === 3 && ownLevel !== 3 && ownLevel > 0 && (county[surface] as number) < 0)
    pair[featureAt.narrower] = 1
  if (level > 0 && level < ownLevel) {
    // 苏州市儿童医院 is hardly 苏州市吴江区儿童医院; with a name of its own (振狮医院) it may be.
    const common = (segment.byCore.get(q.core)?.length ?? 0) > 1
    pair[common ? featureAt.wider_common : featureAt.wider] = 1
  }
}

function compareTexts(q: Query, segment: Segment, surface: number): void {
  const a = alignment
  align(q.text, segment.alignedForm(surface), a)
  pair[featureAt.sound] = a.sound
  pair[featureAt.look] = a.look
  pair[featureAt.changed] = a.changed
  pair[featureAt.missing] = a.missing
  pair[featureAt.missing_tail] = a.missingTail
  pair[featureAt.missing_division] = a.missingDivision
  pair[featureAt.extra] = a.extra
  pair[featureAt.extra_division] = a.extraDivision
  pair[featureAt.matched] = Math.min(4, a.matched)
  const doubt = a.sound * 0.5 + a.look * 0.5 + a.changed + a.missing + a.missingTail * 0.5 + a.extra
  pair[featureAt.unmatched_share] = doubt / (doubt + a.matched + 0.1)
  pair[featureAt.sound_count] = Math.min(3, a.soundCount)
  const text = segment.surfaces.texts[surface] as string
  const sameCore =
    q.core.length === text.length - (segment.surfaces.prefixEnd[surface] as number) && text.endsWith(q.core)
  if (!sameCore) pair[featureAt.core_differs] = 1
  if (text === q.parsed.text) pair[featureAt.same_text] = 1
}

function compareParts(q: NameParts, ordinals: string, branch: string, kind: number): void {
  if (q.ordinals !== ordinals) {
    const both = q.ordinals !== '' && ordinals !== ''
    pair[both ? featureAt.ordinal_conflict : featureAt.ordinal_one_sided] = 1
  }
  if (q.branch !== branch && q.branch !== unsaid && branch !== unsaid) {
    const both = q.branch !== '' && branch !== ''
    pair[both ? featureAt.branch_conflict : featureAt.branch_one_sided] = 1
  }
  const distance = kindDistance(q.kind, kind)
  if (distance === 2) pair[featureAt.kind_conflict] = 1
  else if (distance === 1)
    pair[isMaternalPair(q.kind, kind) ? featureAt.maternal_grade : featureAt.kind_near] = 1
}

/** Writes the pair features of (q, surface) into `out` from `at`. */
export function measurePair(
  q: Query,
  segment: Segment,
  surface: number,
  out: Float64Array,
  at: number,
): void {
  const s = segment.surfaces
  pair.fill(0)
  compareDivisions(q, segment, surface)
  compareReach(q, segment, surface)
  compareTexts(q, segment, surface)
  const kind = s.kind[surface] as number
  compareParts(q.parts, s.ordinals[surface] as string, s.branch[surface] as string, kind)
  if (q.parts.trades !== s.trades[surface]) pair[featureAt.trade_differs] = 1
  if (q.plain && kind === 2) pair[featureAt.plain_is_people] = 1
  const p = s.province[surface] as number
  if (p >= 0) {
    // Without a province to go by, every province is as likely.
    pair[featureAt.same_province] = q.province < 0 ? 0.5 : p === q.province ? 1 : 0
    pair[featureAt.other_province] = 1 - (pair[featureAt.same_province] as number)
  }
  pair[featureAt.is_alias] = s.isAlias[surface] as number
  out.set(pair, at)
}
