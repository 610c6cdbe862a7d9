import { CONTENTS_ROOM, fillSignature, RANGE_ROOM } from '../fill-signature.ts'
import { appendRevision } from '../pdf/append-revision.ts'
import { array, dict, isDict, isString, name, type PdfValue, ref, text } from '../pdf/pdf-value.ts'
import { objectsAfter, readPdf, resolve, rootRef } from '../pdf/read-pdf.ts'
import { signatureFields } from '../pdf/signature-fields.ts'
import { SAMPLE_DAY, sampleStamps, signSample } from '../samples.ts'
import { hashOf } from '../trust/algorithms.ts'
import { createRoot, issueCertificate, localProvider } from '../trust/certificates.ts'
import { OID, readMessage, signMessage } from '../trust/cms.ts'
import * as D from '../trust/der.ts'

import {
  append,
  type Edit,
  otherText,
  pageAt,
  patched,
  stream,
  type Target,
  WHITE_BOX,
  withEntry,
} from './edits.fixture.ts'
export function contentsOf(bytes: Buffer, index: number): { from: number; to: number; message: Buffer } {
  const file = readPdf(bytes)
  const objects = objectsAfter(file)
  const field = signatureFields(file, objects)[index]?.value
  const value = resolve(objects, field?.entries.get('V'))
  const contents = isDict(value) ? value.entries.get('Contents') : undefined
  if (!isString(contents)) throw new Error('no contents')
  return { from: contents.from, to: contents.to, message: D.readDer(contents.bytes, true).raw }
}

/** Writes another message into the room of a signature; nothing else of the file changes. */
export function withMessage(bytes: Buffer, index: number, message: Buffer): Buffer {
  const { from, to } = contentsOf(bytes, index)
  const out = Buffer.from(bytes)
  out.write(message.toString('hex').padEnd(to - from - 2, '0'), from + 1, 'latin1')
  return out
}

/** A signer with another root and the same name, who signs the same bytes. */
export async function forged(target: Target): Promise<Buffer> {
  const [bytes] = [target.files[3]]
  const { from, to } = contentsOf(bytes, 2)
  const validity = { valid_from: new Date('2026-01-01'), valid_to: new Date('2031-01-01') }
  const root = createRoot({ name: '渠成试用签名机构' }, validity)
  const key = issueCertificate(root, 'company', { name: 'Evergreen Sample Medical Co., Ltd.' }, validity)

  const digest = hashOf('sha256', bytes.subarray(0, from), bytes.subarray(to))
  return withMessage(bytes, 2, await signMessage(localProvider(key), { contentType: OID.data, digest }))
}

/** The genuine signature with a certificate of the same issuer name and serial, but another key, put in its place. */
export function swappedCertificate({ files, trust }: Target): Buffer {
  const { message } = contentsOf(files[3], 2)
  const own = trust.companies.agent.certificates[0] ?? Buffer.alloc(0)
  const at = message.indexOf(own)
  const other = Buffer.from(own)
  // A byte of the public key: name, number and length stay.
  const key = other.indexOf(Buffer.from([0x03, 0x42, 0x00, 0x04]))
  const stranger = trust.companies.maker.certificates[0] ?? Buffer.alloc(0)
  const strangerKey = stranger.indexOf(Buffer.from([0x03, 0x42, 0x00, 0x04]))
  stranger.copy(other, key, strangerKey, strangerKey + 68)
  const changed = Buffer.from(message)
  other.copy(changed, at)
  return withMessage(files[3], 2, changed)
}

/** The third signature as it is, with the token of the first in place of its own. */
export async function borrowedToken({ files, trust }: Target): Promise<Buffer> {
  const { from, to, message } = contentsOf(files[3], 2)
  const { signature } = readMessage(message)
  const token = readMessage(contentsOf(files[3], 0).message).unsigned.get(OID.timestampToken)?.raw
  const provider = { ...localProvider(trust.companies.agent), sign: async () => signature }
  const digest = hashOf('sha256', files[3].subarray(0, from), files[3].subarray(to))
  const stamp = async () => token ?? Buffer.alloc(0)
  return withMessage(files[3], 2, await signMessage(provider, { contentType: OID.data, digest }, stamp))
}

