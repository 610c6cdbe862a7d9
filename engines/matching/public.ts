/** The door of the matching engine: a raw name → the institution or product it means, with reasons. Pure; see README.md. */
export { buildInstitutionIndex } from './institution-index.ts'
export { normaliseInstitutionName } from './institution-name.ts'
export { buildProductIndex, unitFactor } from './product-index.ts'
export { normaliseProductText } from './product-text.ts'
export { describeReason } from './reasons.ts'
export type {
  Alias,
  Candidate,
  InstitutionEntry,
  InstitutionHints,
  InstitutionIndex,
  MatchResult,
  PackLevel,
  ParsedSpec,
  ProductEntry,
  ProductIndex,
  ProductText,
  Reason,
} from './shapes.ts'
export { parseSpec } from './spec.ts'
