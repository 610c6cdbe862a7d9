import { align, emptyAlignment, gapMark } from './alignment.ts'
import { pairFrequency } from './flat.ts'
import type { Query } from './query.ts'
import type { Segment } from './segment.ts'
import { divisions } from './text/divisions.ts'
import { isMaternalPair, kindDistance, unsaid } from './text/name-parts.ts'

/**
 * What is measured on a pair (text, known name), and its place in the vector. Weights and trees know them by these names. Written
 * out, because an object put together at run time is slow to read.
 */
export const featureAt = {
  sound: 0,
  near_sound: 1,
  look: 2,
  alike_count: 3,
  changed: 4,
  missing: 5,
  missing_tail: 6,
  missing_division: 7,
  extra: 8,
  extra_division: 9,
  matched: 10,
  edits: 11,
  heaviest_edit: 12,
  edit_common: 13,
  unmatched_share: 14,
  division_slips: 15,
  core_count: 16,
  ordinal_conflict: 17,
  ordinal_lacking: 18,
  ordinal_added: 19,
  branch_conflict: 20,
  branch_lacking: 21,
  branch_added: 22,
  kind_conflict: 23,
  kind_near: 24,
  maternal_grade: 25,
  trade_lacking: 26,
  trade_added: 27,
  plain_is_people: 28,
  division_conflict: 29,
  division_conflict_short: 30,
  division_unknown: 31,
  division_agrees: 32,
  same_province: 33,
  other_province: 34,
  narrower: 35,
  wider: 36,
  wider_common: 37,
  own_level: 38,
  place_agrees: 39,
  place_conflicts: 40,
  is_alias: 41,
  same_text: 42,
  same_key: 43,
  key_tail: 44,
  core_differs: 45,
  core_length: 46,
  name_kind: 47,
} as const

export type PairFeature = keyof typeof featureAt

export const pairFeatures = Object.keys(featureAt) as PairFeature[]
export const pairCount = pairFeatures.length

const at = featureAt
const agrees = 0
const unknown = 1
const conflicts = 2

/** Does a division the text names fit what is known of a surface? */
function fitOf(unit: number, segment: Segment, surface: number): number {
  const { province, city, county, nameUnit } = segment.flat
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
  for (let i = 0; i < units.length && best !== agrees; i++)
    best = Math.min(best, fitOf(units[i] as number, segment, surface))
  return best
}

function compareDivisions(q: Query, segment: Segment, surface: number): void {
  let agreed = 0
  for (const m of q.parsed.mentions) {
    const best = fitOfAny(m.units, segment, surface)
    if (best === agrees) {
      for (let i = 0; i < m.units.length; i++) {
        const unit = m.units[i] as number
        if (fitOf(unit, segment, surface) === agrees)
          agreed = Math.max(agreed, divisions.level[unit] as number)
      }
    } else if (best === unknown) pair[at.division_unknown] = 1
    else if (m.full) pair[at.division_conflict] = 1
    else pair[at.division_conflict_short] = 1
    // Division words that only repeat what is known cost next to nothing.
    for (let i = m.start; i < m.end; i++) {
      const base = q.baseWeights[i] as number
      q.text.weights[i] = best === agrees ? 0.03 : best === unknown ? base * 0.4 : base
    }
  }
  pair[at.division_agrees] = agreed / 3
  if (q.place.length > 0) {
    const fit = fitOfAny(q.place, segment, surface)
    if (fit === agrees) pair[at.place_agrees] = 1
    else if (fit === conflicts) pair[at.place_conflicts] = 1
  }
}

/** A text that names a county does not mean the city's own institution, nor the other way round. */
function compareReach(q: Query, segment: Segment, surface: number): void {
  const { county, nameUnit } = segment.flat
  const own = nameUnit[surface] as number
  const ownLevel = own < 0 ? 0 : (divisions.level[own] as number)
  pair[at.own_level] = ownLevel / 3
  const { mentions } = q.parsed
  const units = mentions.length === 0 ? undefined : mentions[mentions.length - 1]?.units
  if (units === undefined) return
  let level = 0
  for (let i = 0; i < units.length; i++)
    level = Math.max(level, divisions.level[units[i] as number] as number)
  if (level === 3 && ownLevel !== 3 && ownLevel > 0 && (county[surface] as number) < 0) pair[at.narrower] = 1
  if (level > 0 && level < ownLevel) {
    // 苏州市儿童医院 is hardly 苏州市吴江区儿童医院; with a name of its own (振狮医院) it may be.
    pair[q.coreElsewhere > 1 ? at.wider_common : at.wider] = 1
  }
}

