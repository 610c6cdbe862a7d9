/** The door of the matching engine: a raw name → the institution or product it means, with reasons. Pure; see README.md. */
export { buildInstitutionIndex, openInstitutionIndex } from './institution-index.ts'
export { buildProductIndex, unitFactor } from './products/product-index.ts'
export { normaliseProductText } from './products/product-text.ts'
export { parseSpec } from './products/spec.ts'
export { estimateQuality, fewest as decisionsMin, suggestThreshold } from './quality.ts'
export { describeReason } from './reasons.ts'
export type {
  Alias,
  Candidate,
  InstitutionEntry,
  InstitutionHints,
  InstitutionIndex,
  MatchResult,
  MonthQuality,
  PackLevel,
  ParsedInstitutionName,
  ParsedSpec,
  ProductEntry,
  ProductIndex,
  ProductText,
  Reason,
  SettledDecision,
  ThresholdAdvice,
} from './shapes.ts'
export { normaliseInstitutionName } from './text/institution-name.ts'
export { parseInstitutionName } from './text/parse-name.ts'
export { isProvenTaxId, normaliseTaxId } from './text/tax-id.ts'
export { autoFrom, engineVersion } from './weights.ts'
