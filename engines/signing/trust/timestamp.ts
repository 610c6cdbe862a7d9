import { randomBytes } from 'node:crypto'
import { SigningError } from '../signing-error.ts'
import { HASHES, hashOf } from './algorithms.ts'
import { type CertifiedKey, localProvider } from './certificates.ts'
import { OID, readMessage, signMessage } from './cms.ts'
import * as D from './der.ts'
import type { TimestampAuthority } from './signing-provider.ts'

/** The policy our own trial responder names: an example arc, since a trial has none of its own. */
const TRIAL_POLICY = '1.3.6.1.4.1.32473.1'
const SHA256 = '2.16.840.1.101.3.4.2.1'

export interface TokenContent {
  hashOid: string
  imprint: Buffer
  at: Date
  nonce: Buffer | undefined
}

/**
 * Asks an authority for a token over these bytes (a signature's value) and checks that it is about them: imprint, nonce. Error:
 * `timestamp-refused` when the authority refuses or answers something else.
 */
export async function requestTimestamp(authority: TimestampAuthority, bytes: Uint8Array): Promise<Buffer> {
  const imprint = hashOf('sha256', bytes)
  const nonce = D.integer(randomBytes(8))
  const request = D.sequence(
    D.integer(1),
    D.sequence(D.sequence(D.oid(SHA256)), D.octets(imprint)),
    nonce,
    D.der(D.TAG.boolean, Buffer.from([0xff])),
  )
  const answer = await authority(request)
  try {
    const [status, token] = D.parts(D.readDer(answer))
    const granted = D.expectTag(D.parts(D.expectTag(status, D.TAG.sequence))[0], D.TAG.integer).content[0]
    if (!token || (granted !== 0 && granted !== 1)) throw new Error(`status ${granted}`)
    const content = readToken(readMessage(token.raw).content)
    if (!content.imprint.equals(imprint) || !content.nonce?.equals(nonce))
      throw new Error('about something else')
    return token.raw
  } catch (error) {
    throw new SigningError('timestamp-refused', { reason: (error as Error).message })
  }
}

/** What a token says: over which hash, when. Throws on anything that is no TSTInfo. */
export function readToken(content: Buffer | undefined): TokenContent {
  if (!content) throw new Error('no token')
  const [version, policy, imprint, serial, at, ...rest] = D.parts(D.readDer(content))
  D.expectTag(version, D.TAG.integer)
  D.expectTag(policy, D.TAG.oid)
  D.expectTag(serial, D.TAG.integer)
  const [algorithm, hash] = D.parts(D.expectTag(imprint, D.TAG.sequence))
  return {
    hashOid: D.readOid(D.parts(D.expectTag(algorithm, D.TAG.sequence))[0]),
    imprint: D.expectTag(hash, D.TAG.octets).content,
    at: D.readTime(D.expectTag(at, D.TAG.time)),
    nonce: rest.find(({ tag }) => tag === D.TAG.integer)?.raw,
  }
}

/**
 * Answers a timestamp request (RFC 3161, DER) at `now` with a key issued for it. A request that cannot be read, or asks for an
 * unknown hash or another policy, is answered with a refusal as the standard has it, never with an error.
 */
export async function answerTimestamp(
  request: Uint8Array,
  key: CertifiedKey,
  now: Date,
  policy = TRIAL_POLICY,
): Promise<Buffer> {
  const asked = readRequest(request)
  // Bits of PKIFailureInfo: 0 bad algorithm, 2 bad request, 15 unaccepted policy.
  if (!asked) return refusal(2)
  if (HASHES[asked.hashOid] === undefined) return refusal(0)
  if (asked.policy !== undefined && asked.policy !== policy) return refusal(15)
  const serial = randomBytes(16)
  serial[0] = ((serial[0] ?? 0) & 0x7f) | 0x40
  const content = D.sequence(
    D.integer(1),
    D.oid(policy),
    asked.imprint,
    D.integer(serial),
    D.generalizedTime(now),
    ...(asked.nonce ? [asked.nonce] : []),
  )
  const provider = localProvider(key)
  const token = await signMessage(provider, {
    contentType: OID.tstInfo,
    digest: hashOf('sha256', content),
    content,
  })
  return D.sequence(D.sequence(D.integer(0)), token)
}

function refusal(bit: number): Buffer {
  const flags = Buffer.alloc(Math.floor(bit / 8) + 1)
  flags[Math.floor(bit / 8)] = 0x80 >> (bit % 8)
  return D.sequence(D.sequence(D.integer(2), D.bits(flags, 7 - (bit % 8))))
}

function readRequest(request: Uint8Array) {
  try {
    const [version, imprint, ...rest] = D.parts(D.readDer(request))
    D.expectTag(version, D.TAG.integer)
    const [algorithm, hash] = D.parts(D.expectTag(imprint, D.TAG.sequence))
    const policy = rest.find(({ tag }) => tag === D.TAG.oid)
    const hashOid = D.readOid(D.parts(D.expectTag(algorithm, D.TAG.sequence))[0])
    const lengths: Record<string, number> = { sha256: 32, sha384: 48, sha512: 64 }
    const wanted = lengths[HASHES[hashOid] ?? '']
    if (wanted !== undefined && D.expectTag(hash, D.TAG.octets).content.length !== wanted) return undefined
    return {
      hashOid,
      imprint: D.expectTag(imprint, D.TAG.sequence).raw,
      policy: policy && D.readOid(policy),
      nonce: rest.find(({ tag }) => tag === D.TAG.integer)?.raw,
    }
  } catch {
    return undefined
  }
}
