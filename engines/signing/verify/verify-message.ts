import { verify, X509Certificate } from 'node:crypto'
import type { Finding, FindingCode } from '../shapes.ts'
import { HASHES, hashOf, SIGNATURES } from '../trust/algorithms.ts'
import { OID, readMessage, type SignedMessage, signerCertificate } from '../trust/cms.ts'
import * as D from '../trust/der.ts'
import { readToken } from '../trust/timestamp.ts'
import { checkPath, mayStamp } from './certificate-path.ts'
import { finding } from './findings.ts'

export interface CheckedMessage {
  message: SignedMessage
  certificate: X509Certificate | undefined
  others: X509Certificate[]
  codes: FindingCode[]
  algorithm: string
}

/** Checks one signed message against what it should be about: digest, the signature's value, the certificate it names. */
export function checkMessage(
  bytes: Uint8Array,
  contentType: string,
  covered: readonly Uint8Array[],
): CheckedMessage {
  const message = readMessage(bytes)
  const certificate = signerCertificate(message)
  const others = message.certificates.map((one) => new X509Certificate(one))
  const hash = HASHES[message.digestOid]
  const scheme = SIGNATURES[message.signatureOid]
  const algorithm = `${scheme?.key ?? message.signatureOid} ${hash ?? message.digestOid}`
  const codes: FindingCode[] = []
  if (!hash || !scheme || (scheme.hash !== null && scheme.hash !== hash)) codes.push('algorithm-weak')
  else {
    const stated = message.signed.get(OID.messageDigest)
    const same = stated?.tag === D.TAG.octets && stated.content.equals(hashOf(hash, ...covered))
    if (!same) codes.push('digest-differs')
    if (certificate) codes.push(...checkValue(message, certificate, hash, scheme.key))
  }
  const type = message.signed.get(OID.contentType)
  if (!type || D.readOid(type) !== contentType || message.contentType !== contentType)
    codes.push('signature-wrong')
  if (!certificate) codes.push('certificate-missing')
  else if (!namesCertificate(message, certificate)) codes.push('certificate-not-named')
  return { message, certificate, others, codes, algorithm }
}

function checkValue(
  message: SignedMessage,
  certificate: X509Certificate,
  hash: string,
  key: 'ec' | 'rsa',
): FindingCode[] {
  const { publicKey } = certificate
  const bits = publicKey.asymmetricKeyDetails?.modulusLength
  if (publicKey.asymmetricKeyType !== key || (bits !== undefined && bits < 2048)) return ['algorithm-weak']
  return verify(hash, message.signedBytes, publicKey, message.signature) ? [] : ['signature-wrong']
}

/** By signing-certificate-v2, or its first version with SHA-1, which timestamp authorities still send. */
function namesCertificate(message: SignedMessage, certificate: X509Certificate): boolean {
  const second = message.signed.get(OID.signingCertificateV2)
  const named =
    second ?? (message.contentType === OID.tstInfo ? message.signed.get(OID.signingCertificate) : undefined)
  const list = named && D.parts(named)[0]
  const id = list && D.parts(list)[0]
  if (!id) return false
  const [first, next] = D.parts(id)
  const explicit = first?.tag === D.TAG.sequence
  const hash = !second ? 'sha1' : explicit ? HASHES[D.readOid(D.parts(first)[0])] : 'sha256'
  const stated = explicit ? next : first
  return (
    hash !== undefined && stated?.tag === D.TAG.octets && stated.content.equals(hashOf(hash, certificate.raw))
  )
}

/** The time a token proves for this signature, or what is wrong with it. */
export function checkTimestamp(
  token: Uint8Array,
  signature: Uint8Array,
  roots: readonly X509Certificate[],
): { at: Date | null; findings: Finding[] } {
  try {
    const content = readMessage(token).content
    const stated = readToken(content)
    const { certificate, others, codes } = checkMessage(token, OID.tstInfo, [content ?? Buffer.alloc(0)])
    const hash = HASHES[stated.hashOid]
    if (!hash || !stated.imprint.equals(hashOf(hash, signature)))
      return { at: null, findings: [finding('timestamp-wrong', { reason: 'imprint' })] }
    if (codes.length > 0 || !certificate)
      return { at: null, findings: [finding('timestamp-wrong', { reason: codes.join(' ') })] }
    const trusted = mayStamp(certificate) && checkPath(certificate, others, roots, stated.at) === 'trusted'
    return { at: trusted ? stated.at : null, findings: trusted ? [] : [finding('timestamp-untrusted')] }
  } catch (error) {
    return { at: null, findings: [finding('timestamp-wrong', { reason: (error as Error).message })] }
  }
}
