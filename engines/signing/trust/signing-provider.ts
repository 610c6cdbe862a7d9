import type { SigningAlgorithm } from './algorithms.ts'

/** Who holds a company's key: we, for trials, or a licensed authority. */
export interface SigningProvider {
  /** DER, the company's own certificate first. */
  certificates: readonly Uint8Array[]
  algorithm: SigningAlgorithm
  /**
   * Signs the message, about 300 bytes of DER, and returns the signature as CMS has it. The message and not its hash, since
   * not every scheme (SM2) hashes the message alone; a remote authority that wants a hash makes it here.
   */
  sign: (message: Uint8Array) => Promise<Uint8Array>
}

/** Sends a timestamp request (DER) and returns the response (DER). */
export type TimestampAuthority = (request: Uint8Array) => Promise<Uint8Array>

/** A timestamp authority by its address; `post` is the caller's way out, with its limits. */
export function timestampByUrl(
  url: string,
  post: (url: string, bytes: Uint8Array) => Promise<Uint8Array>,
): TimestampAuthority {
  return (request) => post(url, request)
}
