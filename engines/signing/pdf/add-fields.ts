import type { FieldPlace } from '../shapes.ts'
import { SigningError } from '../signing-error.ts'
import { appendRevision } from './append-revision.ts'
import { array, dict, isArray, isDict, name, type PdfValue, ref, text } from './pdf-value.ts'
import { objectsAfter, type PdfFile, pageNumbers, rootRef } from './read-pdf.ts'

/** Print, and locked: a viewer must not move it. */
const WIDGET_FLAGS = 4 + 128

/**
 * Appends a form with an empty signature field for each party. Fields are there before anybody signs: a signature then fills one
 * and changes nothing else, and cannot be laid over the text of the contract.
 */
export function addFields(file: PdfFile, fields: readonly FieldPlace[], names: Map<string, string>): Buffer {
  const objects = objectsAfter(file)
  const root = rootRef(file)
  const catalog = objects.get(root.number)
  const pages = pageNumbers(objects, root)
  if (!isDict(catalog) || catalog.entries.has('AcroForm'))
    throw new SigningError('bad-pdf', { reason: 'form' })
  let next = file.revisions.at(-1)?.size ?? 1
  const changed = new Map<number, PdfValue>()
  const form = next++
  const widgets: PdfValue[] = []
  for (const { party, page, rect } of fields) {
    const pageNumber = pages[page - 1]
    const pageDict =
      pageNumber === undefined ? undefined : (changed.get(pageNumber) ?? objects.get(pageNumber))
    if (pageNumber === undefined || !isDict(pageDict)) throw new SigningError('bad-pdf', { reason: 'page' })
    const [x, y, width, height] = rect
    const widget = next++
    changed.set(
      widget,
      dict({
        Type: name('Annot'),
        Subtype: name('Widget'),
        FT: name('Sig'),
        T: text(party),
        TU: text(names.get(party) ?? party),
        F: WIDGET_FLAGS,
        P: ref(pageNumber),
        Rect: array([x, y, x + width, y + height]),
      }),
    )
    widgets.push(ref(widget))
    const before = pageDict.entries.get('Annots')
    const annots = array([...(isArray(before) ? before.items : []), ref(widget)])
    changed.set(pageNumber, { kind: 'dict', entries: new Map(pageDict.entries).set('Annots', annots) })
  }
  changed.set(form, dict({ Fields: array(widgets), SigFlags: 3 }))
  changed.set(root.number, { kind: 'dict', entries: new Map(catalog.entries).set('AcroForm', ref(form)) })
  return appendRevision(file, changed).bytes
}
