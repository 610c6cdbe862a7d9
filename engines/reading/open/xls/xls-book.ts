import { ReadingError } from '../../reading-error.ts'
import type { ReadingLimits } from '../../shapes.ts'
import { NumberTexts } from '../number-texts.ts'
import type { Book, SheetSource } from '../source.ts'
import { builtInStyle, type NumberStyle, styleOfFormat } from '../xlsx-styles.ts'
import { decoderOf, REC, Records } from './biff-records.ts'
import { SharedStringReader, unicodeString } from './biff-strings.ts'
import { type CompoundFile, openCompoundFile } from './compound-file.ts'
import { isBeginning, outlineOf, type XlsOutline, type XlsWords, xlsRows } from './xls-sheet.ts'

interface Globals {
  words: XlsWords
  sheets: { name: string; start: number; hidden: boolean }[]
}

/** Opens an Excel 97–2003 workbook (BIFF8), an Excel 95 one (BIFF5), or the bare older streams report tools write. */
export function openXls(bytes: Buffer, limits: ReadingLimits): Book {
  const { words, sheets } = readGlobals(workbookStream(bytes), limits)
  if (sheets.length > limits.sheets) throw new ReadingError('too-large', { sheets: sheets.length })
  const visible = sheets.filter((sheet) => !sheet.hidden)
  return {
    format: 'xls',
    sheets: visible.map((sheet, index) => sheetSource(words, sheet, index, limits)),
    hidden_sheets: sheets.filter((sheet) => sheet.hidden).map((sheet) => sheet.name),
    close() {},
  }
}

function sheetSource(
  words: XlsWords,
  sheet: { name: string; start: number },
  index: number,
  limits: ReadingLimits,
): SheetSource {
  let outline: XlsOutline | null = null
  const known = () => {
    outline ??= outlineOf(words, sheet.start)
    return outline
  }
  return {
    name: sheet.name,
    index,
    rows: () => xlsRows(words, sheet.start, known(), limits),
    merges: async () => known().merges,
    hidden_columns: async () => known().hidden_columns,
  }
}

/** The stream of records: out of its container, or the file itself where an old tool wrote it bare. */
function workbookStream(bytes: Buffer): Buffer {
  if (bytes.readUInt32BE(0) !== 0xd0cf11e0) return bytes
  const file = openContainer(bytes)
  if (file.names.some((name) => /^(EncryptedPackage|EncryptionInfo)$/.test(name)))
    throw new ReadingError('encrypted')
  const stream = file.stream('Workbook', 'Book')
  if (!stream) throw new ReadingError('unsupported', { found: foundIn(file.names) })
  return stream
}

/** A locked workbook whose container is damaged as well is told by its password first. */
function openContainer(bytes: Buffer): CompoundFile {
  try {
    return openCompoundFile(bytes)
  } catch (error) {
    if (bytes.includes(Buffer.from('EncryptedPackage', 'utf16le'))) throw new ReadingError('encrypted')
    throw error
  }
}

function foundIn(names: string[]): string {
  if (names.includes('WordDocument')) return 'doc'
  if (names.includes('PowerPoint Document')) return 'ppt'
  return 'ole'
}

/** The workbook's part in front of the sheets; a stream older than BIFF5 is one sheet with all of it inside. */
function readGlobals(bytes: Buffer, limits: ReadingLimits): Globals {
  const records = new Records(bytes)
  if (!records.step() || !isBeginning(records.type))
    throw new ReadingError('corrupt', { reason: 'no workbook' })
  const version = versionOf(records)
  const found = {
    formats: new Map<number, string>(),
    styles: [] as number[],
    sheets: [] as Globals['sheets'],
    strings: [] as string[],
    codepage: 0,
    from1904: false,
  }
  while (records.step() && records.type !== REC.eof) {
    if (records.type === REC.filepass) throw new ReadingError('encrypted')
    takeGlobal(records, version, found, limits)
  }
  const styles =
    version === 2
      ? [...found.formats.values()].map((code) => styleOfFormat(code))
      : found.styles.map((id) => styleById(found.formats, id))
  const words: XlsWords = {
    bytes,
    version,
    strings: found.strings,
    numbers: new NumberTexts(styles, found.from1904),
    decoder: decoderOf(found.codepage),
  }
  const sheets = version >= 5 ? found.sheets : [{ name: 'Sheet1', start: 0, hidden: false }]
  return { words, sheets: sheets.filter((sheet) => sheet.start < bytes.length) }
}

function styleById(formats: Map<number, string>, id: number): NumberStyle {
  const code = formats.get(id)
  return code === undefined ? builtInStyle(id) : styleOfFormat(code)
}

function versionOf(records: Records): number {
  if (records.type === 0x09) return 2
  if (records.type === 0x209) return 3
  if (records.type === 0x409) return 4
  const version = records.to - records.from >= 2 ? records.bytes.readUInt16LE(records.from) : 0
  if (version === 0x600) return 8
  return version === 0x500 || version === 0 ? 5 : 8
}

function takeGlobal(
  records: Records,
  version: number,
  found: {
    formats: Map<number, string>
    styles: number[]
    sheets: Globals['sheets']
    strings: string[]
    codepage: number
    from1904: boolean
  },
  limits: ReadingLimits,
) {
  const { type, body } = records
  const text = (at: number) =>
    decoderOf(found.codepage).decode(body.subarray(at + 1, at + 1 + (body[at] ?? 0)))
  if (type === REC.codepage && body.length >= 2) found.codepage = body.readUInt16LE(0)
  else if (type === REC.datemode && body.length >= 2) found.from1904 = body.readUInt16LE(0) === 1
  else if (type === REC.format && body.length >= 4) {
    const code = version === 8 ? unicodeString(body, 2, true).text : text(2)
    found.formats.set(version === 4 ? found.formats.size : body.readUInt16LE(0), code)
  } else if (type === REC.formatOld && body.length >= 1) found.formats.set(found.formats.size, text(0))
  else if (type === REC.xf && body.length >= 4) found.styles.push(body.readUInt16LE(2))
  else if ((type === REC.xf3 || type === REC.xf4) && body.length >= 2) found.styles.push(body.readUInt8(1))
  else if (type === REC.boundsheet && body.length >= 8) {
    // Charts, macros and dialogs are sheets too; only type 0 has cells.
    if ((body.readUInt8(5) & 0x0f) !== 0) return
    const name = version === 8 ? unicodeString(body, 6, false).text : text(6)
    found.sheets.push({ name, start: body.readUInt32LE(0), hidden: (body.readUInt8(4) & 3) !== 0 })
  } else if (type === REC.sst) {
    const parts = [body]
    while (records.peek() === REC.continued && records.step()) parts.push(records.body)
    found.strings = new SharedStringReader(parts).read(limits.shared_strings)
  }
}