/** A party that signs by itself, with more in its revision than our engine would put there. */
export async function dishonest(
  bytes: Buffer,
  target: Target,
  edit: Edit,
  range?: (out: Buffer) => void,
): Promise<Buffer> {
  const file = readPdf(bytes)
  const objects = objectsAfter(file)
  const field = signatureFields(file, objects).find(({ value }) => !value.entries.has('V'))
  if (!field) throw new Error('no field left')
  const size = file.revisions.at(-1)?.size ?? 1
  const changed = new Map<number, PdfValue>()
  const box = { Type: name('XObject'), Subtype: name('Form'), BBox: array([0, 0, 10, 10]) }
  changed.set(
    size,
    dict({
      Type: name('Sig'),
      Filter: name('Adobe.PPKLite'),
      SubFilter: name('ETSI.CAdES.detached'),
      ByteRange: { kind: 'verbatim', text: RANGE_ROOM },
      Contents: { kind: 'verbatim', text: CONTENTS_ROOM },
    }),
  )
  changed.set(size + 1, stream('', box))
  const filled = withEntry(withEntry(field.value, 'V', ref(size)), 'AP', dict({ N: ref(size + 1) }))
  changed.set(field.number, filled)
  edit(changed, file, objects, size + 2)
  const { bytes: out, offsets } = appendRevision(file, changed)
  const { trust } = target
  const now = new Date(SAMPLE_DAY.getTime() + 5 * 60_000)
  const provider = localProvider(trust.companies.distributor)
  const signed = await fillSignature(out, offsets.get(size) ?? 0, provider, sampleStamps(trust, now))
  range?.(signed.pdf)
  return signed.pdf
}

/** Before anybody signs, page 1 is made to point to an object that is not there yet. */
export function prepared(target: Target): Buffer {
  return append(target.files[0], (changed, file, objects, next) => {
    const { number, page } = pageAt(file, objects, 0)
    changed.set(
      number,
      withEntry(page, 'Contents', array([page.entries.get('Contents') ?? null, ref(next + 500)])),
    )
  })
}

export async function hiddenObject(target: Target): Promise<Buffer> {
  const first = (await signSample(prepared(target), 'maker', target.trust, 1)).pdf
  const wanted = (readPdf(target.files[0]).revisions.at(-1)?.size ?? 1) + 500
  return dishonest(first, target, (changed) => changed.set(wanted, stream(WHITE_BOX)))
}

/** A form with a text field that is filled in between two signatures. */
export async function changedValue(target: Target): Promise<Buffer> {
  let field = 0
  const withField = append(target.files[0], (changed, file, objects, next) => {
    field = next
    const catalog = objects.get(rootRef(file).number)
    const form = isDict(catalog) ? catalog.entries.get('AcroForm') : undefined
    if (typeof form !== 'object' || form?.kind !== 'ref') throw new Error('no form')
    const fields = signatureFields(file, objects).map(({ number }) => ref(number))
    changed.set(next, dict({ FT: name('Tx'), T: text('amount'), V: text('500000') }))
    changed.set(form.number, withEntry(objects.get(form.number), 'Fields', array([...fields, ref(next)])))
  })
  const first = (await signSample(withField, 'maker', target.trust, 1)).pdf
  const between = append(first, (changed, _, objects) =>
    changed.set(field, withEntry(objects.get(field), 'V', text('900000'))),
  )
  return (await signSample(between, 'distributor', target.trust, 2)).pdf
}

/** After the last signature its object is written again, with a range that jumps over what was put in between. */
export function wrapped(target: Target): Buffer {
  return append(target.files[3], (changed, file, objects) => {
    const field = signatureFields(file, objects)[2]?.value.entries.get('V')
    if (typeof field !== 'object' || field?.kind !== 'ref') throw new Error('no signature')
    const { from, to } = contentsOf(target.files[3], 2)
    const range = array([0, from, to, target.files[3].length - to])
    changed.set(field.number, withEntry(objects.get(field.number), 'ByteRange', range))
    otherText(changed, file, objects, 0)
  })
}

export const emptied = (contents: PdfValue) => (target: Target) =>
  append(target.files[3], (changed, file, objects) => {
    const field = signatureFields(file, objects)[2]?.value.entries.get('V')
    if (typeof field !== 'object' || field?.kind !== 'ref') throw new Error('no signature')
    changed.set(field.number, withEntry(objects.get(field.number), 'Contents', contents))
  })

/** The range of a signature, shortened by its own signer, who signs exactly those bytes. */
export async function shortRange(target: Target): Promise<Buffer> {
  const out = Buffer.from(target.files[3])
  const { from, to } = contentsOf(out, 2)
  const whole = `[0 ${from} ${to} ${out.length - to}`
  const short = `[0 ${from} ${to} ${out.length - to - 40}`.padEnd(whole.length)
  const cut = patched(out, whole, short)

  const digest = hashOf('sha256', cut.subarray(0, from), cut.subarray(to, cut.length - 40))
  const provider = localProvider(target.trust.companies.agent)
  return withMessage(cut, 2, await signMessage(provider, { contentType: OID.data, digest }))
}

/** The range leaves out a place before the signature. */
export async function gapRange(target: Target): Promise<Buffer> {
  const out = Buffer.from(target.files[3])
  const { from, to } = contentsOf(out, 2)
  const whole = `[0 ${from} ${to} ${out.length - to}`
  const gap = `[0 ${from - 60} ${to} ${out.length - to}`.padEnd(whole.length)
  const cut = patched(out, whole, gap)

  const digest = hashOf('sha256', cut.subarray(0, from - 60), cut.subarray(to))
  const provider = localProvider(target.trust.companies.agent)
  return withMessage(cut, 2, await signMessage(provider, { contentType: OID.data, digest }))
}
