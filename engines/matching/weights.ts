import { candidateCount } from './context.ts'
import { type PairFeature, pairFeatures } from './features.ts'
import { hashString } from './flat.ts'
import { treeText } from './trees.generated.ts'
import { type ReadyForest, readForest, readyForest } from './trees.ts'

/** Ranks the candidates of one text: higher is better. Fitted by a conditional logit on labelled texts. */
const rank: Record<PairFeature, number> = {
  sound: -0.185,
  near_sound: -2.129,
  look: 2.958,
  alike_count: 0.126,
  changed: -1.013,
  missing: 0.399,
  missing_tail: 0.9,
  missing_division: -6.499,
  extra: -0.24,
  extra_division: -3.371,
  matched: 0.215,
  edits: -0.213,
  heaviest_edit: -1.929,
  edit_common: 0.011,
  unmatched_share: -12.323,
  division_slips: -1.405,
  core_count: -0.161,
  ordinal_conflict: -4.399,
  ordinal_lacking: 0.402,
  ordinal_added: -1.205,
  branch_conflict: -3.094,
  branch_lacking: -0.699,
  branch_added: -5.327,
  kind_conflict: 0.108,
  kind_near: 1.176,
  maternal_grade: -2.409,
  trade_lacking: -0.556,
  trade_added: -1.487,
  plain_is_people: 3.422,
  division_conflict: -9.89,
  division_conflict_short: -0.898,
  division_unknown: -2.574,
  division_agrees: -0.031,
  same_province: 5.015,
  other_province: -0.656,
  narrower: -1.932,
  wider: -0.007,
  wider_common: -6.408,
  own_level: 0.836,
  place_agrees: 3.69,
  place_conflicts: -3.073,
  is_alias: -2.73,
  same_text: 0.65,
  same_key: 1.022,
  key_tail: 2.468,
  core_differs: -0.572,
  core_length: -0.224,
  name_kind: 0.018,
}

export interface Model {
  /** In the order of `pairFeatures`. */
  rankWeights: Float64Array
  /** Gives the log-odds that a candidate is the one meant. */
  forest: ReadyForest
}

/** Trained by `bin/bench matching --fit`. */
export const shippedModel: Model = {
  rankWeights: Float64Array.from(pairFeatures, (name) => rank[name]),
  forest: readyForest(readForest(treeText), candidateCount),
}
/** Names the fitted weights: decisions are kept with it, so that those of another model are not taken for this one's. */
export const engineVersion = hashString(1, JSON.stringify(rank) + treeText)
  .toString(16)
  .padStart(8, '0')

export const weighedMax = 4
const weighedWithin = 2.5

/** How many of the ranked candidates the trees weigh: the foremost, as long as they are near the first. */
export function contenders(ranks: readonly number[]): number {
  let n = 0
  while (n < ranks.length && n < weighedMax && (ranks[n] as number) > (ranks[0] as number) - weighedWithin)
    n++
  return n
}

/** At or above: taken without asking. */
export const autoFrom = 0.65
/** 妇幼保健站 for 妇幼保健院: one that was promoted, or two; a person decides. */
export const neverAuto: PairFeature = 'maternal_grade'
/** Two candidates as near as this are twins; a person decides. */
export const twinMargin = 0.1
/** Below: nothing in the master resembles the text. */
export const reviewFrom = 0.025
