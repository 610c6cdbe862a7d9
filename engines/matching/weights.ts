import { type GroupFeature, groupFeatures, type PairFeature, pairFeatures } from './features.ts'

/** Ranks the candidates of one text: higher is better. Fitted by a conditional logit on labelled texts. */
const rank: Record<PairFeature, number> = {
  sound: 1.718,
  look: 4.679,
  changed: -2.529,
  missing: -0.448,
  missing_tail: -0.465,
  missing_division: -6.649,
  extra: -1.211,
  extra_division: -4.329,
  matched: 0.941,
  ordinal_conflict: -3.433,
  ordinal_one_sided: -0.875,
  branch_conflict: -0.422,
  branch_one_sided: -1.606,
  kind_conflict: -0.49,
  division_conflict: -3.173,
  division_conflict_short: -1.968,
  division_unknown: -1.567,
  same_province: 4.879,
  other_province: -0.084,
  division_agrees: 2.294,
  is_alias: -3.125,
  same_text: 1.838,
  kind_near: 0.95,
  plain_is_people: 3.129,
  narrower: -0.51,
  wider: 0.332,
  unmatched_share: -13.225,
  sound_count: -1.396,
  maternal_grade: -3.838,
  core_differs: -1.417,
  place_agrees: 0.3,
  place_conflicts: -0.7,
  trade_differs: -1.094,
  wider_common: 0.014,
}

/** Confidence in the best candidate, a logistic regression on the same texts. */
export const confidenceBias = -4.52
const confidence: Record<PairFeature | GroupFeature, number> = {
  sound: 1.663,
  look: 2.784,
  changed: -2.643,
  missing: -0.239,
  missing_tail: 0.079,
  missing_division: -3.883,
  extra: 0.377,
  extra_division: -9.335,
  matched: -0.122,
  ordinal_conflict: -3.33,
  ordinal_one_sided: -2.867,
  branch_conflict: 0.201,
  branch_one_sided: -1.539,
  kind_conflict: -0.926,
  division_conflict: -2.405,
  division_conflict_short: -1.195,
  division_unknown: -2.08,
  same_province: 6.934,
  other_province: 6.182,
  division_agrees: 0.369,
  is_alias: -1.881,
  same_text: 1.533,
  kind_near: 1.429,
  plain_is_people: 2.977,
  narrower: -0.408,
  wider: 0.263,
  unmatched_share: -11.281,
  sound_count: -0.113,
  maternal_grade: -2.794,
  core_differs: 0.389,
  place_agrees: 0.3,
  place_conflicts: -0.7,
  trade_differs: -1.2,
  wider_common: -1.417,
  margin: 0.469,
  near_rivals: -0.99,
  no_division: 0.412,
  text_weight: 0.015,
  core_elsewhere: -0.234,
}

export const rankWeights = Float64Array.from(pairFeatures, (name) => rank[name])
export const confidenceWeights = Float64Array.from(
  [...pairFeatures, ...groupFeatures],
  (name) => confidence[name],
)

/** At or above: taken without asking. */
export const autoFrom = 0.8
/** With one of these a person decides, however alike the rest: 第一 for 第二, 保健站 for 保健院, the county's for the city's. */
export const neverAuto: readonly PairFeature[] = ['ordinal_conflict', 'maternal_grade', 'wider_common']
/** Below: nothing in the master resembles the text. */
export const reviewFrom = 0.02
