import { mkdtempSync, rmSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Entry } from 'yauzl'
import { ReadingError } from '../reading-error.ts'
import type { ReadingErrorCode, ReadingNote } from '../shapes.ts'
import type { Archive } from './archive.ts'
import type { Book, SheetSource } from './source.ts'

const FILES_MAX = 500
/** What systems leave in archives without anybody having put it there. */
const LITTER = /(^|\/)(__MACOSX\/|\._|\.DS_Store$|Thumbs\.db$|desktop\.ini$|~\$)/i
/** Of the reasons why no member could be read, the first of these is told. */
const TOLD: ReadingErrorCode[] = ['too-large', 'encrypted', 'corrupt', 'unsupported', 'no-table', 'empty']

/**
 * An archive of files as one book: the sheets of all members, named by the member. A member that cannot be read is noted
 * and left out; when none can, its reason is the archive's. `only` opens just the member of that sheet's index.
 */
export async function openZip(
  archive: Archive,
  openMember: (path: string, name: string, sheet: number | undefined) => Promise<Book>,
  only: number | undefined,
): Promise<Book> {
  const members = [...archive.entries].filter(([name]) => isMember(name))
  if (members.length > FILES_MAX) throw new ReadingError('too-large', { members: members.length })
  if (members.length === 0) throw new ReadingError('empty')
  const folder = mkdtempSync(join(tmpdir(), 'qucheng-zip-'))
  const books: Book[] = []
  const close = () => {
    for (const book of books) book.close()
    archive.close()
    rmSync(folder, { recursive: true, force: true })
  }
  const notes: ReadingNote[] = []
  const sheets: SheetSource[] = []
  const reasons = new Set<ReadingErrorCode>()
  try {
    for (const [at, [name, entry]] of members.entries()) {
      if (only !== undefined && memberAt(only).at !== at) continue
      try {
        const path = join(folder, String(at))
        await extract(archive, entry, path)
        const inner = only === undefined ? undefined : memberAt(only).inner
        const book = await openMember(path, name.slice(name.lastIndexOf('/') + 1), inner)
        books.push(book)
        sheets.push(...book.sheets.map((sheet) => memberSheet(sheet, name, at)))
        notes.push(...(book.notes ?? []))
        for (const sheet of book.hidden_sheets)
          notes.push({ code: 'hidden-sheet-skipped', params: { sheet: `${name}/${sheet}` } })
      } catch (error) {
        if (!(error instanceof ReadingError)) throw error
        reasons.add(error.code)
        notes.push({ code: 'member-skipped', params: { member: name, reason: error.code } })
      }
    }
    if (sheets.length === 0) throw new ReadingError(TOLD.find((code) => reasons.has(code)) ?? 'no-table')
    return { format: 'zip', sheets, hidden_sheets: [], notes, close }
  } catch (error) {
    close()
    throw error
  }
}

function memberSheet(sheet: SheetSource, member: string, at: number): SheetSource {
  const base = member.slice(member.lastIndexOf('/') + 1)
  const own = sheet.file_name ?? base
  const alone = sheet.name === base.replace(/\.[^.]*$/, '')
  const joined: SheetSource = {
    ...sheet,
    name: alone ? member : `${member}/${sheet.name}`,
    index: at + FILES_MAX * sheet.index,
    file_name: own,
  }
  return joined
}

/** Whether somebody put it there on purpose. */
export function isMember(name: string): boolean {
  return !name.endsWith('/') && !LITTER.test(name)
}

/** Which member a sheet's index means, and which sheet within it. */
export function memberAt(sheet: number): { at: number; inner: number } {
  return { at: sheet % FILES_MAX, inner: Math.floor(sheet / FILES_MAX) }
}

export async function extract(archive: Archive, entry: Entry, path: string) {
  const file = await open(path, 'w')
  try {
    for await (const chunk of archive.unpack(entry)) await file.write(chunk)
  } finally {
    await file.close()
  }
}
