/** One institution of the master. Divisions are written as they stand in the master ("江苏省", "苏州市", "昆山市"). */
export interface InstitutionEntry {
  id: string
  name: string
  aliases: string[]
  province: string | null
  city: string | null
  county: string | null
  type: string | null
  level: string | null
  /** Unified social credit code; absent when the master has none. */
  tax_id?: string | null
}

/** A confirmed text. The caller has already filtered for the distributor at hand; the tightest scope has won. */
export interface Alias {
  text: string
  target_id: string
  scope: 'distributor' | 'province' | 'company'
}

export interface InstitutionHints {
  /** Province of the distributor: most of its customers are there. */
  province?: string | null
  city?: string | null
  /** Address column of the flow file, if it has one. */
  address?: string
  /** Tax id column of the flow file, as it is written. */
  tax_id?: string
  /** The distributor's own code for the customer, and what its codes mean so far: code → id. */
  code?: string
  codes?: ReadonlyMap<string, string>
  /** From which score the best candidate is taken without asking; the engine's own when absent. */
  auto_from?: number
  /** Tells in the result what was measured on the best candidate. */
  measure?: boolean
  /** `normaliseInstitutionName(text)` → id, confirmed for this distributor. */
  aliases?: ReadonlyMap<string, string>
  /** The same by scope, tightest first; asked after `aliases`. The reason tells the scope. */
  alias_scopes?: readonly { scope: Alias['scope']; aliases: ReadonlyMap<string, string> }[]
}

/** What a raw text says about the institution it names. Codes are six digits, null when the text does not tell. */
export interface ParsedInstitutionName {
  name: string
  province_code: string | null
  city_code: string | null
  county_code: string | null
  /** The same divisions by their names of today. */
  province: string | null
  city: string | null
  county: string | null
  kind: 'hospital' | 'clinic' | 'pharmacy' | 'chain' | 'company' | 'other'
  /** What it calls itself: 综合医院, 中医医院, 社区卫生服务机构 …; null when the name does not tell. */
  category: string | null
  /** 三级甲等 …, when the text says so. */
  level: string | null
  /** Name of what it is a part of: the hospital of a site, the company of a store; null if it is a whole. */
  whole: string | null
  /** Address glued behind the name, '' if none. */
  address: string
}

/** A fact that spoke for or against a candidate; `describeReason` turns it into a sentence. */
export interface Reason {
  code: string
  params?: Record<string, string | number>
}

export interface Candidate {
  id: string
  /** 0..1, reads as the probability that this is what the text means. */
  score: number
  reasons: Reason[]
}

export interface MatchResult {
  /** auto: take `best` without asking. review: a person chooses. none: nothing in the master resembles the text. */
  decision: 'auto' | 'review' | 'none'
  via: 'exact' | 'alias' | 'fuzzy' | 'none'
  best: Candidate | null
  /** At most five, best first; `best` is the first of them. */
  candidates: Candidate[]
  /** May not be taken without asking, whatever its score: twins, a grade that changed, an id that contradicts the name. */
  held?: boolean
  /** What was measured on the best candidate, by name, without those that are 0; only when asked for and not by an alias. */
  features?: Record<string, number>
}

export interface InstitutionIndex {
  /** Never throws for what the text holds. The same text and hints give the same answer on every run. */
  match(raw: string, hints?: InstitutionHints): MatchResult
  add(entry: InstitutionEntry): void
  /** The old name stays known as an alias. Throws RangeError when the id is unknown. */
  rename(id: string, name: string): void
  /** A retired id is no longer proposed. Throws RangeError when the id is unknown. */
  retire(id: string): void
  has(id: string): boolean
  /** The whole index in one buffer, changes worked in: to be saved, or shared with worker threads. */
  toBuffer(): SharedArrayBuffer
  readonly size: number
}

export interface ProductEntry {
  id: string
  code: string
  name: string
  generic_name: string
  aliases: string[]
  spec: string
  manufacturer: string
  unit: string
  /** Unit ladder: one `unit` is `factor` base units; factor is a decimal string. */
  units: { unit: string; factor: string }[]
}

export interface ProductText {
  name: string
  spec: string
  code?: string
  manufacturer?: string
  unit?: string
}

export interface ProductIndex {
  /** `aliases`: `normaliseProductText(name, spec)` → id, confirmed for this distributor. Never throws for what the text holds. */
  match(text: ProductText, aliases?: ReadonlyMap<string, string>): MatchResult
  readonly size: number
}

export interface PackLevel {
  count: string
  unit: string
}

export interface ParsedSpec {
  /** Strength with unit in lower case ("0.3g", "100000iu"), absent when the text names none. */
  dose?: string
  /** From the smallest unit outwards. */
  pack: PackLevel[]
  /** Smallest units in one sales pack (盒, 瓶 …), absent when the text does not tell. */
  perPack?: number
}

/** A decision of the engine whose outcome is known: a person confirmed it, chose another, or said none. */
export interface SettledDecision {
  /** 'YYYY-MM'. */
  month: string
  decision: MatchResult['decision']
  /** Score of the best candidate, 0 … 1. */
  score: number
  /** Best candidate, null if there was none. */
  proposed_id: string | null
  /** What it really was; null: the master did not have it. */
  settled_id: string | null
  /** How many of the same kind this one stands for, when decisions were sampled; 1 if absent. */
  weight?: number
}

export interface MonthQuality {
  month: string
  decisions: number
  /** Right autos among autos, and among decisions whose institution the master has; null without any. */
  precision: number | null
  recall: number | null
  /** Bounds of the precision at 95 % (Wilson), null without autos. */
  precision_low: number | null
  precision_high: number | null
}

export interface ThresholdAdvice {
  /** Lowest score from which the wished precision held; null when none does, or too few decisions are settled. */
  threshold: number | null
  precision: number | null
  /** Share of the decisions with a known institution that would be taken, and rightly. */
  recall: number | null
  decisions: number
}
