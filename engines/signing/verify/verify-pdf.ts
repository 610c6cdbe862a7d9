import { X509Certificate } from 'node:crypto'
import { type PdfValue, readText } from '../pdf/pdf-value.ts'
import { objectsAfter, type PdfFile, pageNumbers, readPdf, rootRef } from '../pdf/read-pdf.ts'
import { signatureFields } from '../pdf/signature-fields.ts'
import type { Finding, SignatureReport, VerificationReport } from '../shapes.ts'
import { SigningError } from '../signing-error.ts'
import { compareRevisions, findSignings, type SignedField } from './compare-revisions.ts'
import { finding } from './findings.ts'
import { type Trust, verifySignature } from './verify-signature.ts'

export interface VerifyOptions {
  /** Authorities that are trusted, PEM or DER. Nothing in the file is. */
  roots: readonly (string | Uint8Array)[]
  /** Authorities of timestamps; the same when they are not given. */
  timestamp_roots?: readonly (string | Uint8Array)[]
  /** The moment of the check. */
  at: Date
  /** How many parties must have signed; else as many as the file has fields. */
  parties?: number
}

/**
 * Verifies a signed contract offline: every signature, that nothing but signatures was added since the first, and that the last one reaches
 * the end of the file. Never throws for what is in a PDF; error `bad-pdf` only when it is none at all.
 */
export function verifyPdf(bytes: Uint8Array, options: VerifyOptions): VerificationReport {
  if (Buffer.from(bytes.subarray(0, 5)).toString('latin1') !== '%PDF-')
    throw new SigningError('bad-pdf', { reason: 'no PDF' })
  const roots = options.roots.map(certificate)
  const trust: Trust = {
    roots,
    timestampRoots: options.timestamp_roots?.map(certificate) ?? roots,
    at: options.at,
  }
  try {
    return verifyFile(readPdf(bytes), trust, options.parties)
  } catch (error) {
    const params = error instanceof SigningError ? error.params : { reason: (error as Error).message }
    return report({
      findings: [finding('structure', { reason: String(params.reason ?? 'fault'), at: params.at ?? 0 })],
    })
  }
}

function certificate(one: string | Uint8Array): X509Certificate {
  return new X509Certificate(one)
}

function verifyFile(file: PdfFile, trust: Trust, wanted: number | undefined): VerificationReport {
  const objects = objectsAfter(file)
  const fields = signatureFields(file, objects).map(({ number, value }) => ({
    number,
    key: readText(value.entries.get('T')),
    name: readText(value.entries.get('TU')),
    signed: value.entries.has('V'),
  }))
  const { signings, findings } = findSignings(file)
  findings.push(...compareRevisions(file, signings), ...lostFields(file, signings))
  const active = activeContent([...objects.values()])
  if (active) findings.push(finding('active-content', { key: active }))
  if (signings.length === 0) findings.push(finding('no-signature'))
  for (const { signed, name, key } of fields)
    if (!signed) findings.push(finding('party-not-signed', { party: name || key }))
  if (wanted !== undefined && fields.length !== wanted)
    findings.push(finding('party-count', { wanted, found: fields.length }))
  if (new Set(fields.map(({ key }) => key)).size !== fields.length) findings.push(finding('field-shared'))
  const names = new Map(fields.map(({ key, name }) => [key, name]))
  const signatures = signings.map((one) => verifySignature(file, one, names.get(one.party) ?? '', trust))
  checkOrder(signatures)
  return report({
    pages: pageNumbers(objects, rootRef(file)).length,
    revisions: file.revisions.length,
    parties: fields.map(({ key, name, signed }) => ({ key, name, signed })),
    signatures,
    findings,
  })
}

/** Fields that were signed once and no longer are. */
function lostFields(file: PdfFile, signings: readonly SignedField[]): Finding[] {
  const kept = new Set(
    signatureFields(file, objectsAfter(file)).flatMap(({ number, value }) =>
      value.entries.has('V') ? [number] : [],
    ),
  )
  return signings
    .filter(({ field }) => !kept.has(field))
    .map(({ party }) => finding('field-lost', { party, revision: file.revisions.length }))
}

const ACTIVE = new Set(['JS', 'JavaScript', 'AA', 'OpenAction', 'XFA', 'EmbeddedFiles', 'OCProperties', 'OC'])

/** A key by which a page could look otherwise tomorrow, though no byte changes: scripts, layers, attachments. */
function activeContent(values: readonly PdfValue[]): string | undefined {
  const open = [...values]
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    if (typeof value !== 'object' || value === null) continue
    if (value.kind === 'stream') open.push(value.dict)
    if (value.kind === 'array') open.push(...value.items)
    if (value.kind !== 'dict') continue
    for (const [key, entry] of value.entries) {
      if (ACTIVE.has(key)) return key
      open.push(entry)
    }
  }
  return undefined
}

/** A later save cannot have been signed earlier. */
function checkOrder(signatures: SignatureReport[]): void {
  let before = 0
  for (const one of signatures) {
    if (one.time_from !== 'timestamp' || one.signed_at === null) continue
    const at = Date.parse(one.signed_at)
    if (at < before) one.findings.push(finding('time-implausible', { time: one.signed_at }))
    before = at
  }
}

function report(found: Partial<VerificationReport>): VerificationReport {
  const whole = { pages: 0, revisions: 0, parties: [], signatures: [], findings: [], ...found }
  const all = [...whole.findings, ...whole.signatures.flatMap(({ findings }) => findings)]
  const valid = whole.signatures.length > 0 && all.every(({ severity }) => severity === 'warning')
  return { verdict: valid ? 'valid' : 'not-valid', ...whole }
}
