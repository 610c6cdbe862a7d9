import { createHash, randomUUID } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, open, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Readable } from 'node:stream'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Refusal } from '#kit/refusal.ts'

/** Bytes that lie in the store under their hash. */
export interface StoredBytes {
  sha256: string
  byte_size: number
  /** What came in with it besides its rows (`findActiveContent`); not looked for in what the system made itself. */
  active_content?: string[]
}

/** Where the bytes of a hash lie; the hash is the only part of the path that comes from outside. */
export function pathOfBytes(dataDir: string, sha256: string): string {
  if (!/^[0-9a-f]{64}$/.test(sha256)) throw new Error('not a content hash')
  return join(dataDir, 'files', sha256.slice(0, 2), sha256.slice(2, 4), sha256)
}

/**
 * Takes a stream into the store: counted while it flows, synced to disk before it gets its name. Twice the same
 * bytes are one file. Refuses (`files.too-large`) beyond `maxBytes` and leaves nothing behind; so it does when `inspect`,
 * which sees the bytes before they have a name, throws.
 */
export async function storeBytes(
  dataDir: string,
  source: Readable,
  maxBytes: number,
  inspect?: (path: string, bytes: StoredBytes) => Promise<void>,
): Promise<StoredBytes> {
  const incoming = join(dataDir, 'files', 'incoming')
  // For its owner alone: as root the data folder itself is passable, for PostgreSQL's user.
  await mkdir(incoming, { recursive: true, mode: 0o700 })
  const draft = join(incoming, randomUUID())
  const hash = createHash('sha256')
  let size = 0
  const count = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      size += chunk.length
      if (size > maxBytes) {
        done(new Refusal('files.too-large', { max_mb: Math.floor(maxBytes / 1024 / 1024) }, { status: 413 }))
        return
      }
      hash.update(chunk)
      done(null, chunk)
    },
  })
  try {
    await pipeline(source, count, createWriteStream(draft))
    await sync(draft)
    const sha256 = hash.digest('hex')
    await inspect?.(draft, { sha256, byte_size: size })
    const home = pathOfBytes(dataDir, sha256)
    await mkdir(dirname(home), { recursive: true })
    await rename(draft, home)
    await sync(dirname(home))
    return { sha256, byte_size: size }
  } finally {
    await rm(draft, { force: true })
  }
}

async function sync(path: string): Promise<void> {
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** Opens the bytes of a hash; an error when they are not whole. */
export async function openBytes(dataDir: string, sha256: string, byteSize: number): Promise<Readable> {
  const path = pathOfBytes(dataDir, sha256)
  const { size } = await stat(path)
  if (size !== byteSize) throw new Error(`stored file ${sha256} has ${size} bytes instead of ${byteSize}`)
  return createReadStream(path)
}
