import type { FileHandle } from 'node:fs/promises'
import { open } from 'node:fs/promises'
import { ReadingError } from '../reading-error.ts'
import type { ReadingLimits } from '../shapes.ts'
import type { Book } from './source.ts'
import { openText } from './text-file.ts'
import { openWorkbook } from './xlsx-book.ts'

const HEAD_BYTES = 65_536

/**
 * Opens a file by what it contains; its name's extension is only asked where the content leaves two answers.
 * Throws ReadingError 'empty', 'encrypted', 'corrupt', 'too-large' or 'unsupported'.
 */
export async function openFile(path: string, fileName: string, limits: ReadingLimits): Promise<Book> {
  const file = await open(path, 'r')
  try {
    const { size } = await file.stat()
    if (size === 0) throw new ReadingError('empty')
    if (size > limits.file_bytes) throw new ReadingError('too-large', { file_bytes: size })
    const head = Buffer.alloc(Math.min(size, HEAD_BYTES))
    await file.read(head, 0, head.length, 0)
    return await openByContent(file, path, fileName, head, limits)
  } finally {
    await file.close()
  }
}

async function openByContent(
  file: FileHandle,
  path: string,
  fileName: string,
  head: Buffer,
  limits: ReadingLimits,
): Promise<Book> {
  if (head[0] === 0x50 && head[1] === 0x4b && (head[2] as number) < 9) return openWorkbook(path, limits)
  if (head.length >= 512 && head.readUInt32BE(0) === 0xd0cf11e0) {
    if (await contains(file, Buffer.from('EncryptedPackage', 'utf16le'))) throw new ReadingError('encrypted')
    throw new ReadingError('unsupported', { found: 'ole' })
  }
  const known = knownOther(head)
  if (known) throw new ReadingError('unsupported', { found: known })
  return openText(file, path, fileName, head, limits)
}

/** Formats this engine knows to be something else than text, by their first bytes. */
function knownOther(head: Buffer): string | null {
  const start = head.toString('latin1', 0, 8)
  if (start.startsWith('MZ') && head.includes(0)) return 'program'
  if (start.startsWith('\x7fELF')) return 'program'
  if (start.startsWith('%PDF')) return 'pdf'
  if (start.startsWith('\xff\xd8\xff') || start.startsWith('\x89PNG') || start.startsWith('GIF8'))
    return 'picture'
  if (start.startsWith('Rar!') || start.startsWith('7z\xbc\xaf') || start.startsWith('\x1f\x8b'))
    return 'archive'
  return null
}

async function contains(file: FileHandle, wanted: Buffer): Promise<boolean> {
  const buffer = Buffer.allocUnsafe(1 << 20)
  for (let position = 0; ; position += buffer.length - wanted.length) {
    const { bytesRead } = await file.read(buffer, 0, buffer.length, position)
    if (bytesRead === 0) return false
    if (buffer.subarray(0, bytesRead).includes(wanted)) return true
    if (bytesRead < buffer.length) return false
  }
}
