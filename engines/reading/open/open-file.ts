import type { FileHandle } from 'node:fs/promises'
import { open, readFile } from 'node:fs/promises'
import type { OpenPagesOptions } from '../pages/open-pages.ts'
import { ReadingError } from '../reading-error.ts'
import type { ReadingLimits, TableLayout } from '../shapes.ts'
import type { Archive, UnpackBudget } from './archive.ts'
import { isDbf, openDbf } from './dbf-book.ts'
import type { Book, SheetSource } from './source.ts'
import { openText } from './text-file.ts'

// What reads a format is loaded when a file of it comes: most of what reads text is not needed for the others, nor theirs for it.

const HEAD_BYTES = 65_536
/** A zip in a zip in a zip is still somebody's month; deeper is a trap. */
const DEPTH_MAX = 3

/** What openings within one another share. */
interface Opening {
  limits: ReadingLimits
  budget: UnpackBudget
  depth: number
  /** Only this sheet is wanted: the members of an archive that do not hold it stay packed. */
  only: number | undefined
  pages: OpenPagesOptions
}

/**
 * Opens a file by what it contains; its name's extension is only asked where the content leaves two answers.
 * Throws ReadingError 'empty', 'encrypted', 'corrupt', 'too-large' or 'unsupported'. `only` names the one sheet (by its
 * index) that will be read; `pages` says how pages are read.
 */
export async function openFile(
  path: string,
  fileName: string,
  limits: ReadingLimits,
  only?: number,
  pages: OpenPagesOptions = {},
): Promise<Book> {
  return opened(path, fileName, { limits, budget: { bytes: limits.unpacked_bytes }, depth: 1, only, pages })
}

async function opened(path: string, fileName: string, opening: Opening): Promise<Book> {
  const { limits } = opening
  const file = await open(path, 'r')
  try {
    const { size } = await file.stat()
    if (size === 0) throw new ReadingError('empty')
    if (size > limits.file_bytes) throw new ReadingError('too-large', { file_bytes: size })
    const head = Buffer.alloc(Math.min(size, HEAD_BYTES))
    await file.read(head, 0, head.length, 0)
    return guarded(await openByContent(file, path, fileName, head, size, opening))
  } catch (error) {
    throw asReadingError(error)
  } finally {
    await file.close()
  }
}

async function openByContent(
  file: FileHandle,
  path: string,
  fileName: string,
  head: Buffer,
  size: number,
  opening: Opening,
): Promise<Book> {
  const { limits } = opening
  const name = fileName.replace(/\.[^.]*$/, '')
  if (head[0] === 0x50 && head[1] === 0x4b && (head[2] as number) < 9) return openPacked(path, opening)
  if (isOle(head) || isBareWorkbook(head)) {
    const { openXls } = await import('./xls/xls-book.ts')
    return openXls(await readFile(path), limits)
  }
  if (isDbf(head)) return openDbf(path, head, size, name, limits)
  const pages = pagesKind(head)
  if (pages) {
    const { openPages } = await import('../pages/open-pages.ts')
    return openPages(path, pages, limits, opening.pages)
  }
  const known = knownOther(head)
  if (known) throw new ReadingError('unsupported', { found: known })
  return openText(file, path, fileName, head, limits)
}

/** The sheet in which a table was found before; who asks closes the book. */
export async function openTable(
  path: string,
  fileName: string,
  limits: ReadingLimits,
  layout: TableLayout,
  pages: OpenPagesOptions = {},
): Promise<{ book: Book; sheet: SheetSource }> {
  const book = await openFile(path, fileName, limits, layout.sheet_index, pages)
  const sheet = book.sheets.find((each) => each.index === layout.sheet_index)
  if (sheet) return { book, sheet }
  book.close()
  throw new ReadingError('no-table', { sheet: layout.sheet })
}

function isOle(head: Buffer): boolean {
  return head.length >= 8 && head.readUInt32BE(0) === 0xd0cf11e0
}

/** The first record of a workbook without a container, as older report tools write it. */
function isBareWorkbook(head: Buffer): boolean {
  if (head.length < 12 || head[0] !== 0x09 || head[3] !== 0) return false
  const [version, length] = [head[1] as number, head[2] as number]
  return (version === 0 && length === 4) || (/^[248]$/.test(String(version)) && [6, 8, 16].includes(length))
}

/** A zip is a workbook, another office file, or an archive of files. */
async function openPacked(path: string, opening: Opening): Promise<Book> {
  const { limits, budget, depth, only } = opening
  const { openArchive } = await import('./archive.ts')
  const archive = await openArchive(path, limits, budget)
  try {
    const packed = packedKind(archive)
    if (packed === 'workbook') return await (await import('./xlsx-book.ts')).openWorkbook(archive, limits)
    if (packed !== 'files') throw new ReadingError('unsupported', { found: packed })
    if (depth > DEPTH_MAX) throw new ReadingError('too-large', { depth })
    const { openZip } = await import('./zip-book.ts')
    return await openZip(
      archive,
      (member, name, sheet) => opened(member, name, { ...opening, depth: depth + 1, only: sheet }),
      only,
    )
  } catch (error) {
    archive.close()
    throw error
  }
}

function packedKind({ entries }: Archive): string {
  if (entries.has('xl/workbook.bin')) return 'xlsb'
  if (entries.has('[Content_Types].xml') || entries.has('_rels/.rels') || entries.has('xl/workbook.xml')) {
    if (entries.has('word/document.xml')) return 'docx'
    return entries.has('ppt/presentation.xml') ? 'pptx' : 'workbook'
  }
  if (entries.has('mimetype') && entries.has('content.xml')) return 'ods'
  return entries.has('Index/Document.iwa') ? 'numbers' : 'files'
}

function pagesKind(head: Buffer): 'pdf' | 'picture' | null {
  const start = head.toString('latin1', 0, 12)
  if (head.toString('latin1', 0, 1_024).includes('%PDF-')) return 'pdf'
  if (/^(\xff\xd8\xff|\x89PNG|GIF8|BM.{4}\0\0\0\0|II\*\0|MM\0\*|RIFF.{4}WEBP)/s.test(start)) return 'picture'
  return /^.{4}ftyp(hei[cxms]|hev[cxms]|mif1|msf1|avif)/s.test(start) ? 'picture' : null
}

/** Formats this engine knows to be something else than text, by their first bytes. */
function knownOther(head: Buffer): string | null {
  const start = head.toString('latin1', 0, 8)
  if (start.startsWith('MZ') && head.includes(0)) return 'program'
  if (start.startsWith('\x7fELF')) return 'program'
  if (start.startsWith('Rar!') || start.startsWith('7z\xbc\xaf') || start.startsWith('\x1f\x8b'))
    return 'archive'
  return null
}

/** Reading beyond the bytes of a broken file is the file's fault, also when it shows only between two rows. */
function guarded(book: Book): Book {
  const sheets = book.sheets.map((sheet) => {
    const { blocks } = sheet
    const rows = () => guardedRows(sheet.rows())
    return blocks ? { ...sheet, rows, blocks: () => guardedRows(blocks()) } : { ...sheet, rows }
  })
  return { ...book, sheets }
}

async function* guardedRows<Rows>(source: AsyncGenerator<Rows>): AsyncGenerator<Rows> {
  try {
    yield* source
  } catch (error) {
    throw asReadingError(error)
  }
}

function asReadingError(error: unknown): unknown {
  if (error instanceof RangeError) return new ReadingError('corrupt', { reason: error.message })
  return error
}
