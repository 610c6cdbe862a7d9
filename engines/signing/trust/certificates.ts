import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
  sign,
  X509Certificate,
} from 'node:crypto'
import { ALGORITHMS, type SigningAlgorithm, signatureIdentifier } from './algorithms.ts'
import * as D from './der.ts'
import type { SigningProvider } from './signing-provider.ts'

/** A certificate and its private key (PKCS#8, DER). The caller keeps the key, and keeps it encrypted. */
export interface CertifiedKey {
  /** DER, the own certificate first, then those above it, the root last. */
  certificates: Buffer[]
  private_key: Buffer
  algorithm: SigningAlgorithm
}

export interface Subject {
  /** Registered name of the company, or what the root is called. */
  name: string
  /** Unified social credit code or another number of the company. */
  number?: string
}

export interface Validity {
  valid_from: Date
  valid_to: Date
}

type Kind = 'root' | 'company' | 'timestamp'

const EKU: Record<Kind, string[]> = {
  root: [],
  // Document signing, and mail protection because that is what openssl and NSS ask for by default.
  company: ['1.3.6.1.5.5.7.3.36', '1.3.6.1.5.5.7.3.4'],
  timestamp: ['1.3.6.1.5.5.7.3.8'],
}

/** Makes the root of a trial authority: it issues company certificates and the one of the timestamp responder. */
export function createRoot(
  subject: Subject,
  validity: Validity,
  algorithm: SigningAlgorithm = 'ecdsa-p256-sha256',
): CertifiedKey {
  const key = newKey(algorithm)
  const certificate = certify('root', subject, validity, key, undefined)
  return { certificates: [certificate], private_key: exported(key), algorithm }
}

/** Issues a certificate with a new key: `company` signs contracts, `timestamp` answers timestamp requests. */
export function issueCertificate(
  root: CertifiedKey,
  kind: 'company' | 'timestamp',
  subject: Subject,
  validity: Validity,
  algorithm: SigningAlgorithm = 'ecdsa-p256-sha256',
): CertifiedKey {
  const key = newKey(algorithm)
  const certificate = certify(kind, subject, validity, key, root)
  return { certificates: [certificate, ...root.certificates], private_key: exported(key), algorithm }
}

/** A provider that signs with a key at hand; a licensed authority gives a provider of its own. */
export function localProvider(key: CertifiedKey): SigningProvider {
  const privateKey = privateKeyOf(key)
  return {
    certificates: key.certificates,
    algorithm: key.algorithm,
    sign: async (message) => sign(ALGORITHMS[key.algorithm].hash, message, privateKey),
  }
}

export function toPem(certificate: Uint8Array): string {
  return new X509Certificate(certificate).toString()
}

export function privateKeyOf(key: CertifiedKey): KeyObject {
  return createPrivateKey({ key: key.private_key, format: 'der', type: 'pkcs8' })
}

function newKey(algorithm: SigningAlgorithm): KeyObject {
  return algorithm === 'rsa-sha256'
    ? generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
    : generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
}

function exported(key: KeyObject): Buffer {
  return key.export({ format: 'der', type: 'pkcs8' })
}

function certify(
  kind: Kind,
  subject: Subject,
  { valid_from, valid_to }: Validity,
  key: KeyObject,
  root: CertifiedKey | undefined,
): Buffer {
  const signer = root ? privateKeyOf(root) : key
  const algorithm = root?.algorithm ?? (key.asymmetricKeyType === 'rsa' ? 'rsa-sha256' : 'ecdsa-p256-sha256')
  const own = nameOf(subject)
  const publicKey = publicPart(key)
  const serial = randomBytes(16)
  serial[0] = ((serial[0] ?? 0) & 0x7f) | 0x40
  const body = D.sequence(
    D.der(D.context(0), D.integer(2)),
    D.integer(serial),
    signatureIdentifier(algorithm),
    root ? subjectOf(root.certificates[0]) : own,
    D.sequence(D.certificateTime(valid_from), D.certificateTime(valid_to)),
    own,
    publicKey,
    D.der(D.context(3), D.sequence(...extensions(kind, publicKey, publicPart(signer)))),
  )
  return D.sequence(
    body,
    signatureIdentifier(algorithm),
    D.bits(sign(ALGORITHMS[algorithm].hash, body, signer)),
  )
}

function publicPart(key: KeyObject): Buffer {
  return createPublicKey(key).export({ format: 'der', type: 'spki' })
}

function nameOf({ name, number }: Subject): Buffer {
  const attribute = (type: string, value: Buffer) => D.setOf(D.sequence(D.oid(type), value))
  const printable = (text: string) => D.der(D.TAG.printable, Buffer.from(text, 'latin1'))
  return D.sequence(
    attribute('2.5.4.6', printable('CN')),
    attribute('2.5.4.10', D.utf8(name)),
    ...(number ? [attribute('2.5.4.5', printable(number.replace(/[^A-Za-z0-9 '()+,\-./:=?]/g, '')))] : []),
    attribute('2.5.4.3', D.utf8(name)),
  )
}

/** The subject of a certificate as it stands in it, so that issuer and subject agree to the byte. */
function subjectOf(certificate: Buffer | undefined): Buffer {
  const [body] = D.parts(D.readDer(certificate ?? Buffer.alloc(0)))
  const subject = body && D.parts(body)[5]
  return D.expectTag(subject, D.TAG.sequence).raw
}

function keyId(publicKey: Buffer): Buffer {
  const key = D.parts(D.readDer(publicKey))[1]
  return createHash('sha1').update(D.expectTag(key, D.TAG.bits).content.subarray(1)).digest()
}

function extensions(kind: Kind, publicKey: Buffer, issuerKey: Buffer): Buffer[] {
  const critical = D.der(D.TAG.boolean, Buffer.from([0xff]))
  const extension = (id: string, value: Buffer, isCritical = false) =>
    D.sequence(D.oid(id), ...(isCritical ? [critical] : []), D.octets(value))
  const isRoot = kind === 'root'
  // Bits from the left: signature, non-repudiation; certificates and lists of revoked ones.
  const usage = isRoot ? D.bits(Buffer.from([0x06]), 1) : D.bits(Buffer.from([0xc0]), 6)
  const authority = D.sequence(D.der(0x80, keyId(issuerKey)))
  return [
    extension('2.5.29.19', isRoot ? D.sequence(critical, D.integer(0)) : D.sequence(), true),
    extension('2.5.29.15', usage, true),
    extension('2.5.29.14', D.octets(keyId(publicKey))),
    ...(isRoot ? [] : [extension('2.5.29.35', authority)]),
    ...(isRoot ? [] : [extension('2.5.29.37', D.sequence(...EKU[kind].map(D.oid)), kind === 'timestamp')]),
  ]
}

/** CN of a name as Node writes it, a part a line. */
export function commonName(subject: string): string {
  const found = /^CN=(.*)$/m.exec(subject)?.[1] ?? subject.replaceAll('\n', ', ')
  return found.replace(/\\(.)/g, '$1')
}
