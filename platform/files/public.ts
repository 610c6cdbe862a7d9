import { extname, join } from 'node:path'
import type { Readable } from 'node:stream'
import { found, Refusal } from '#kit/refusal.ts'
import type { Ctx } from '../ctx.ts'
import { findActiveContent } from './active-content.ts'
import { type Scanner, ScannerAway, scanBytes } from './scan-bytes.ts'
import { openBytes, pathOfBytes, type StoredBytes, storeBytes } from './store-bytes.ts'

export { type StoredBytes, storeBytes }

/** A file row: the bytes lie under `sha256`, the name is data. */
export interface StoredFile extends StoredBytes {
  id: string
  file_name: string
}

let root = ''
let scanner: Scanner | undefined

/** Says once at start where files lie, and who looks at those from outside before they are taken. */
export function setFilesRoot(dataDir: string, clamd?: Scanner): void {
  root = dataDir
  scanner = clamd
}

/** The place of a file's bytes on this machine, for readers that need a path. */
export function pathOfFile(sha256: string): string {
  return pathOfBytes(root, sha256)
}

/** A folder beside the files, for what is made of them and can be made again. */
export function folderBesideFiles(name: string): string {
  return join(root, name)
}

/** Puts bytes made by the system itself (an export, an error workbook) into the store. */
export function storeMade(source: Readable, maxBytes = 2 ** 31): Promise<StoredBytes> {
  return storeBytes(root, source, maxBytes)
}

/**
 * Takes bytes from outside into the store, scanned for viruses when there is a scanner. What is found is not kept. Refuses
 * files.too-large, files.empty, files.infected (its params are `name` and `signature`), and files.scanner-away: nothing
 * passes unseen because the scanner is down.
 */
export async function storeReceived(
  source: Readable,
  file_name: string,
  maxBytes: number,
): Promise<StoredBytes> {
  const name = cleanFileName(file_name).slice(-80)
  let active_content: string[] = []
  const bytes = await storeBytes(root, source, maxBytes, async (path, { byte_size }) => {
    if (byte_size === 0) throw new Refusal('files.empty', { name })
    active_content = await findActiveContent(path)
    if (!scanner) return
    const signature = await scanBytes(scanner, path).catch((error) => {
      if (!(error instanceof ScannerAway)) throw error
      throw new Refusal('files.scanner-away', {}, { status: 503 })
    })
    if (signature) throw new Refusal('files.infected', { name, signature })
  })
  return { ...bytes, active_content }
}

/** Writes the row of stored bytes. The name loses control and direction marks and any folder. */
export async function recordFile(
  ctx: Ctx,
  bytes: StoredBytes,
  file: { file_name: string; purpose: string; distributorId?: string | null },
): Promise<StoredFile> {
  const name = cleanFileName(file.file_name)
  const row = await ctx.db
    .insertInto('files')
    .values({
      company_id: ctx.companyId,
      sha256: bytes.sha256,
      byte_size: bytes.byte_size,
      file_name: name,
      media_kind: extname(name).slice(1).toLowerCase(),
      purpose: file.purpose,
      distributor_id:
        file.distributorId ?? (ctx.scope.kind === 'distributor' ? ctx.scope.distributorId : null),
      person_id: ctx.personId,
      active_content: bytes.active_content ?? [],
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return { ...bytes, id: row.id, file_name: name }
}

/** The file as the reader may see it, opened for sending. */
export async function openFile(ctx: Ctx, id: string): Promise<{ file_name: string; body: Readable }> {
  const file = found(
    await ctx.db
      .selectFrom('files')
      .where('company_id', '=', ctx.companyId)
      .where('id', '=', id)
      .select(['sha256', 'byte_size', 'file_name'])
      .executeTakeFirst(),
    'file',
  )
  return { file_name: file.file_name, body: await openBytes(root, file.sha256, file.byte_size) }
}

function cleanFileName(name: string): string {
  const last = name.split(/[/\\]/).pop() ?? ''
  // Control, zero-width and bidirectional marks would let a name look like another.
  const plain = last.normalize('NFC').replace(/[\p{Cc}\p{Cf}]/gu, '')
  return plain.slice(-180) || 'file'
}
