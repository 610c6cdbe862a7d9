import type { X509Certificate } from 'node:crypto'
import * as D from '../trust/der.ts'

const LONGEST = 6
/** Extensions this check understands; an unknown one marked critical makes a certificate unusable. */
const UNDERSTOOD = new Set([
  '2.5.29.19',
  '2.5.29.15',
  '2.5.29.37',
  '2.5.29.14',
  '2.5.29.35',
  '2.5.29.17',
  '2.5.29.32',
])

export type PathResult = 'trusted' | 'untrusted' | 'not-valid-then'

/**
 * Whether a certificate leads to one of the roots at that moment, over certificates found in the file. Nothing of the file is
 * trusted: roots are the caller's. Not asked for: lists of revoked certificates (this is an offline check).
 */
export function checkPath(
  leaf: X509Certificate,
  others: readonly X509Certificate[],
  roots: readonly X509Certificate[],
  at: Date,
): PathResult {
  let outdated = false
  const climb = (certificate: X509Certificate, depth: number): boolean => {
    if (depth > LONGEST || !understood(certificate)) return false
    if (roots.some((root) => root.raw.equals(certificate.raw))) return validThen(certificate, at) || miss()
    const above = [...roots, ...others].filter((one) => mayIssue(one, certificate, depth))
    if (!validThen(certificate, at)) return above.length > 0 && miss()
    return above.some((one) => climb(one, depth + 1))
  }
  const miss = () => {
    outdated = true
    return false
  }
  if (climb(leaf, 0)) return 'trusted'
  return outdated ? 'not-valid-then' : 'untrusted'
}

function validThen(certificate: X509Certificate, at: Date): boolean {
  return Date.parse(certificate.validFrom) <= at.getTime() && at.getTime() <= Date.parse(certificate.validTo)
}

function mayIssue(issuer: X509Certificate, certificate: X509Certificate, below: number): boolean {
  if (issuer.raw.equals(certificate.raw) || !issuer.ca || !certificate.checkIssued(issuer)) return false
  const usage = usageBits(issuer)
  const { pathLength } = constraints(issuer)
  const allowed =
    (usage === undefined || (usage & 0x04) !== 0) && (pathLength === undefined || below <= pathLength)
  return allowed && certificate.verify(issuer.publicKey)
}

/** May sign documents: digital signature or non-repudiation, and no authority. */
export function mayEndorse(certificate: X509Certificate): boolean {
  const usage = usageBits(certificate)
  return (
    !certificate.ca &&
    (usage === undefined || (usage & 0xc0) !== 0) &&
    !maysOnly(certificate, '1.3.6.1.5.5.7.3.8')
  )
}

/** Its one extended use is timestamping. */
export function mayStamp(certificate: X509Certificate): boolean {
  return !certificate.ca && maysOnly(certificate, '1.3.6.1.5.5.7.3.8')
}

function maysOnly(certificate: X509Certificate, use: string): boolean {
  const uses = certificate.keyUsage ?? []
  return uses.length === 1 && uses[0] === use
}

interface Extension {
  id: string
  critical: boolean
  value: Buffer
}

function extensions(certificate: X509Certificate): Extension[] {
  const [body] = D.parts(D.readDer(certificate.raw))
  const wrapped = body && D.parts(body).find(({ tag }) => tag === D.context(3))
  const list = wrapped && D.parts(wrapped)[0]
  return (list ? D.parts(list) : []).map((one) => {
    const found = D.parts(one)
    return {
      id: D.readOid(found[0]),
      critical: found.length === 3 && found[1]?.content[0] === 0xff,
      value: D.expectTag(found.at(-1), D.TAG.octets).content,
    }
  })
}

function understood(certificate: X509Certificate): boolean {
  return extensions(certificate).every(({ id, critical }) => !critical || UNDERSTOOD.has(id))
}

function usageBits(certificate: X509Certificate): number | undefined {
  const usage = extensions(certificate).find(({ id }) => id === '2.5.29.15')
  return usage && D.expectTag(D.readDer(usage.value), D.TAG.bits).content[1]
}

function constraints(certificate: X509Certificate): { pathLength: number | undefined } {
  const basic = extensions(certificate).find(({ id }) => id === '2.5.29.19')
  const length = basic && D.parts(D.readDer(basic.value)).find(({ tag }) => tag === D.TAG.integer)
  return { pathLength: length?.content[0] }
}
