/** A piece of text; a run may be bold or underlined (a variable that was filled in). */
export type Run = string | { text: string; bold?: boolean; underline?: boolean }
export type Text = Run | readonly Run[]

export interface TableColumn {
  title: string
  align?: 'left' | 'center' | 'right'
  /** Share of the width; 1 when it is not given. */
  share?: number
}

export type Block =
  /** Numbered by its place: 1.1, and (1) below. */
  | { kind: 'clause'; text: Text; parts?: readonly Block[] }
  | { kind: 'paragraph'; text: Text }
  | { kind: 'table'; columns: readonly TableColumn[]; rows: readonly (readonly Text[])[]; caption?: string }

export interface Section {
  heading: string
  blocks: readonly Block[]
}

export interface Party {
  /** Names the signature field: Latin letters, digits, hyphens; each party another. */
  key: string
  /** 甲方, Party A. */
  role: string
  name: string
  /** Address, representative, account: printed at the top. */
  lines?: readonly { label: string; value: string }[]
}

/** A contract as it is printed: variables filled, conditional parts resolved. All of it is text, nothing is markup. */
export interface ContractDocument {
  language: 'zh' | 'en'
  title: string
  subtitle?: string
  /** Contract number, in the header of every page. */
  number: string
  parties: readonly Party[]
  preamble?: readonly Text[]
  sections: readonly Section[]
  closing?: readonly Text[]
}

/** The field of a party on its page, in points from the lower left corner: x, y, width, height. */
export interface FieldPlace {
  party: string
  page: number
  rect: readonly [number, number, number, number]
}

export const findingCodes = [
  'structure',
  'active-content',
  'no-signature',
  'party-not-signed',
  'party-count',
  'revision-without-signature',
  'revision-after-last-signature',
  'object-changed',
  'object-hidden-before',
  'object-stray',
  'form-changed',
  'page-changed',
  'field-changed',
  'field-lost',
  'field-shared',
  'signature-incomplete',
  'range-wrong',
  'range-not-to-end',
  'digest-differs',
  'signature-wrong',
  'signature-unreadable',
  'signer-other-name',
  'certificate-not-named',
  'certificate-missing',
  'certificate-untrusted',
  'certificate-not-valid-then',
  'certificate-not-for-signing',
  'algorithm-weak',
  'timestamp-missing',
  'timestamp-wrong',
  'timestamp-untrusted',
  'time-implausible',
] as const
export type FindingCode = (typeof findingCodes)[number]

export interface Finding {
  code: FindingCode
  /** An error makes the contract not valid; a warning is to be known. */
  severity: 'error' | 'warning'
  params: Record<string, string | number>
  zh: string
  en: string
}

export interface SignatureReport {
  /** Key of the party whose field it fills. */
  party: string
  party_name: string
  /** From the certificate. */
  signer: string
  issuer: string
  serial: string
  certificate_sha256: string
  /** ISO; null when nothing tells it. */
  signed_at: string | null
  /** From the timestamp, or only claimed by the signer. */
  time_from: 'timestamp' | 'claimed' | null
  level: 'PAdES-B-T' | 'PAdES-B-B'
  algorithm: string
  /** Which save of the file, from 1, and its end in bytes. */
  revision: number
  covers_to: number
  findings: Finding[]
}

export interface VerificationReport {
  verdict: 'valid' | 'not-valid'
  pages: number
  revisions: number
  parties: { key: string; name: string; signed: boolean }[]
  signatures: SignatureReport[]
  /** Of the file as a whole. */
  findings: Finding[]
}
