import { createHash } from 'node:crypto'
import { oid, sequence } from './der.ts'

/** How a provider signs. A further one (SM2 with SM3) is one more row here and in the two lists below. */
export type SigningAlgorithm = 'ecdsa-p256-sha256' | 'rsa-sha256'

export type HashName = 'sha256' | 'sha384' | 'sha512'

interface AlgorithmRow {
  hash: HashName
  digestOid: string
  signatureOid: string
}

const NULL = Buffer.from([5, 0])

export const ALGORITHMS: Record<SigningAlgorithm, AlgorithmRow> = {
  'ecdsa-p256-sha256': {
    hash: 'sha256',
    digestOid: '2.16.840.1.101.3.4.2.1',
    signatureOid: '1.2.840.10045.4.3.2',
  },
  'rsa-sha256': {
    hash: 'sha256',
    digestOid: '2.16.840.1.101.3.4.2.1',
    signatureOid: '1.2.840.113549.1.1.11',
  },
}

export const HASHES: Record<string, HashName> = {
  '2.16.840.1.101.3.4.2.1': 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
}

/** Signatures that are verified. `hash: null` is RSA alone, which takes the hash of the digest. */
export const SIGNATURES: Record<string, { key: 'ec' | 'rsa'; hash: HashName | null }> = {
  '1.2.840.10045.4.3.2': { key: 'ec', hash: 'sha256' },
  '1.2.840.10045.4.3.3': { key: 'ec', hash: 'sha384' },
  '1.2.840.10045.4.3.4': { key: 'ec', hash: 'sha512' },
  '1.2.840.113549.1.1.1': { key: 'rsa', hash: null },
  '1.2.840.113549.1.1.11': { key: 'rsa', hash: 'sha256' },
  '1.2.840.113549.1.1.12': { key: 'rsa', hash: 'sha384' },
  '1.2.840.113549.1.1.13': { key: 'rsa', hash: 'sha512' },
}

export function digestIdentifier(algorithm: SigningAlgorithm): Buffer {
  return sequence(oid(ALGORITHMS[algorithm].digestOid))
}

export function signatureIdentifier(algorithm: SigningAlgorithm): Buffer {
  const own = oid(ALGORITHMS[algorithm].signatureOid)
  return algorithm === 'rsa-sha256' ? sequence(own, NULL) : sequence(own)
}

export function hashOf(hash: string, ...content: Uint8Array[]): Buffer {
  const made = createHash(hash)
  for (const part of content) made.update(part)
  return made.digest()
}
