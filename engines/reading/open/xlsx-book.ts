import type { Entry } from 'yauzl'
import { ReadingError } from '../reading-error.ts'
import type { ReadingLimits } from '../shapes.ts'
import type { Archive } from './archive.ts'
import type { Book, Merge, RawRow } from './source.ts'
import { columnOf, type SheetWords, sheetRows } from './xlsx-sheet.ts'
import { PackedStrings, readSharedStrings } from './xlsx-strings.ts'
import { numberStyles } from './xlsx-styles.ts'
import { tagsOf, xmlText } from './xlsx-xml.ts'

const SMALL_PART = 20_000_000

/** Opens an xlsx workbook. Shared strings are read once, when the first row of any sheet is asked for. */
export async function openWorkbook(archive: Archive, limits: ReadingLimits): Promise<Book> {
  try {
    const workbookPath = await mainPart(archive)
    const workbook = await smallPart(archive, workbookPath)
    const targets = await relations(archive, workbookPath)
    const sheets = tagsOf(workbook, 'sheet')
    if (sheets.length > limits.sheets) throw new ReadingError('too-large', { sheets: sheets.length })
    const words = lazyWords(archive, workbook, targets, limits)
    const visible = sheets.filter((sheet) => !sheet.state || sheet.state === 'visible')
    return {
      format: 'xlsx',
      sheets: visible.flatMap((sheet, index) => {
        const entry = entryAt(archive, targets.byId.get(sheet.id ?? ''))
        if (!entry || !targets.sheetIds.has(sheet.id ?? '')) return []
        return [
          {
            name: sheet.name ?? '',
            index,
            rows: () => rowsOf(archive, entry, words, limits),
            merges: () => mergesOf(archive, entry),
            hidden_columns: () => hiddenColumns(archive, entry),
          },
        ]
      }),
      hidden_sheets: sheets.filter((sheet) => !visible.includes(sheet)).map((sheet) => sheet.name ?? ''),
      close: archive.close,
    }
  } catch (error) {
    archive.close()
    throw error
  }
}

async function* rowsOf(
  archive: Archive,
  entry: Entry,
  words: () => Promise<SheetWords>,
  limits: ReadingLimits,
): AsyncGenerator<RawRow[]> {
  yield* sheetRows(xmlText(archive.unpack(entry)), await words(), limits)
}

/** Merged cells stand behind the rows: found only where reaching them costs little. */
async function mergesOf(archive: Archive, entry: Entry): Promise<Merge[]> {
  if (entry.uncompressedSize > SMALL_PART) return []
  let tail = ''
  for await (const piece of xmlText(archive.unpack(entry))) {
    const text = tail + piece
    const at = text.search(/<(?:[\w.-]+:)?mergeCells[\s>]/)
    tail = at >= 0 ? text.slice(at) : tail.startsWith('<') ? text : text.slice(-40).replace(/^</, '')
  }
  return tagsOf(tail, 'mergeCell').flatMap((tag) => {
    const match = /^([A-Z]{1,3})(\d+):([A-Z]{1,3})(\d+)$/.exec(tag.ref ?? '')
    if (!match) return []
    const [, left = '', top = '', right = '', bottom = ''] = match
    return [{ left: columnOf(left, 0), right: columnOf(right, 0), top: Number(top), bottom: Number(bottom) }]
  })
}

async function hiddenColumns(archive: Archive, entry: Entry): Promise<number[]> {
  let head = ''
  for await (const piece of xmlText(archive.unpack(entry))) {
    head += piece
    if (head.length > 60_000 || /<(?:[\w.-]+:)?sheetData[\s>/]/.test(head)) break
  }
  const hidden: number[] = []
  for (const col of tagsOf(head.replace(/<(?:[\w.-]+:)?sheetData[\s\S]*/, ''), 'col')) {
    if (col.hidden !== '1' && col.hidden !== 'true') continue
    const end = Math.min(Number(col.max), 400)
    for (let column = Number(col.min); column <= end; column++) hidden.push(column - 1)
  }
  return hidden
}

interface Relations {
  byId: Map<string, string>
  sheetIds: Set<string>
  strings?: string
  styles?: string
}

function lazyWords(
  archive: Archive,
  workbook: string,
  targets: Relations,
  limits: ReadingLimits,
): () => Promise<SheetWords> {
  let words: Promise<SheetWords> | null = null
  return () => {
    words ??= (async () => {
      const strings = entryAt(archive, targets.strings)
      const date1904 = tagsOf(workbook, 'workbookPr')[0]?.date1904
      return {
        strings: strings
          ? await readSharedStrings(xmlText(archive.unpack(strings)), limits)
          : new PackedStrings(),
        styles: entryAt(archive, targets.styles)
          ? numberStyles(await smallPart(archive, targets.styles ?? ''))
          : [],
        from1904: date1904 === '1' || date1904 === 'true',
      }
    })()
    return words
  }
}

/** The workbook part, as the package's own relations name it. */
async function mainPart(archive: Archive): Promise<string> {
  if (entryAt(archive, '_rels/.rels')) {
    const relation = tagsOf(await smallPart(archive, '_rels/.rels'), 'Relationship').find((each) =>
      each.Type?.endsWith('/officeDocument'),
    )
    const target = relation?.Target?.replace(/^\//, '')
    if (target?.endsWith('.xml') && entryAt(archive, target)) return target
  }
  if (entryAt(archive, 'xl/workbook.xml')) return 'xl/workbook.xml'
  throw new ReadingError('unsupported', { found: entryAt(archive, 'xl/workbook.bin') ? 'xlsb' : 'zip' })
}

async function relations(archive: Archive, workbookPath: string): Promise<Relations> {
  const folder = workbookPath.slice(0, workbookPath.lastIndexOf('/') + 1)
  const found: Relations = { byId: new Map(), sheetIds: new Set() }
  const xml = await smallPart(archive, `${folder}_rels/${workbookPath.slice(folder.length)}.rels`)
  for (const relation of tagsOf(xml, 'Relationship')) {
    const target = resolved(folder, relation.Target ?? '')
    found.byId.set(relation.Id ?? '', target)
    if (relation.Type?.endsWith('/worksheet')) found.sheetIds.add(relation.Id ?? '')
    if (relation.Type?.endsWith('/sharedStrings')) found.strings = target
    if (relation.Type?.endsWith('/styles')) found.styles = target
  }
  return found
}

function resolved(folder: string, target: string): string {
  if (target.startsWith('/')) return target.slice(1)
  const parts = folder.split('/').filter(Boolean)
  for (const part of target.split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '.') parts.push(part)
  }
  return parts.join('/')
}

function entryAt(archive: Archive, name: string | undefined): Entry | undefined {
  if (name === undefined) return undefined
  return (
    archive.entries.get(name) ??
    [...archive.entries].find(([each]) => each.toLowerCase() === name.toLowerCase())?.[1]
  )
}

async function smallPart(archive: Archive, name: string): Promise<string> {
  const entry = entryAt(archive, name)
  if (!entry) throw new ReadingError('corrupt', { missing: name })
  if (entry.uncompressedSize > SMALL_PART) throw new ReadingError('too-large', { part: name })
  let text = ''
  for await (const piece of xmlText(archive.unpack(entry))) text += piece
  return text
}
