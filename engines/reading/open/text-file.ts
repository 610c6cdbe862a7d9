import { createReadStream } from 'node:fs'
import type { FileHandle } from 'node:fs/promises'
import { ReadingError } from '../reading-error.ts'
import type { ReadingLimits } from '../shapes.ts'
import { type ByteRows, splitBytes, splitsByBytes } from './byte-rows.ts'
import { CellTexts } from './cell-texts.ts'
import { splitDelimited } from './delimited.ts'
import { detectDelimiter } from './delimiter.ts'
import { detectEncoding, type TextEncoding } from './encoding.ts'
import { fixedColumns, splitFixed } from './fixed-width.ts'
import type { Book, RawRow, SheetSource } from './source.ts'

const STEP_BYTES = 1 << 16
const HEAD_CHARS = 60_000

/** A text file as a book of one sheet: encoding, delimiter or fixed columns found from the content. */
export async function openText(
  file: FileHandle,
  path: string,
  fileName: string,
  head: Buffer,
  limits: ReadingLimits,
): Promise<Book> {
  const encoding = await detectEncoding(file, head)
  const text = new TextDecoder(encoding.name).decode(head, { stream: true }).slice(0, HEAD_CHARS)
  refuseBinary(text)
  if (!text.trim()) throw new ReadingError('empty')
  const markup = markupOf(text)
  const pieces = () => decodeFile(path, encoding)
  if (markup === 'xml') {
    const { openSpreadsheetXml } = await import('./markup/spreadsheet-xml.ts')
    return openSpreadsheetXml(pieces, encoding.name, limits)
  }
  if (markup === 'html') {
    const { openHtml } = await import('./markup/html-book.ts')
    return openHtml(pieces, fileName.replace(/\.[^.]*$/, ''), encoding.name, limits)
  }
  const delimiter = detectDelimiter(text)
  const sheet: SheetSource = {
    name: fileName.replace(/\.[^.]*$/, ''),
    index: 0,
    rows: delimiter
      ? () => splitDelimited(decodeFile(path, encoding), delimiter, limits)
      : fixedRows(path, encoding, text, limits),
  }
  if (delimiter && splitsByBytes(encoding, delimiter)) {
    const blocks = () => splitBlocks(path, encoding, delimiter, limits)
    sheet.blocks = blocks
    sheet.rows = () => rowsOfBlocks(blocks())
  }
  return {
    format: 'csv',
    encoding: encoding.name,
    delimiter: delimiter || 'fixed',
    sheets: [sheet],
    hidden_sheets: [],
    close() {},
  }
}

/** Rows as bytes; from where bytes do not tell them apart any more, as texts. */
async function* splitBlocks(
  path: string,
  encoding: TextEncoding,
  delimiter: string,
  limits: ReadingLimits,
): AsyncGenerator<ByteRows | RawRow[]> {
  const rest = yield* splitBytes(path, encoding, delimiter, limits)
  if (!rest) return
  const pieces = decodeFile(path, { name: encoding.name, bom_bytes: rest.offset }, true)
  yield* splitDelimited(pieces, delimiter, limits, rest.rows)
}

async function* rowsOfBlocks(blocks: AsyncGenerator<ByteRows | RawRow[]>): AsyncGenerator<RawRow[]> {
  const texts = new CellTexts()
  for await (const block of blocks) yield Array.isArray(block) ? block : texts.rowsOf(block)
}

function fixedRows(
  path: string,
  encoding: TextEncoding,
  head: string,
  limits: ReadingLimits,
): () => AsyncGenerator<RawRow[]> {
  const starts = fixedColumns(head)
  return () => splitFixed(decodeFile(path, encoding), starts, limits)
}

/** Text holds no control characters; a few may stand in what an old printer program wrote. */
function refuseBinary(text: string) {
  let control = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code < 32 && code !== 9 && code !== 10 && code !== 13 && code !== 12 && code !== 1 && code !== 27)
      control++
    else if (code === 0xfffd) control++
  }
  if (control * 50 > text.length) throw new ReadingError('unsupported', { found: 'binary' })
}

/** What a text in angle brackets is: a workbook in XML, or a page whose tables count. */
function markupOf(text: string): 'xml' | 'html' | null {
  const start = text
    .slice(0, 4_000)
    .trimStart()
    .replace(/^\ufeff/, '')
  if (!/^<[!?a-z]/i.test(start)) return null
  if (/^<\?xml/i.test(start) || /^<(\w+:)?Workbook[\s>]/.test(start)) {
    if (/<(\w+:)?Workbook[\s>]/.test(start) || start.includes('urn:schemas-microsoft-com:office:spreadsheet'))
      return /<html[\s>]/i.test(start) ? 'html' : 'xml'
  }
  if (/<(html|table|tr|td|body|head|meta|style|div|center|font|p|span|form|br|!doctype)[\s>/]/i.test(start))
    return 'html'
  if (/^<\?xml/i.test(start)) throw new ReadingError('unsupported', { found: 'xml' })
  return null
}

/** `ignoreBOM`: what is read does not begin with the file, so a mark is no mark. */
async function* decodeFile(path: string, encoding: TextEncoding, ignoreBOM = false): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding.name, { ignoreBOM })
  for await (const chunk of createReadStream(path, {
    highWaterMark: STEP_BYTES,
    start: encoding.bom_bytes,
  })) {
    yield decoder.decode(chunk as Buffer, { stream: true })
  }
  const rest = decoder.decode()
  if (rest) yield rest
}
