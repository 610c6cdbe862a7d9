import { deflateSync, inflateSync } from 'node:zlib'
import { appendRevision } from '../pdf/append-revision.ts'
import {
  array,
  dict,
  isArray,
  isDict,
  isStream,
  name,
  type PdfDict,
  type PdfStream,
  type PdfValue,
  ref,
} from '../pdf/pdf-value.ts'
import { objectsAfter, type PdfFile, pageNumbers, readPdf, resolve, rootRef } from '../pdf/read-pdf.ts'
import { signatureFields } from '../pdf/signature-fields.ts'
import type { SampleTrust } from '../samples.ts'

/** What attacks start from: the contract as typeset and after one, two and three signatures. */
export interface Target {
  trust: SampleTrust
  files: [Buffer, Buffer, Buffer, Buffer]
}

export type Edit = (
  changed: Map<number, PdfValue>,
  file: PdfFile,
  objects: Map<number, PdfValue>,
  next: number,
) => void

/** Appends a well-formed revision, as any editor does. */
export function append(bytes: Uint8Array, edit: Edit): Buffer {
  const file = readPdf(bytes)
  const changed = new Map<number, PdfValue>()
  edit(changed, file, objectsAfter(file), file.revisions.at(-1)?.size ?? 1)
  return appendRevision(file, changed).bytes
}

export function pageAt(
  file: PdfFile,
  objects: Map<number, PdfValue>,
  index: number,
): { number: number; page: PdfDict } {
  const number = pageNumbers(objects, rootRef(file))[index] ?? 0
  const page = objects.get(number)
  if (!isDict(page)) throw new Error('no page')
  return { number, page }
}

export function withEntry(value: PdfValue | undefined, key: string, entry: PdfValue): PdfDict {
  if (!isDict(value)) throw new Error('no dictionary')
  return { kind: 'dict', entries: new Map(value.entries).set(key, entry) }
}

export function stream(content: string, entries: Record<string, PdfValue> = {}): PdfStream {
  return { kind: 'stream', dict: dict(entries), raw: Buffer.from(content, 'latin1') }
}

export const WHITE_BOX = '1 1 1 rg 300 500 200 40 re f'

export const whiteNote: Edit = (changed, file, objects, next) => {
  const { number, page } = pageAt(file, objects, 0)
  const before = page.entries.get('Annots')
  const box = { Type: name('XObject'), Subtype: name('Form'), BBox: array([0, 0, 600, 600]) }
  changed.set(next, stream(WHITE_BOX, box))
  changed.set(
    next + 1,
    dict({
      Type: name('Annot'),
      Subtype: name('Stamp'),
      F: 4,
      Rect: array([300, 500, 500, 540]),
      AP: dict({ N: ref(next) }),
    }),
  )
  changed.set(
    number,
    withEntry(page, 'Annots', array([...(isArray(before) ? before.items : []), ref(next + 1)])),
  )
}

export const whiteContent: Edit = (changed, file, objects, next) => {
  const { number, page } = pageAt(file, objects, 0)
  changed.set(next, stream(WHITE_BOX))
  changed.set(number, withEntry(page, 'Contents', array([page.entries.get('Contents') ?? null, ref(next)])))
}

export const addedPage: Edit = (changed, file, objects, next) => {
  const { page } = pageAt(file, objects, 0)
  const parent = page.entries.get('Parent')
  const tree = resolve(objects, parent)
  const kids = isDict(tree) ? tree.entries.get('Kids') : undefined
  const items = isArray(kids) ? kids.items : []
  changed.set(next, withEntry(page, 'Annots', array([])))
  const counted = withEntry(tree, 'Count', items.length + 1)
  if (typeof parent === 'object' && parent?.kind === 'ref')
    changed.set(parent.number, withEntry(counted, 'Kids', array([...items, ref(next)])))
}

export const droppedField: Edit = (changed, file, objects) => {
  const catalog = objects.get(rootRef(file).number)
  const form = isDict(catalog) ? catalog.entries.get('AcroForm') : undefined
  const fields = signatureFields(file, objects).slice(1)
  if (typeof form === 'object' && form?.kind === 'ref')
    changed.set(
      form.number,
      withEntry(objects.get(form.number), 'Fields', array(fields.map(({ number }) => ref(number)))),
    )
}

/** Another text of the same length in the packed content of page 1, so that no offset moves. */
export function replaceText(bytes: Buffer): Buffer {
  const file = readPdf(bytes)
  const objects = objectsAfter(file)
  const content = resolve(objects, pageAt(file, objects, 0).page.entries.get('Contents'))
  if (!isStream(content)) throw new Error('no content')
  const plain = inflateSync(content.raw).toString('latin1')
  const shown = /<([0-9A-F]{4})([0-9A-F]{4})/i.exec(plain)
  if (!shown) throw new Error('no text')
  const other = plain.replaceAll(shown[0], `<${shown[2]}${shown[1]}`)
  const packed = deflateSync(Buffer.from(other, 'latin1'), { level: 9 })
  const out = Buffer.from(bytes)
  const at = out.indexOf(content.raw)
  if (packed.length > content.raw.length) throw new Error('does not fit')
  Buffer.concat([packed, Buffer.alloc(content.raw.length - packed.length)]).copy(out, at)
  return out
}

export const otherText: Edit = (changed, file, objects) => {
  const content = pageAt(file, objects, 0).page.entries.get('Contents')
  if (typeof content === 'object' && content?.kind === 'ref') changed.set(content.number, stream(WHITE_BOX))
}

export const ownLarger: Edit = (changed, file, objects) => {
  const field = signatureFields(file, objects).find(({ value }) => !value.entries.has('V'))
  if (field) changed.set(field.number, withEntry(changed.get(field.number), 'Rect', array([0, 0, 595, 842])))
}

export function patched(bytes: Buffer, from: string, to: string): Buffer {
  const out = Buffer.from(bytes)
  const at = out.lastIndexOf(from, undefined, 'latin1')
  if (at < 0 || from.length !== to.length) throw new Error('not there')
  out.write(to, at, 'latin1')
  return out
}

export function flipped(bytes: Buffer, at: number): Buffer {
  const out = Buffer.from(bytes)
  out.writeUInt8((out[at] ?? 0) ^ 1, at)
  return out
}

/** Another digit where one stands; a flipped bit could make a letter of it that is no digit, which is another fault. */
export function otherDigit(bytes: Buffer, at: number): Buffer {
  const out = Buffer.from(bytes)
  out.write(out.toString('latin1', at, at + 1) === '0' ? '1' : '0', at, 'latin1')
  return out
}

/** The whole file written anew without its last page. */
export function withoutPage(bytes: Buffer): Buffer {
  const text = bytes.toString('latin1')
  const kids = /\/Kids \[([\d R]+)\]/.exec(text)
  const numbers = kids?.[1]?.match(/\d+ 0 R/g) ?? []
  const fewer = `/Kids [${numbers.slice(0, -1).join(' ')}`
  return patched(bytes, kids?.[0] ?? '?', `${fewer.padEnd((kids?.[0].length ?? 1) - 1)}]`)
}
