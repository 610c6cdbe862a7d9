import { badPdf, type Cursor, latin, parseValue, skipSpace, takeText, takeWord } from './parse-value.ts'
import { isDict, isRef, type PdfDict, type PdfRef, type PdfValue } from './pdf-value.ts'

export interface PdfObject {
  number: number
  value: PdfValue
  /** In the file, from its number to behind `endobj`. */
  from: number
  to: number
}

/** What one save wrote: the first is the document, each further one was appended behind it. */
export interface Revision {
  from: number
  /** Behind its %%EOF and the end of that line. */
  to: number
  objects: Map<number, PdfObject>
  /** Numbers it declared free. */
  freed: number[]
  trailer: PdfDict
  size: number
}

export interface PdfFile {
  bytes: Uint8Array
  revisions: Revision[]
}

interface XrefTable {
  at: number
  to: number
  offsets: Map<number, number>
  freed: number[]
  trailer: PdfDict
}

const MOST_REVISIONS = 64
const MOST_OBJECTS = 200_000

/**
 * Reads a PDF with plain cross-reference tables, revision by revision, and accounts for every byte: an object no table names, a
 * table that points elsewhere, bytes behind the end are errors (`bad-pdf`). Viewers repair such files, each in its own way; a
 * signed contract must not need repair.
 */
export function readPdf(bytes: Uint8Array): PdfFile {
  if (latin(bytes, 0, Math.min(5, bytes.length)) !== '%PDF-') throw badPdf('no PDF', 0)
  const tables = readTables(bytes)
  const revisions: Revision[] = []
  let from = 0
  for (const table of tables) {
    revisions.push(readRevision(bytes, from, table))
    from = table.to
  }
  if (from !== bytes.length) throw badPdf('bytes behind the end', from)
  return { bytes, revisions }
}

function readTables(bytes: Uint8Array): XrefTable[] {
  const tail = latin(bytes, Math.max(0, bytes.length - 64), bytes.length)
  const last = /startxref\s+(\d{1,12})\s+%%EOF\s*$/.exec(tail)
  if (!last) throw badPdf('no end', bytes.length)
  const tables: XrefTable[] = []
  let at = Number(last[1])
  for (;;) {
    const table = readTable(bytes, at)
    tables.unshift(table)
    const previous = table.trailer.entries.get('Prev')
    if (previous === undefined) return tables
    if (typeof previous !== 'number' || previous >= at) throw badPdf('tables in a circle', at)
    if (tables.length > MOST_REVISIONS) throw badPdf('too many revisions', at)
    at = previous
  }
}

function readTable(bytes: Uint8Array, at: number): XrefTable {
  const cursor: Cursor = { bytes, at }
  if (at >= bytes.length || !takeText(cursor, 'xref')) throw badPdf('no table of objects', at)
  const offsets = new Map<number, number>()
  const freed: number[] = []
  skipSpace(cursor)
  while (!takeText(cursor, 'trailer')) {
    const first = Number(takeWord(cursor))
    skipSpace(cursor)
    const count = Number(takeWord(cursor))
    skipSpace(cursor)
    if (!Number.isInteger(first) || !Number.isInteger(count) || count > MOST_OBJECTS)
      throw badPdf('bad table', cursor.at)
    for (let number = first; number < first + count; number++) takeEntry(cursor, number, offsets, freed)
    skipSpace(cursor)
  }
  const trailer = parseValue(cursor)
  if (!isDict(trailer)) throw badPdf('no trailer', cursor.at)
  for (const key of ['XRefStm', 'Encrypt'])
    if (trailer.entries.has(key)) throw badPdf(`trailer with ${key}`, cursor.at)
  const end = /^\s*startxref\s+(\d{1,12})\s+%%EOF(\r\n|\n|\r|)/.exec(
    latin(bytes, cursor.at, Math.min(cursor.at + 64, bytes.length)),
  )
  if (!end || Number(end[1]) !== at) throw badPdf('table without its end', cursor.at)
  return { at, to: cursor.at + end[0].length, offsets, freed, trailer }
}

function takeEntry(cursor: Cursor, number: number, offsets: Map<number, number>, freed: number[]): void {
  const entry = /^(\d{10}) (\d{5}) ([nf])[ \r\n]{2}/.exec(
    latin(cursor.bytes, cursor.at, Math.min(cursor.at + 20, cursor.bytes.length)),
  )
  if (!entry) throw badPdf('bad entry', cursor.at)
  if (offsets.has(number) || freed.includes(number)) throw badPdf(`object ${number} twice`, cursor.at)
  cursor.at += 20
  if (entry[3] === 'f') freed.push(number)
  else if (entry[2] !== '00000') throw badPdf('generation', cursor.at)
  else offsets.set(number, Number(entry[1]))
}

