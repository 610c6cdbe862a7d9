import { X509Certificate } from 'node:crypto'
import { ALGORITHMS, digestIdentifier, hashOf, signatureIdentifier } from './algorithms.ts'
import * as D from './der.ts'
import type { SigningProvider } from './signing-provider.ts'

export const OID = {
  data: '1.2.840.113549.1.7.1',
  signedData: '1.2.840.113549.1.7.2',
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingTime: '1.2.840.113549.1.9.5',
  signingCertificate: '1.2.840.113549.1.9.16.2.12',
  signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
  timestampToken: '1.2.840.113549.1.9.16.2.14',
  tstInfo: '1.2.840.113549.1.9.16.1.4',
} as const

/** A signed message with one signer, taken apart. */
export interface SignedMessage {
  contentType: string
  /** What is signed, when it stands inside. */
  content: Buffer | undefined
  certificates: Buffer[]
  issuer: Buffer
  serial: Buffer
  digestOid: string
  /** The signed attributes as they were signed. */
  signedBytes: Buffer
  signed: Map<string, D.Der>
  signatureOid: string
  signature: Buffer
  unsigned: Map<string, D.Der>
}

/**
 * Signs a hash as CAdES does: content type, message digest and signing-certificate-v2 are signed attributes, signing time is not
 * (PAdES). `content` is put inside for a timestamp token; `stamp` makes the token over the signature's value.
 */
export async function signMessage(
  provider: SigningProvider,
  what: { contentType: string; digest: Buffer; content?: Buffer },
  stamp?: (signature: Uint8Array) => Promise<Buffer>,
): Promise<Buffer> {
  const own = Buffer.from(provider.certificates[0] ?? [])
  const attributes = D.setOf(
    attribute(OID.contentType, D.oid(what.contentType)),
    attribute(OID.messageDigest, D.octets(what.digest)),
    attribute(OID.signingCertificateV2, D.sequence(D.sequence(certificateId(own)))),
  )
  const signature = await provider.sign(attributes)
  const token = await stamp?.(signature)
  const implicit = (number: number, set: Buffer) => D.der(D.context(number), D.readDer(set).content)
  const signer = D.sequence(
    D.integer(1),
    issuerAndSerial(own),
    digestIdentifier(provider.algorithm),
    implicit(0, attributes),
    signatureIdentifier(provider.algorithm),
    D.octets(signature),
    ...(token ? [implicit(1, D.setOf(attribute(OID.timestampToken, token)))] : []),
  )
  const inner = what.content ? [D.der(D.context(0), D.octets(what.content))] : []
  const body = D.sequence(
    D.integer(what.contentType === OID.data ? 1 : 3),
    D.setOf(digestIdentifier(provider.algorithm)),
    D.sequence(D.oid(what.contentType), ...inner),
    implicit(0, D.setOf(...provider.certificates)),
    D.setOf(signer),
  )
  return D.sequence(D.oid(OID.signedData), D.der(D.context(0), body))
}

function attribute(type: string, value: Buffer): Buffer {
  return D.sequence(D.oid(type), D.setOf(value))
}

/** ESSCertIDv2 with the hash it has by default, so the algorithm is left out. */
function certificateId(certificate: Buffer): Buffer {
  const { issuer, serial } = identityOf(certificate)
  const general = D.sequence(D.der(D.context(4), issuer))
  return D.sequence(D.octets(hashOf('sha256', certificate)), D.sequence(general, serial))
}

function issuerAndSerial(certificate: Buffer): Buffer {
  const { issuer, serial } = identityOf(certificate)
  return D.sequence(issuer, serial)
}

export function identityOf(certificate: Buffer): { issuer: Buffer; serial: Buffer } {
  const [body] = D.parts(D.readDer(certificate))
  const [, serial, , issuer] = D.parts(D.expectTag(body, D.TAG.sequence))
  return {
    issuer: D.expectTag(issuer, D.TAG.sequence).raw,
    serial: D.expectTag(serial, D.TAG.integer).raw,
  }
}

/** Takes a signed message apart. Throws on anything that is not one signer's well-formed SignedData in DER. */
export function readMessage(bytes: Uint8Array): SignedMessage {
  const [type, wrapped] = D.parts(D.readDer(bytes))
  if (D.readOid(type) !== OID.signedData) throw new Error('no signed data')
  const [body] = D.parts(D.expectTag(wrapped, D.context(0)))
  const [, , encapsulated, ...rest] = D.parts(D.expectTag(body, D.TAG.sequence))
  const [contentType, content] = D.parts(D.expectTag(encapsulated, D.TAG.sequence))
  const certificates = rest.find(({ tag }) => tag === D.context(0))
  const signers = D.parts(D.expectTag(rest.at(-1), D.TAG.set))
  if (signers.length !== 1) throw new Error('not one signer')
  const inner = content ? D.parts(content)[0] : undefined
  return {
    contentType: D.readOid(contentType),
    content: inner ? D.expectTag(inner, D.TAG.octets).content : undefined,
    certificates: certificates ? D.parts(certificates).map(({ raw }) => raw) : [],
    ...readSigner(signers[0]),
  }
}

type Signer = Omit<SignedMessage, 'contentType' | 'content' | 'certificates'>

function readSigner(signer: D.Der | undefined): Signer {
  const [version, who, digest, attributes, algorithm, signature, more] = D.parts(
    D.expectTag(signer, D.TAG.sequence),
  )
  D.expectTag(version, D.TAG.integer)
  const [issuer, serial] = D.parts(D.expectTag(who, D.TAG.sequence))
  const signed = D.expectTag(attributes, D.context(0))
  // Signed as a SET, sent with a tag of its own.
  const signedBytes = Buffer.concat([Buffer.from([D.TAG.set]), signed.raw.subarray(1)])
  return {
    issuer: D.expectTag(issuer, D.TAG.sequence).raw,
    serial: D.expectTag(serial, D.TAG.integer).raw,
    digestOid: D.readOid(D.parts(D.expectTag(digest, D.TAG.sequence))[0]),
    signedBytes,
    signed: attributesOf(signed),
    signatureOid: D.readOid(D.parts(D.expectTag(algorithm, D.TAG.sequence))[0]),
    signature: D.expectTag(signature, D.TAG.octets).content,
    unsigned: more ? attributesOf(D.expectTag(more, D.context(1))) : new Map(),
  }
}

/** Each attribute once and with one value. */
function attributesOf(set: D.Der): Map<string, D.Der> {
  const found = new Map<string, D.Der>()
  for (const one of D.parts(set)) {
    const [type, values] = D.parts(D.expectTag(one, D.TAG.sequence))
    const key = D.readOid(type)
    const [value, ...others] = D.parts(D.expectTag(values, D.TAG.set))
    if (!value || others.length > 0 || found.has(key)) throw new Error('attribute twice')
    found.set(key, value)
  }
  return found
}

/** The certificate inside that the signer names, if it is there. */
export function signerCertificate(message: SignedMessage): X509Certificate | undefined {
  const own = message.certificates.find((one) => {
    const { issuer, serial } = identityOf(one)
    return issuer.equals(message.issuer) && serial.equals(message.serial)
  })
  return own && new X509Certificate(own)
}

export function hashNameOf(provider: SigningProvider): string {
  return ALGORITHMS[provider.algorithm].hash
}
