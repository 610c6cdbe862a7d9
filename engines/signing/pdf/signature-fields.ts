import { isArray, isDict, isRef, nameOf, type PdfDict, type PdfValue } from './pdf-value.ts'
import { type PdfFile, resolve, rootRef } from './read-pdf.ts'

export interface Field {
  number: number
  value: PdfDict
}

/** The signature fields of the form, in their order. */
export function signatureFields(file: PdfFile, objects: Map<number, PdfValue>): Field[] {
  const catalog = objects.get(rootRef(file).number)
  const form = isDict(catalog) ? resolve(objects, catalog.entries.get('AcroForm')) : undefined
  const fields = isDict(form) ? resolve(objects, form.entries.get('Fields')) : undefined
  return (isArray(fields) ? fields.items : []).flatMap((one) => {
    const value = resolve(objects, one)
    const isSignature = isDict(value) && nameOf(value.entries.get('FT')) === 'Sig'
    return isSignature && isRef(one) ? [{ number: one.number, value }] : []
  })
}
