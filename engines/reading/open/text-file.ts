import { createReadStream } from 'node:fs'
import type { FileHandle } from 'node:fs/promises'
import { ReadingError } from '../reading-error.ts'
import type { ReadingLimits } from '../shapes.ts'
import { splitDelimited } from './delimited.ts'
import { detectDelimiter } from './delimiter.ts'
import { detectEncoding, type TextEncoding } from './encoding.ts'
import { fixedColumns, splitFixed } from './fixed-width.ts'
import { openHtml } from './markup/html-book.ts'
import { openSpreadsheetXml } from './markup/spreadsheet-xml.ts'
import type { Book, RawRow } from './source.ts'

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
  if (markup === 'xml') return openSpreadsheetXml(pieces, encoding.name, limits)
  if (markup === 'html') return openHtml(pieces, fileName.replace(/\.[^.]*$/, ''), encoding.name, limits)
  const delimiter = detectDelimiter(text)
  const rows = delimiter
    ? () => splitDelimited(decodeFile(path, encoding), delimiter, limits)
    : fixedRows(path, encoding, text, limits)
  const name = fileName.replace(/\.[^.]*$/, '')
  return {
    format: 'csv',
    encoding: encoding.name,
    delimiter: delimiter || 'fixed',
    sheets: [{ name, index: 0, rows }],
    hidden_sheets: [],
    close() {},
  }
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

async function* decodeFile(path: string, encoding: TextEncoding): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding.name)
  for await (const chunk of createReadStream(path, {
    highWaterMark: STEP_BYTES,
    start: encoding.bom_bytes,
  })) {
    yield decoder.decode(chunk as Buffer, { stream: true })
  }
  const rest = decoder.decode()
  if (rest) yield rest
}
