import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler'
import { addFields } from '../pdf/add-fields.ts'
import { readPdf } from '../pdf/read-pdf.ts'
import type { ContractDocument, FieldPlace } from '../shapes.ts'
import { SigningError } from '../signing-error.ts'
import { font, missingCharacters } from './font.ts'
import { type PreparedDocument, prepareDocument } from './prepare-document.ts'
import { readTextLayer } from './read-text.ts'

export interface Typeset {
  /** PDF 1.7, tagged, with an empty signature field for each party; the bytes that are signed. */
  pdf: Buffer
  pages: number
  fields: FieldPlace[]
}

const FIELD_MM = { width: 74, height: 46 }
const POINTS_PER_MM = 72 / 25.4
const PAGE_HEIGHT = 841.8898

let compiler: NodeCompiler | undefined
let template: string | undefined

/**
 * Typesets a contract at `now` (written into its properties; the same document and time give the same bytes). Data reach Typst
 * as JSON, never as markup. What comes out is checked: no glyph missing, the text layer holds the document's characters, each
 * page has number and page count. Errors: `missing-glyph` with the characters, `bad-document`, `text-differs`, `not-typeset`.
 */
export function typeset(document: ContractDocument, now: Date): Typeset {
  const prepared = prepareDocument(document)
  const missing = [
    ...missingCharacters(prepared.texts.join('') + prepared.header),
    ...missingCharacters(prepared.bold.join(''), 'Bold'),
  ]
  if (missing.length > 0)
    throw new SigningError('missing-glyph', { characters: [...new Set(missing)].join(' ') })
  const { pdf, places } = compile(prepared, now)
  const file = readPdf(pdf)
  const layer = readTextLayer(file)
  checkText(prepared, layer.pages, layer.unknown, document.language)
  const fields = places.map(({ party, page, x, y }): FieldPlace => {
    const width = FIELD_MM.width * POINTS_PER_MM
    const height = FIELD_MM.height * POINTS_PER_MM
    return { party, page, rect: [x, PAGE_HEIGHT - y - height, width, height] }
  })
  if (fields.length !== document.parties.length) throw new SigningError('not-typeset', { reason: 'fields' })
  const names = new Map(document.parties.map(({ key, name }) => [key, name]))
  return { pdf: addFields(file, fields, names), pages: layer.pages.length, fields }
}

interface Place {
  party: string
  page: number
  x: number
  y: number
}

function compile(prepared: PreparedDocument, now: Date): { pdf: Buffer; places: Place[] } {
  compiler ??= NodeCompiler.create({
    // Nothing is read from there; the template is given as text.
    workspace: join(import.meta.dirname, 'no-files'),
    fontArgs: [{ fontBlobs: [font('Regular').bytes, font('Bold').bytes] }],
  })
  template ??= readFileSync(join(import.meta.dirname, 'contract.typ'), 'utf8')
  const compiled = compiler.compile({ mainFileContent: template, inputs: { document: prepared.json } })
  const made = compiled.result
  if (!made)
    throw new SigningError('not-typeset', { reason: reasonOf(compiled.takeDiagnostics()?.shortDiagnostics) })
  const warned = compiled.takeWarnings()?.shortDiagnostics ?? []
  if (warned.length > 0) throw new SigningError('not-typeset', { reason: reasonOf(warned) })
  const found = compiler.query(made, { selector: '<field>' }) as { value: Place }[]
  const pdf = compiler.pdf(made, { pdfStandard: '1.7', creationTimestamp: Math.floor(now.getTime() / 1000) })
  // Else every contract of the day stays in its cache.
  compiler.evictCache(4)
  return { pdf, places: found.map(({ value }) => value) }
}

function reasonOf(diagnostics: { message?: string }[] | undefined): string {
  return (diagnostics ?? [])
    .map(({ message }) => message ?? '')
    .join('; ')
    .slice(0, 300)
}

function checkText(
  prepared: PreparedDocument,
  pages: { body: string; artifact: string }[],
  unknown: number,
  language: 'zh' | 'en',
): void {
  if (unknown > 0) throw new SigningError('missing-glyph', { glyphs: unknown })
  const wanted = counts(prepared.texts.join(''))
  const got = counts(pages.map(({ body }) => body).join(''))
  const differing = [...new Set([...wanted.keys(), ...got.keys()])].filter(
    (one) => wanted.get(one) !== got.get(one),
  )
  if (differing.length > 0)
    throw new SigningError('text-differs', { characters: differing.slice(0, 40).join(' ') })
  const header = squeeze(prepared.header)
  pages.forEach(({ artifact }, index) => {
    const footer =
      language === 'zh' ? `第${index + 1}页共${pages.length}页` : `Page${index + 1}of${pages.length}`
    if (!artifact.includes(header) || !artifact.includes(footer))
      throw new SigningError('text-differs', { page: index + 1 })
  })
}

function squeeze(text: string): string {
  return text.replace(/[\s\u200b]/gu, '')
}

function counts(text: string): Map<string, number> {
  const found = new Map<string, number>()
  for (const character of squeeze(text)) found.set(character, (found.get(character) ?? 0) + 1)
  return found
}