function readRevision(bytes: Uint8Array, from: number, table: XrefTable): Revision {
  const objects = new Map<number, PdfObject>()
  const inOrder = [...table.offsets].sort((a, b) => a[1] - b[1])
  let at = from === 0 ? behindHeader(bytes) : from
  for (const [number, offset] of inOrder) {
    if (offset >= table.at) throw badPdf('object outside its revision', offset)
    at = onlySpace(bytes, at, offset)
    const object = readObject(bytes, offset, number)
    objects.set(number, object)
    at = object.to
  }
  onlySpace(bytes, at, table.at)
  const size = table.trailer.entries.get('Size')
  if (typeof size !== 'number') throw badPdf('no size', table.at)
  if ([...objects.keys()].some((number) => number >= size)) throw badPdf('object beyond the size', table.at)
  return { from, to: table.to, objects, freed: table.freed, trailer: table.trailer, size }
}

/** The line with the version, and the comment with high bytes that follows it. */
function behindHeader(bytes: Uint8Array): number {
  return (
    /^%PDF-\d\.\d\s*[\r\n](%[^\r\n]{0,40}[\r\n])?/.exec(latin(bytes, 0, Math.min(80, bytes.length)))?.[0]
      .length ?? 0
  )
}

function onlySpace(bytes: Uint8Array, from: number, to: number): number {
  if (from > to || !/^[\s\0]*$/.test(latin(bytes, from, to))) throw badPdf('bytes that no table names', from)
  return to
}

function readObject(bytes: Uint8Array, offset: number, number: number): PdfObject {
  const cursor: Cursor = { bytes, at: offset }
  if (!takeText(cursor, `${number} 0 obj`)) throw badPdf(`object ${number} is not there`, offset)
  const value = parseValue(cursor)
  skipSpace(cursor)
  const whole = isDict(value) && takeText(cursor, 'stream') ? takeStream(cursor, value) : value
  skipSpace(cursor)
  if (!takeText(cursor, 'endobj')) throw badPdf(`object ${number} does not end`, cursor.at)
  return { number, value: whole, from: offset, to: cursor.at }
}

function takeStream(cursor: Cursor, dict: PdfDict): PdfValue {
  if (!takeText(cursor, '\r\n') && !takeText(cursor, '\n')) throw badPdf('bad stream', cursor.at)
  const length = dict.entries.get('Length')
  if (typeof length !== 'number' || !Number.isInteger(length) || length < 0)
    throw badPdf('stream without length', cursor.at)
  const raw = cursor.bytes.subarray(cursor.at, cursor.at + length)
  cursor.at += length
  takeText(cursor, '\r')
  takeText(cursor, '\n')
  if (!takeText(cursor, 'endstream')) throw badPdf('stream of another length', cursor.at)
  return { kind: 'stream', dict, raw }
}

/** The objects as they stand after revision `upTo` (the last one when it is not given). */
export function objectsAfter(file: PdfFile, upTo = file.revisions.length - 1): Map<number, PdfValue> {
  const objects = new Map<number, PdfValue>()
  for (const revision of file.revisions.slice(0, upTo + 1)) {
    for (const [number, { value }] of revision.objects) objects.set(number, value)
    for (const number of revision.freed) objects.delete(number)
  }
  return objects
}

/** Follows a reference; anything else is itself. */
export function resolve(objects: Map<number, PdfValue>, value: PdfValue | undefined): PdfValue | undefined {
  return isRef(value) ? objects.get(value.number) : value
}

export function rootRef(file: PdfFile): PdfRef {
  const root = file.revisions.at(-1)?.trailer.entries.get('Root')
  if (!isRef(root)) throw badPdf('no root', 0)
  return root
}

/** The pages in order, each as the number of its object. */
export function pageNumbers(objects: Map<number, PdfValue>, root: PdfRef): number[] {
  const seen = new Set<number>()
  const walk = (value: PdfValue | undefined): number[] => {
    if (!isRef(value) || seen.has(value.number)) return []
    seen.add(value.number)
    const node = objects.get(value.number)
    if (!isDict(node)) return []
    const kids = resolve(objects, node.entries.get('Kids'))
    if (typeof kids !== 'object' || kids?.kind !== 'array') return [value.number]
    return kids.items.flatMap(walk)
  }
  const catalog = objects.get(root.number)
  return isDict(catalog) ? walk(catalog.entries.get('Pages')) : []
}
