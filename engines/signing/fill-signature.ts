import { SigningError } from './signing-error.ts'
import { hashOf } from './trust/algorithms.ts'
import { hashNameOf, OID, signMessage } from './trust/cms.ts'
import type { SigningProvider, TimestampAuthority } from './trust/signing-provider.ts'
import { requestTimestamp } from './trust/timestamp.ts'

export interface Signed {
  pdf: Buffer
  /** Over the bytes the signature covers, hex. */
  covered_sha256: string
}

/** Room for the signature with its chain and token, in bytes. */
const ROOM = 16_384

/** What stands in a signature's object until it is signed. */
export const RANGE_ROOM = '[0 0000000000 0000000000 0000000000]'
export const CONTENTS_ROOM = `<${'0'.repeat(ROOM * 2)}>`

/** Writes range and signature into the room left for them; the file keeps its length. */
export async function fillSignature(
  bytes: Buffer,
  from: number,
  provider: SigningProvider,
  timestamp?: TimestampAuthority,
): Promise<Signed> {
  const start = bytes.indexOf('/Contents <', from, 'latin1') + '/Contents '.length
  const end = start + ROOM * 2 + 2
  const range = `[${[0, start, end, bytes.length - end].join(' ')}`.padEnd(RANGE_ROOM.length - 1)
  bytes.write(range, bytes.indexOf(RANGE_ROOM, from, 'latin1'), 'latin1')
  const covered = [bytes.subarray(0, start), bytes.subarray(end)]
  const stamp = timestamp && ((signature: Uint8Array) => requestTimestamp(timestamp, signature))
  const message = await signMessage(
    provider,
    { contentType: OID.data, digest: hashOf(hashNameOf(provider), ...covered) },
    stamp,
  )
  if (message.length > ROOM)
    throw new SigningError('signature-too-long', { bytes: message.length, room: ROOM })
  bytes.write(message.toString('hex'), start + 1, 'latin1')
  return { pdf: bytes, covered_sha256: hashOf('sha256', ...covered).toString('hex') }
}
