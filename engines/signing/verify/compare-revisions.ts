import {
  isDict,
  isRef,
  isStream,
  nameOf,
  type PdfDict,
  type PdfValue,
  readText,
  refsIn,
} from '../pdf/pdf-value.ts'
import { objectsAfter, type PdfFile, pageNumbers, type Revision, rootRef } from '../pdf/read-pdf.ts'
import { signatureFields } from '../pdf/signature-fields.ts'
import type { Finding } from '../shapes.ts'
import { finding } from './findings.ts'

export interface SignedField {
  field: number
  party: string
  /** Index of the revision that signed. */
  revision: number
  /** The signature's own object. */
  signature: number
}

/** Which fields were signed by which revision; and what is wrong with the order of saves. */
export function findSignings(file: PdfFile): { signings: SignedField[]; findings: Finding[] } {
  const signings: SignedField[] = []
  const findings: Finding[] = []
  const signed = new Set<number>()
  for (const [index] of file.revisions.entries()) {
    const objects = objectsAfter(file, index)
    const now = signatureFields(file, objects).filter(
      ({ number, value }) => value.entries.has('V') && !signed.has(number),
    )
    for (const { number, value } of now) {
      signed.add(number)
      const target = value.entries.get('V')
      const party = readText(value.entries.get('T'))
      signings.push({ field: number, party, revision: index, signature: isRef(target) ? target.number : -1 })
    }
    const last = index === file.revisions.length - 1
    if (now.length === 1 || (signings.length === 0 && !last)) continue
    if (signings.length > 0 && now.length === 0)
      findings.push(
        finding(last ? 'revision-after-last-signature' : 'revision-without-signature', {
          revision: index + 1,
        }),
      )
    if (now.length > 1) findings.push(finding('field-shared'))
  }
  if (new Set(signings.map(({ signature }) => signature)).size !== signings.length)
    findings.push(finding('field-shared'))
  return { signings, findings }
}

/**
 * What each save after the first signature changed besides filling one empty field with a signature and its picture. Nothing else is
 * allowed, not even what a viewer would not show: a rewritten object, an object that earlier bytes already refer to, one
 * that hangs on nothing.
 */
export function compareRevisions(file: PdfFile, signings: readonly SignedField[]): Finding[] {
  const first = signings[0]?.revision
  if (first === undefined) return []
  return file.revisions.flatMap((revision, index) =>
    index > first
      ? compareOne(
          file,
          revision,
          index,
          signings.find((one) => one.revision === index),
        )
      : [],
  )
}

function compareOne(
  file: PdfFile,
  revision: Revision,
  index: number,
  signing: SignedField | undefined,
): Finding[] {
  const before = objectsAfter(file, index - 1)
  const saved = { revision: index + 1 }
  const findings = compareTrailers(file.revisions[index - 1], revision, index)
  const root = rootRef(file)
  const pages = pageNumbers(before, root)
  const fields = signatureFields(file, before)
  const referred = new Set([...before.values()].flatMap(refsIn))
  const belongs = signing ? reachable(revision, signing) : new Set<number>()
  for (const number of revision.freed) findings.push(finding('object-changed', { ...saved, object: number }))
  for (const [number, { value }] of revision.objects) {
    const old = before.get(number)
    if (number === signing?.field && isDict(old) && isDict(value)) {
      if (!onlyFilled(old, value, revision))
        findings.push(finding('field-changed', { ...saved, party: signing.party }))
    } else if (old !== undefined) {
      findings.push(changedObject({ number, saved, root: root.number, pages, fields, before }))
    } else if (referred.has(number)) {
      findings.push(finding('object-hidden-before', { ...saved, object: number }))
    } else if (!belongs.has(number)) {
      findings.push(finding('object-stray', { ...saved, object: number }))
    }
  }
  return findings
}

interface Changed {
  number: number
  saved: { revision: number }
  root: number
  pages: number[]
  fields: { number: number; value: PdfDict }[]
  before: Map<number, PdfValue>
}

function changedObject({ number, saved, root, pages, fields, before }: Changed): Finding {
  const page = pages.indexOf(number)
  if (page >= 0) return finding('page-changed', { ...saved, page: page + 1 })
  const field = fields.find((one) => one.number === number)
  if (field) return finding('field-changed', { ...saved, party: readText(field.value.entries.get('T')) })
  const catalog = before.get(root)
  const form = isDict(catalog) ? catalog.entries.get('AcroForm') : undefined
  if (number === root || (isRef(form) && form.number === number)) return finding('form-changed', saved)
  return finding('object-changed', { ...saved, object: number })
}

const TRAILER_KEYS = new Set(['Size', 'Root', 'Info', 'ID', 'Prev'])

function compareTrailers(before: Revision | undefined, now: Revision, index: number): Finding[] {
  const old = before?.trailer.entries ?? new Map()
  const same = ['Root', 'Info', 'ID'].every((key) => equal(old.get(key), now.trailer.entries.get(key)))
  const known = [...now.trailer.entries.keys()].every((key) => TRAILER_KEYS.has(key))
  return same && known && now.size >= (before?.size ?? 0)
    ? []
    : [finding('form-changed', { revision: index + 1 })]
}

/** The field as it was, with a signature and a picture in it, both made by this save. */
function onlyFilled(old: PdfDict, now: PdfDict, revision: Revision): boolean {
  const rest = new Map(now.entries)
  const target = rest.get('V')
  const shown = rest.get('AP')
  rest.delete('V')
  rest.delete('AP')
  if (old.entries.has('V') || old.entries.has('AP') || !equal(old, { kind: 'dict', entries: rest }))
    return false
  const picture = isDict(shown) && shown.entries.size === 1 ? shown.entries.get('N') : undefined
  const form = isRef(picture) ? revision.objects.get(picture.number)?.value : undefined
  return (
    isRef(target) &&
    revision.objects.has(target.number) &&
    isStream(form) &&
    nameOf(form.dict.entries.get('Subtype')) === 'Form'
  )
}

/** Objects of this save that hang on the field it fills. */
function reachable(revision: Revision, signing: SignedField): Set<number> {
  const found = new Set<number>()
  const field = revision.objects.get(signing.field)?.value
  const open = isDict(field)
    ? [field.entries.get('V'), field.entries.get('AP')].flatMap((one) => refsIn(one ?? null))
    : []
  for (let number = open.pop(); number !== undefined; number = open.pop()) {
    const object = revision.objects.get(number)
    if (!object || found.has(number)) continue
    found.add(number)
    open.push(...refsIn(object.value))
  }
  return found
}

/** Whether two values say the same, however they are written. */
export function equal(left: PdfValue | undefined, right: PdfValue | undefined): boolean {
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null)
    return left === right
  if (left.kind === 'name' && right.kind === 'name') return left.name === right.name
  if (left.kind === 'string' && right.kind === 'string') return Buffer.compare(left.bytes, right.bytes) === 0
  if (left.kind === 'ref' && right.kind === 'ref')
    return left.number === right.number && left.generation === right.generation
  if (left.kind === 'array' && right.kind === 'array')
    return (
      left.items.length === right.items.length &&
      left.items.every((one, index) => equal(one, right.items[index]))
    )
  if (left.kind === 'dict' && right.kind === 'dict')
    return (
      left.entries.size === right.entries.size &&
      [...left.entries].every(([key, one]) => equal(one, right.entries.get(key)))
    )
  if (left.kind === 'stream' && right.kind === 'stream')
    return equal(left.dict, right.dict) && Buffer.compare(left.raw, right.raw) === 0
  return false
}