/** Does the text make sense where it differs? 0 if some difference gives a pair of characters no name has: a slip, then. */
function commonness(q: Query, segment: Segment): number {
  const { codes, length } = q.text
  let common = 12
  for (let i = 0; i < alignment.placeCount; i++) {
    const place = alignment.places[i] as number
    const gap = place >= gapMark
    const k = gap ? place - gapMark : place
    if (k > 0 && k < length)
      common = Math.min(common, pairFrequency(segment.flat, codes[k - 1] as number, codes[k] as number))
    if (!gap && k + 1 < length)
      common = Math.min(common, pairFrequency(segment.flat, codes[k] as number, codes[k + 1] as number))
  }
  return common
}

function compareTexts(q: Query, segment: Segment, surface: number): void {
  const a = alignment
  align(q.text, segment.alignedForm(surface), a)
  pair[at.sound] = a.sound
  pair[at.near_sound] = a.nearSound
  pair[at.look] = a.look
  pair[at.alike_count] = Math.min(3, a.alikeCount)
  pair[at.changed] = a.changed
  pair[at.missing] = a.missing
  pair[at.missing_tail] = a.missingTail
  pair[at.missing_division] = a.missingDivision
  pair[at.extra] = a.extra
  pair[at.extra_division] = a.extraDivision
  pair[at.matched] = Math.min(4, a.matched)
  pair[at.edits] = Math.min(6, a.edits)
  pair[at.heaviest_edit] = a.heaviest
  pair[at.division_slips] = Math.min(3, a.divisionSlips)
  if (a.placeCount > 0) pair[at.edit_common] = Math.log1p(commonness(q, segment))
  const alike = a.sound + a.nearSound + a.look
  const doubt = alike * 0.5 + a.changed + a.missing + a.missingTail * 0.5 + a.extra
  pair[at.unmatched_share] = doubt / (doubt + a.matched + 0.1)
}

/** Is the text, or its end, letter for letter the surface's? */
function compareIdentity(q: Query, segment: Segment, surface: number): void {
  const { flat } = segment
  const from = flat.textStart[surface] as number
  const length = flat.textLength[surface] as number
  pair[at.core_length] = Math.min(12, length - (flat.prefixEnd[surface] as number))
  pair[at.core_count] = Math.log(flat.coreCount[surface] as number)
  if (flat.coreHash[surface] !== q.coreHash) pair[at.core_differs] = 1
  if (length === q.text.length) {
    let k = 0
    while (k < length && flat.codes[from + k] === q.text.codes[k]) k++
    if (k === length) pair[at.same_text] = 1
  }
  const { key } = q.parsed
  const keyFrom = flat.keyStart[surface] as number
  const keyLength = flat.keyLength[surface] as number
  const skip = key.length - keyLength
  if (skip < 0) return
  for (let k = keyLength - 1; k >= 0; k--) if (flat.codes[keyFrom + k] !== key.charCodeAt(skip + k)) return
  if (skip === 0) pair[at.same_key] = 1
  else if (keyLength >= 4) pair[at.key_tail] = 1
}

function compareParts(q: Query, segment: Segment, surface: number): void {
  const { flat } = segment
  const { ordinals, branch, kind, trades } = q.parts
  const hisOrdinals = flat.ordinals[surface] as number
  if (ordinals !== hisOrdinals) {
    if (ordinals === 0) pair[at.ordinal_lacking] = 1
    else pair[hisOrdinals === 0 ? at.ordinal_added : at.ordinal_conflict] = 1
  }
  const hisBranch = flat.branch[surface] as number
  if (branch !== hisBranch && branch !== unsaid && hisBranch !== unsaid) {
    if (branch === 0) pair[at.branch_lacking] = 1
    else pair[hisBranch === 0 ? at.branch_added : at.branch_conflict] = 1
  }
  const hisKind = flat.kind[surface] as number
  pair[at.name_kind] = hisKind
  const distance = kindDistance(kind, hisKind)
  if (distance === 2) pair[at.kind_conflict] = 1
  else if (distance === 1) pair[isMaternalPair(kind, hisKind) ? at.maternal_grade : at.kind_near] = 1
  const hisTrades = flat.trades[surface] as number
  if ((hisTrades & ~trades) !== 0) pair[at.trade_lacking] = 1
  if ((trades & ~hisTrades) !== 0) pair[at.trade_added] = 1
  if (q.plain && hisKind === 2) pair[at.plain_is_people] = 1
}

/** Writes the pair features of (q, surface) into `out` from `slot`. */
export function measurePair(
  q: Query,
  segment: Segment,
  surface: number,
  out: Float64Array,
  slot: number,
): void {
  pair.fill(0)
  compareDivisions(q, segment, surface)
  compareReach(q, segment, surface)
  compareTexts(q, segment, surface)
  compareIdentity(q, segment, surface)
  compareParts(q, segment, surface)
  const p = segment.flat.province[surface] as number
  if (p >= 0) {
    // Without a province to go by, every province is as likely.
    pair[at.same_province] = q.province < 0 ? 0.5 : p === q.province ? 1 : 0
    pair[at.other_province] = 1 - (pair[at.same_province] as number)
  }
  pair[at.is_alias] = segment.flat.isAlias[surface] as number
  out.set(pair, slot)
}
