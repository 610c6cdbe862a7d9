import { X509Certificate } from 'node:crypto'
import { CONTENTS_ROOM, fillSignature, RANGE_ROOM, type Signed } from './fill-signature.ts'
import { appendRevision } from './pdf/append-revision.ts'
import { type Adder, type Appearance, drawAcrossPages, drawAppearance } from './pdf/draw-appearance.ts'
import {
  array,
  dict,
  isArray,
  isDict,
  name,
  type PdfDict,
  type PdfValue,
  readText,
  ref,
  text,
} from './pdf/pdf-value.ts'
import { objectsAfter, type PdfFile, pageNumbers, readPdf, resolve, rootRef } from './pdf/read-pdf.ts'
import { type Field, signatureFields } from './pdf/signature-fields.ts'
import { SigningError } from './signing-error.ts'
import { commonName } from './trust/certificates.ts'
import type { SigningProvider, TimestampAuthority } from './trust/signing-provider.ts'

export interface SignRequest {
  /** Whose field is filled. */
  party: string
  provider: SigningProvider
  /** Written as the time the signer claims; the timestamp is what counts. */
  now: Date
  appearance?: Appearance
  reason?: string
  location?: string
  /** Without one the signature is PAdES-B-B and proves no time. */
  timestamp?: TimestampAuthority
}

/**
 * Signs for one party as an incremental update (PAdES-B-T with a timestamp authority): everything that stood in the file stays, to the
 * byte. Fills the party's empty field and nothing else; with `across_pages` the first signature also lays slices of its seal on
 * every page. Errors: `bad-pdf`, `no-field`, `already-signed`, `not-first`, `bad-picture`, `timestamp-refused`, `signature-too-long`.
 */
export async function signPdf(pdf: Uint8Array, request: SignRequest): Promise<Signed> {
  const file = readPdf(pdf)
  const objects = objectsAfter(file)
  const field = fieldOf(file, objects, request.party)
  const changed = new Map<number, PdfValue>()
  let next = file.revisions.at(-1)?.size ?? 1
  const adder: Adder = {
    add: (value) => {
      changed.set(next, value)
      return next++
    },
  }
  const signature = adder.add(signatureDict(request))
  const [left, bottom, right, top] = rectOf(field.value)
  const appearance = request.appearance ?? {}
  const shown = await drawAppearance(adder, appearance, right - left, top - bottom)
  const filled = new Map(field.value.entries).set('V', ref(signature)).set('AP', dict({ N: ref(shown) }))
  changed.set(field.number, { kind: 'dict', entries: filled })
  if (appearance.across_pages && appearance.seal)
    await sealPages(file, objects, changed, adder, appearance.seal)
  const { bytes, offsets } = appendRevision(file, changed)
  return fillSignature(bytes, offsets.get(signature) ?? 0, request.provider, request.timestamp)
}

/** The party's empty field. */
function fieldOf(file: PdfFile, objects: Map<number, PdfValue>, party: string): Field {
  const found = signatureFields(file, objects).find(({ value }) => readText(value.entries.get('T')) === party)
  if (!found) throw new SigningError('no-field', { party })
  if (found.value.entries.has('V')) throw new SigningError('already-signed', { party })
  return found
}

function rectOf(field: PdfDict): [number, number, number, number] {
  const rect = field.entries.get('Rect')
  const [left, bottom, right, top] = isArray(rect) ? rect.items : []
  if (
    typeof left !== 'number' ||
    typeof bottom !== 'number' ||
    typeof right !== 'number' ||
    typeof top !== 'number'
  )
    throw new SigningError('bad-pdf', { reason: 'field' })
  return [left, bottom, right, top]
}

function signatureDict({ provider, now, reason, location }: SignRequest): PdfDict {
  const own = provider.certificates[0]
  if (!own) throw new SigningError('bad-certificate', { reason: 'none' })
  return dict({
    Type: name('Sig'),
    Filter: name('Adobe.PPKLite'),
    SubFilter: name('ETSI.CAdES.detached'),
    ByteRange: { kind: 'verbatim', text: RANGE_ROOM },
    Contents: { kind: 'verbatim', text: CONTENTS_ROOM },
    M: text(`D:${now.toISOString().replace(/[-:T]/g, '').slice(0, 14)}Z`),
    Name: text(commonName(new X509Certificate(own).subject)),
    Reason: reason === undefined ? undefined : text(reason),
    Location: location === undefined ? undefined : text(location),
  })
}

async function sealPages(
  file: PdfFile,
  objects: Map<number, PdfValue>,
  changed: Map<number, PdfValue>,
  adder: Adder,
  seal: Uint8Array,
): Promise<void> {
  if (signatureFields(file, objects).some(({ value }) => value.entries.has('V')))
    throw new SigningError('not-first')
  const pages = pageNumbers(objects, rootRef(file)).flatMap((number) => {
    const value = objects.get(number)
    return isDict(value) ? [{ number, value }] : []
  })
  const sizes = pages.map(({ value }) => {
    const box = resolve(objects, value.entries.get('MediaBox'))
    const [, , width, height] = isArray(box) ? box.items : []
    if (typeof width !== 'number' || typeof height !== 'number')
      throw new SigningError('bad-pdf', { reason: 'page' })
    return { width, height }
  })
  const stamps = await drawAcrossPages(adder, seal, sizes)
  pages.forEach(({ number, value }, index) => {
    const before = resolve(objects, value.entries.get('Annots'))
    const stamp = adder.add(stamps[index] ?? null)
    const annots = array([...(isArray(before) ? before.items : []), ref(stamp)])
    changed.set(number, { kind: 'dict', entries: new Map(value.entries).set('Annots', annots) })
  })
}
