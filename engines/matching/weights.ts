import { type GroupFeature, groupFeatures, type PairFeature, pairFeatures } from './features.ts'

/** Ranks the candidates of one text: higher is better. Fitted by a conditional logit on labelled texts. */
const rank: Record<PairFeature, number> = {
  sound: 2.372,
  look: 5.432,
  changed: -2.331,
  missing: -0.722,
  missing_tail: -0.616,
  missing_division: -5.796,
  extra: -1.267,
  extra_division: -3.5,
  matched: 1.375,
  ordinal_conflict: -3.906,
  ordinal_one_sided: -0.987,
  branch_conflict: -0.743,
  branch_one_sided: -1.686,
  kind_conflict: -0.257,
  division_conflict: -4.036,
  division_conflict_short: -2.266,
  division_unknown: -1.857,
  same_province: 4.422,
  other_province: -0.284,
  division_agrees: 2.511,
  is_alias: -2.9,
  same_text: 2.395,
  kind_near: 0.95,
  plain_is_people: 3.15,
  narrower: -0.55,
  wider: 0.28,
  unmatched_share: -11.451,
  sound_count: -1.565,
  maternal_grade: -3.054,
  core_differs: -1.456,
  place_agrees: 6.285,
  place_conflicts: -6.589,
  trade_differs: -0.974,
  wider_common: -1.334,
}

/** Confidence in the best candidate, a logistic regression on the same texts. */
export const confidenceBias = -3.716
const confidence: Record<PairFeature | GroupFeature, number> = {
  sound: 1.718,
  look: 2.749,
  changed: -2.594,
  missing: -0.099,
  missing_tail: 0.117,
  missing_division: -3.847,
  extra: 0.381,
  extra_division: -9.138,
  matched: -0.161,
  ordinal_conflict: -3.135,
  ordinal_one_sided: -2.809,
  branch_conflict: 0.311,
  branch_one_sided: -1.467,
  kind_conflict: -0.91,
  division_conflict: -2.297,
  division_conflict_short: -1.143,
  division_unknown: -2.312,
  same_province: 6.252,
  other_province: 5.43,
  division_agrees: 0.287,
  is_alias: -1.906,
  same_text: 1.453,
  kind_near: 1.339,
  plain_is_people: 3.024,
  narrower: -0.321,
  wider: 0.28,
  unmatched_share: -11.139,
  sound_count: -0.059,
  maternal_grade: -2.878,
  core_differs: 0.24,
  place_agrees: -0.692,
  place_conflicts: 0.229,
  trade_differs: -1.2,
  wider_common: -1.274,
  margin: 0.473,
  near_rivals: -0.869,
  no_division: 0.366,
  text_weight: 0.036,
  core_elsewhere: -0.322,
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
/** Two candidates as near as this are twins; a person decides. */
export const twinMargin = 0.1
/** Below: nothing in the master resembles the text. */
export const reviewFrom = 0.02
