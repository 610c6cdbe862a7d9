export interface PdfName {
  kind: 'name'
  name: string
}
export interface PdfString {
  kind: 'string'
  bytes: Uint8Array
  hex: boolean
  /** Where it stands in the file: of the first bracket, and behind the last. */
  from: number
  to: number
}
export interface PdfRef {
  kind: 'ref'
  number: number
  generation: number
}
export interface PdfArray {
  kind: 'array'
  items: PdfValue[]
}
export interface PdfDict {
  kind: 'dict'
  entries: Map<string, PdfValue>
}
export interface PdfStream {
  kind: 'stream'
  dict: PdfDict
  raw: Uint8Array
}
/** Bytes written as they are: a signature's placeholders. */
export interface PdfVerbatim {
  kind: 'verbatim'
  text: string
}
export type PdfValue =
  | null
  | boolean
  | number
  | PdfName
  | PdfString
  | PdfRef
  | PdfArray
  | PdfDict
  | PdfStream
  | PdfVerbatim

export function isDict(value: PdfValue | undefined): value is PdfDict {
  return typeof value === 'object' && value?.kind === 'dict'
}

export function isArray(value: PdfValue | undefined): value is PdfArray {
  return typeof value === 'object' && value?.kind === 'array'
}

export function isRef(value: PdfValue | undefined): value is PdfRef {
  return typeof value === 'object' && value?.kind === 'ref'
}

export function isStream(value: PdfValue | undefined): value is PdfStream {
  return typeof value === 'object' && value?.kind === 'stream'
}

export function isString(value: PdfValue | undefined): value is PdfString {
  return typeof value === 'object' && value?.kind === 'string'
}

export function nameOf(value: PdfValue | undefined): string | undefined {
  return typeof value === 'object' && value?.kind === 'name' ? value.name : undefined
}

export function name(text: string): PdfName {
  return { kind: 'name', name: text }
}

export function ref(number: number): PdfRef {
  return { kind: 'ref', number, generation: 0 }
}

export function array(items: PdfValue[]): PdfArray {
  return { kind: 'array', items }
}

export function dict(entries: Record<string, PdfValue | undefined>): PdfDict {
  const kept = Object.entries(entries).filter((entry): entry is [string, PdfValue] => entry[1] !== undefined)
  return { kind: 'dict', entries: new Map(kept) }
}

/** A text string: Latin letters as they are, anything else as UTF-16 with its mark. */
export function text(value: string): PdfString {
  const plain = /^[\x20-\x7e]*$/.test(value)
  const bytes = plain ? Buffer.from(value, 'latin1') : Buffer.from(`\ufeff${value}`, 'utf16le').swap16()
  return { kind: 'string', bytes, hex: true, from: 0, to: 0 }
}

export function readText(value: PdfValue | undefined): string {
  if (!isString(value)) return ''
  const { bytes } = value
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  if (bytes[0] === 0xef && bytes[1] === 0xbb) return new TextDecoder('utf-8').decode(bytes)
  return Buffer.from(bytes).toString('latin1')
}

/** Every object a value points to. */
export function refsIn(value: PdfValue): number[] {
  if (typeof value !== 'object' || value === null) return []
  if (value.kind === 'ref') return [value.number]
  if (value.kind === 'array') return value.items.flatMap(refsIn)
  if (value.kind === 'dict') return [...value.entries.values()].flatMap(refsIn)
  return value.kind === 'stream' ? refsIn(value.dict) : []
}
