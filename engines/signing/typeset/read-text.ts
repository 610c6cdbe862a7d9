import { inflateSync } from 'node:zlib'
import { type Cursor, parseValue, skipSpace, takeWord } from '../pdf/parse-value.ts'
import {
  isArray,
  isDict,
  isStream,
  isString,
  nameOf,
  type PdfDict,
  type PdfStream,
  type PdfValue,
} from '../pdf/pdf-value.ts'
import { objectsAfter, type PdfFile, pageNumbers, resolve, rootRef } from '../pdf/read-pdf.ts'

export interface PageText {
  /** What belongs to the document, without white space. */
  body: string
  /** Headers, footers and what is repeated: marked as artifacts. */
  artifact: string
}

export interface TextLayer {
  pages: PageText[]
  /** Glyphs drawn as .notdef, or without a character behind them. */
  unknown: number
}

interface FontMap {
  characters: Map<number, string>
}

/** Reads what a viewer would copy from our own typeset PDF: glyph codes through the ToUnicode maps of their fonts. */
export function readTextLayer(file: PdfFile): TextLayer {
  const objects = objectsAfter(file)
  const fonts = new Map<PdfValue | undefined, FontMap>()
  const layer: TextLayer = { pages: [], unknown: 0 }
  for (const number of pageNumbers(objects, rootRef(file))) {
    const page = objects.get(number)
    if (!isDict(page)) continue
    const resources = resolve(objects, page.entries.get('Resources'))
    const fontDict = isDict(resources) ? resolve(objects, resources.entries.get('Font')) : undefined
    const fontOf = (name: string): FontMap | undefined => {
      const found = isDict(fontDict) ? resolve(objects, fontDict.entries.get(name)) : undefined
      if (!isDict(found)) return undefined
      const known = fonts.get(found) ?? fontMap(objects, found)
      fonts.set(found, known)
      return known
    }
    const content = resolve(objects, page.entries.get('Contents'))
    layer.pages.push(
      isStream(content) ? readContent(inflate(content), fontOf, layer) : { body: '', artifact: '' },
    )
  }
  return layer
}

export function inflate(stream: PdfStream): Buffer {
  const filter = stream.dict.entries.get('Filter')
  if (filter === undefined) return Buffer.from(stream.raw)
  if (nameOf(filter) !== 'FlateDecode') throw new Error('stream packed in another way')
  return inflateSync(stream.raw, { maxOutputLength: 64_000_000 })
}

function fontMap(objects: Map<number, PdfValue>, dict: PdfDict): FontMap {
  const characters = new Map<number, string>()
  const stream = resolve(objects, dict.entries.get('ToUnicode'))
  if (!isStream(stream)) return { characters }
  const text = inflate(stream).toString('latin1')
  for (const [, body = ''] of text.matchAll(/beginbfchar([\s\S]*?)endbfchar/g)) {
    for (const [, code = '', value = ''] of body.matchAll(/<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>/g))
      characters.set(Number.parseInt(code, 16), fromUtf16(value))
  }
  for (const [, body = ''] of text.matchAll(/beginbfrange([\s\S]*?)endbfrange/g)) {
    for (const [, low = '', high = '', value = ''] of body.matchAll(
      /<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>/g,
    )) {
      const first = Number.parseInt(low, 16)
      for (let code = first; code <= Number.parseInt(high, 16); code++)
        characters.set(code, String.fromCodePoint((fromUtf16(value).codePointAt(0) ?? 0) + code - first))
    }
  }
  return { characters }
}

function fromUtf16(hex: string): string {
  return Buffer.from(hex, 'hex').swap16().toString('utf16le')
}

/** Walks the operators of a page: the font in use, the marks around, the strings shown. */
function readContent(
  bytes: Buffer,
  fontOf: (name: string) => FontMap | undefined,
  layer: TextLayer,
): PageText {
  const page: PageText = { body: '', artifact: '' }
  const cursor: Cursor = { bytes, at: 0 }
  const marks: boolean[] = []
  let operands: PdfValue[] = []
  let font: FontMap | undefined
  const show = (value: PdfValue | undefined) => {
    const text = decode(value, font, layer)
    if (marks.includes(true)) page.artifact += text
    else page.body += text
  }
  for (;;) {
    skipSpace(cursor)
    if (cursor.at >= bytes.length) return page
    if (!isOperator(bytes[cursor.at] ?? 0)) {
      operands.push(parseValue(cursor))
      continue
    }
    const operator = takeWord(cursor)
    if (operator === 'Tf') font = fontOf(nameOf(operands[0]) ?? '')
    else if (operator === 'BDC' || operator === 'BMC') marks.push(nameOf(operands[0]) === 'Artifact')
    else if (operator === 'EMC') marks.pop()
    else if (operator === 'Tj') show(operands[0])
    else if (operator === 'TJ') for (const one of isArray(operands[0]) ? operands[0].items : []) show(one)
    operands = []
  }
}

function isOperator(byte: number): boolean {
  return (byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a) || byte === 0x27 || byte === 0x22
}

function decode(value: PdfValue | undefined, font: FontMap | undefined, layer: TextLayer): string {
  if (!isString(value)) return ''
  const bytes = Buffer.from(value.bytes)
  let text = ''
  for (let at = 0; at + 1 < bytes.length; at += 2) {
    const code = bytes.readUInt16BE(at)
    const character = font?.characters.get(code)
    if (code === 0 || character === undefined) layer.unknown++
    else text += character
  }
  return text.replace(/[\s\u200b]/gu, '')
}
