import type { X509Certificate } from 'node:crypto'
import { isArray, isDict, isString, nameOf, type PdfDict, readText } from '../pdf/pdf-value.ts'
import type { PdfFile, Revision } from '../pdf/read-pdf.ts'
import type { Finding, SignatureReport } from '../shapes.ts'
import { hashOf } from '../trust/algorithms.ts'
import { commonName } from '../trust/certificates.ts'
import { OID } from '../trust/cms.ts'
import { readDer } from '../trust/der.ts'
import { checkPath, mayEndorse } from './certificate-path.ts'
import type { SignedField } from './compare-revisions.ts'
import { finding } from './findings.ts'
import { type CheckedMessage, checkMessage, checkTimestamp } from './verify-message.ts'

export interface Trust {
  roots: readonly X509Certificate[]
  /** For timestamps. */
  timestampRoots: readonly X509Certificate[]
  /** When the check is made. */
  at: Date
}

const ALLOWED = new Set([
  'Type',
  'Filter',
  'SubFilter',
  'ByteRange',
  'Contents',
  'M',
  'Name',
  'Reason',
  'Location',
])
/** A claimed time may differ from the proven one by a slow clock, not by a day. */
const CLOCK_MS = 24 * 3_600_000
const FUTURE_MS = 5 * 60_000

/** Checks one signature from its range to its timestamp. */
export function verifySignature(
  file: PdfFile,
  signing: SignedField,
  partyName: string,
  trust: Trust,
): SignatureReport {
  const revision = file.revisions[signing.revision]
  const report: SignatureReport = {
    party: signing.party,
    party_name: partyName,
    signer: '',
    issuer: '',
    serial: '',
    certificate_sha256: '',
    signed_at: null,
    time_from: null,
    level: 'PAdES-B-B',
    algorithm: '',
    revision: signing.revision + 1,
    covers_to: 0,
    findings: [],
  }
  const value = revision?.objects.get(signing.signature)?.value
  if (!revision || !isDict(value)) {
    report.findings.push(finding('signature-incomplete', { key: 'V' }))
    return report
  }
  const covered = checkRange(file, revision, value, report)
  if (covered.length > 0) checkContents(value, covered, report, trust)
  return report
}

/** The range must be everything of the file up to the end of its save, but the signature's own hex digits. */
function checkRange(
  file: PdfFile,
  revision: Revision,
  value: PdfDict,
  report: SignatureReport,
): Uint8Array[] {
  const stray = [...value.entries.keys()].find((key) => !ALLOWED.has(key))
  if (stray) report.findings.push(finding('signature-incomplete', { key: stray }))
  if (nameOf(value.entries.get('SubFilter')) !== 'ETSI.CAdES.detached')
    report.findings.push(finding('signature-incomplete', { key: 'SubFilter' }))
  const range = value.entries.get('ByteRange')
  const contents = value.entries.get('Contents')
  const numbers = isArray(range) ? range.items : []
  const [zero, start, end, length] = numbers
  if (!isString(contents) || !contents.hex || contents.bytes.length === 0) {
    report.findings.push(finding('signature-incomplete', { key: 'Contents' }))
    return []
  }
  if (numbers.length !== 4 || typeof end !== 'number' || typeof length !== 'number') {
    report.findings.push(finding('range-wrong'))
    return []
  }
  if (zero !== 0 || start !== contents.from || end !== contents.to)
    report.findings.push(finding('range-wrong'))
  if (end + length !== revision.to) report.findings.push(finding('range-not-to-end'))
  report.covers_to = end + length
  // What is digested is what should have been covered, whatever the range says.
  return [file.bytes.subarray(0, contents.from), file.bytes.subarray(contents.to, revision.to)]
}

function checkContents(value: PdfDict, covered: Uint8Array[], report: SignatureReport, trust: Trust): void {
  const contents = value.entries.get('Contents')
  const bytes = isString(contents) ? contents.bytes : Buffer.alloc(0)
  let checked: CheckedMessage
  try {
    const message = readDer(bytes, true).raw
    if (bytes.subarray(message.length).some((byte) => byte !== 0)) throw new Error('bytes behind it')
    checked = checkMessage(message, OID.data, covered)
    if (checked.message.content) throw new Error('content inside')
  } catch (error) {
    report.findings.push(finding('signature-unreadable', { reason: (error as Error).message }))
    return
  }
  report.algorithm = checked.algorithm
  report.findings.push(...checked.codes.map((code) => finding(code, { algorithm: checked.algorithm })))
  const time = timeOf(value, checked, report, trust)
  if (checked.certificate) describe(checked.certificate, checked.others, report, trust, time)
}

/** The moment for which the certificate is checked: what the timestamp proves, else the moment of the check. */
function timeOf(value: PdfDict, { message }: CheckedMessage, report: SignatureReport, trust: Trust): Date {
  const claimed = claimedTime(readText(value.entries.get('M')))
  const token = message.unsigned.get(OID.timestampToken)
  if (!token) {
    report.signed_at = claimed?.toISOString() ?? null
    report.time_from = claimed ? 'claimed' : null
    report.findings.push(finding('timestamp-missing'))
    return trust.at
  }
  const { at, findings } = checkTimestamp(token.raw, message.signature, trust.timestampRoots)
  report.findings.push(...findings)
  if (!at) return trust.at
  report.level = 'PAdES-B-T'
  report.signed_at = at.toISOString()
  report.time_from = 'timestamp'
  const apart = claimed ? Math.abs(claimed.getTime() - at.getTime()) : 0
  if (apart > CLOCK_MS || at.getTime() > trust.at.getTime() + FUTURE_MS)
    report.findings.push(finding('time-implausible', { time: at.toISOString() }))
  return at
}

function claimedTime(text: string): Date | null {
  const match = /^D:(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z/.exec(text)
  if (!match) return null
  const [, year, month, day, hour, minute, second] = match
  const time = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`)
  return Number.isNaN(time.getTime()) ? null : time
}

function describe(
  certificate: X509Certificate,
  others: X509Certificate[],
  report: SignatureReport,
  trust: Trust,
  at: Date,
): void {
  report.signer = commonName(certificate.subject)
  report.issuer = commonName(certificate.issuer)
  report.serial = certificate.serialNumber
  report.certificate_sha256 = hashOf('sha256', certificate.raw).toString('hex')
  const path = checkPath(certificate, others, trust.roots, at)
  const found: Finding[] = []
  if (path === 'untrusted') found.push(finding('certificate-untrusted'))
  if (path === 'not-valid-then') found.push(finding('certificate-not-valid-then'))
  if (!mayEndorse(certificate)) found.push(finding('certificate-not-for-signing'))
  if (plain(report.party_name) !== plain(report.signer))
    found.push(finding('signer-other-name', { signer: report.signer, party: report.party_name }))
  report.findings.push(...found)
}

/** Full and half width, case and spaces do not make another company. */
function plain(text: string): string {
  return text.normalize('NFKC').replace(/\s/g, '').toLowerCase()
}
