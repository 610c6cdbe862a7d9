/** The door of the signing engine: contract document → PDF, seals, signatures, and their verification. Pure; see README.md. */

export type { Signed } from './fill-signature.ts'
export type { Appearance } from './pdf/draw-appearance.ts'
export { cleanPicture, PICTURE_LIMITS, type PictureLimits } from './seal/clean-picture.ts'
export { type Drawing, drawSeal, type SealWords } from './seal/draw-seal.ts'
export { drawStrokes, type Strokes } from './seal/draw-strokes.ts'
export type {
  Block,
  ContractDocument,
  FieldPlace,
  Finding,
  FindingCode,
  Party,
  Run,
  Section,
  SignatureReport,
  TableColumn,
  Text,
  VerificationReport,
} from './shapes.ts'
export { findingCodes } from './shapes.ts'
export { type SignRequest, signPdf } from './sign-pdf.ts'
export { SigningError, type SigningErrorCode } from './signing-error.ts'
export type { SigningAlgorithm } from './trust/algorithms.ts'
export {
  type CertifiedKey,
  createRoot,
  issueCertificate,
  localProvider,
  type Subject,
  toPem,
  type Validity,
} from './trust/certificates.ts'
export { type SigningProvider, type TimestampAuthority, timestampByUrl } from './trust/signing-provider.ts'
export { answerTimestamp } from './trust/timestamp.ts'
export { missingCharacters } from './typeset/font.ts'
export { type Typeset, typeset } from './typeset/typeset.ts'
export { type VerifyOptions, verifyPdf } from './verify/verify-pdf.ts'
