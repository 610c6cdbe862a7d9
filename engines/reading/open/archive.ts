import { isUtf8 } from 'node:buffer'
import { createInflateRaw } from 'node:zlib'
import * as yauzl from 'yauzl'
import { ReadingError } from '../reading-error.ts'
import type { ReadingLimits } from '../shapes.ts'

const INFLATE_STEP = 1 << 16
const MEMBERS_MAX = 5_000

export interface Archive {
  entries: Map<string, yauzl.Entry>
  /** Unpacked bytes of a member as they come; throws 'corrupt', or 'too-large' when more comes than was declared. */
  unpack(entry: yauzl.Entry): AsyncGenerator<Buffer>
  close(): void
}

/** What archives within archives may unpack to, all of them together. */
export interface UnpackBudget {
  bytes: number
}

/** Opens a zip by its central directory and refuses what would unpack beyond the limits before unpacking anything. */
export async function openArchive(
  path: string,
  limits: ReadingLimits,
  budget: UnpackBudget = { bytes: limits.unpacked_bytes },
): Promise<Archive> {
  const zip = await opened(path)
  try {
    const entries = await listed(zip, limits, budget)
    return {
      entries,
      unpack: (entry) => unpacked(zip, entry),
      close: () => zip.close(),
    }
  } catch (error) {
    zip.close()
    throw error
  }
}

async function opened(path: string): Promise<yauzl.ZipFile> {
  try {
    return await yauzl.openPromise(path, { autoClose: false, lazyEntries: true, decodeStrings: false })
  } catch (error) {
    throw new ReadingError('corrupt', { reason: (error as Error).message })
  }
}

async function listed(
  zip: yauzl.ZipFile,
  limits: ReadingLimits,
  budget: UnpackBudget,
): Promise<Map<string, yauzl.Entry>> {
  const entries = new Map<string, yauzl.Entry>()
  let packed = 0
  let unpackedBytes = 0
  try {
    for await (const entry of zip.eachEntry()) {
      packed += entry.compressedSize
      unpackedBytes += entry.uncompressedSize
      if (unpackedBytes > budget.bytes || entries.size > MEMBERS_MAX) {
        throw new ReadingError('too-large', { unpacked_bytes: unpackedBytes })
      }
      refuseRatio(entry.uncompressedSize, entry.compressedSize, limits)
      if (entry.isEncrypted()) throw new ReadingError('encrypted')
      entries.set(nameOf(entry), entry)
    }
  } catch (error) {
    if (error instanceof ReadingError) throw error
    throw new ReadingError('corrupt', { reason: (error as Error).message })
  }
  refuseRatio(unpackedBytes, packed, limits)
  budget.bytes -= unpackedBytes
  return entries
}

/** UTF-8 where the flag or an extra field says so or the bytes are; else GBK, as Chinese Windows packs. */
function nameOf(entry: yauzl.Entry): string {
  const raw = entry.fileNameRaw
  // Info-ZIP's Unicode path: one byte of version, four of a checksum, the name.
  const unicode = entry.extraFields.find((field) => field.id === 0x7075 && field.data.length > 5)
  const utf8 = (entry.generalPurposeBitFlag & 0x800) !== 0 || isUtf8(raw)
  const name = unicode
    ? unicode.data.toString('utf8', 5)
    : new TextDecoder(utf8 ? 'utf-8' : 'gb18030').decode(raw)
  return name.replaceAll('\\', '/')
}

/** A small member may well be all blanks; only what would fill memory or time counts. */
function refuseRatio(unpackedBytes: number, packed: number, limits: ReadingLimits) {
  const ratio = unpackedBytes / Math.max(packed, 1)
  if (ratio > limits.ratio && unpackedBytes > 1_000_000) {
    throw new ReadingError('too-large', { ratio: Math.round(ratio) })
  }
}

/** Inflates in large steps: yauzl's own pipe hands out 16 kB at a time, which costs more than the inflating. */
async function* unpacked(zip: yauzl.ZipFile, entry: yauzl.Entry): AsyncGenerator<Buffer> {
  const stored = entry.compressionMethod === 0
  if (!stored && entry.compressionMethod !== 8) {
    throw new ReadingError('unsupported', { compression_method: entry.compressionMethod })
  }
  const raw = await zip
    .openReadStreamPromise(entry, stored ? {} : { decodeFileData: false })
    .catch((error: Error) => {
      throw new ReadingError('corrupt', { reason: error.message })
    })
  const inflate = stored ? null : createInflateRaw({ chunkSize: INFLATE_STEP })
  raw.on('error', (error: Error) => inflate?.destroy(error))
  const bytes = inflate ? raw.pipe(inflate) : raw
  let total = 0
  try {
    for await (const chunk of bytes) {
      total += (chunk as Buffer).length
      if (total > entry.uncompressedSize) throw new ReadingError('too-large', { unpacked_bytes: total })
      yield chunk as Buffer
    }
  } catch (error) {
    if (error instanceof ReadingError) throw error
    throw new ReadingError('corrupt', { reason: (error as Error).message })
  } finally {
    raw.destroy()
    inflate?.destroy()
  }
  if (total < entry.uncompressedSize) throw new ReadingError('corrupt', { reason: 'short member' })
}
