import { divisionStamp } from './text/divisions.ts'

/**
 * Everything a search reads, as typed arrays. They may lie in one buffer, which is then the saved form and can be shared by
 * worker threads. "Surface" is one written name of an entry; surfaces are numbered by province and city, so that a
 * province or a city is a slice of every posting list.
 */
const sectionTypes = {
  /** Entries: ids in one run, and open addressing from the hash of an id to its entry + 1. */
  idStart: Uint32Array,
  ids: Uint16Array,
  idSlots: Uint32Array,
  /** Tax ids of entries, '' for those without, and open addressing from the hash of one to each of its entries + 1. */
  taxStart: Uint32Array,
  taxes: Uint16Array,
  taxSlots: Uint32Array,
  firstSurface: Uint32Array,
  /** Entries whose id came again later: they no longer count. */
  replaced: Uint32Array,
  /** Surfaces: canonical name (text) and folded name (key) in one run of codes. */
  codes: Uint16Array,
  textStart: Uint32Array,
  textLength: Uint8Array,
  keyStart: Uint32Array,
  keyLength: Uint8Array,
  entry: Uint32Array,
  isAlias: Uint8Array,
  province: Int16Array,
  city: Int16Array,
  county: Int16Array,
  /** Innermost division its name starts with; −1 if none. */
  nameUnit: Int16Array,
  prefixEnd: Uint8Array,
  /** Ends of up to three division words, a byte each, and in the fourth byte which of them are written in full. */
  marks: Uint32Array,
  /** Divisions the name leaves out: 1 province, 2 city, 4 county. */
  lead: Uint8Array,
  /** The form of a chain's company inside the text: from, to. */
  companyFrom: Uint8Array,
  companyTo: Uint8Array,
  kind: Uint8Array,
  trades: Int32Array,
  /** Hashes, 0 for none. */
  ordinals: Uint32Array,
  branch: Uint32Array,
  coreHash: Uint32Array,
  /** How many names have the same core, counted to 255. */
  coreCount: Uint8Array,
  /** Hash of a written form → surfaces, by buckets. */
  bucketStart: Uint32Array,
  bucketHash: Uint32Array,
  bucketSurface: Uint32Array,
  /** Terms: pair of characters → number, its surfaces, what it tells. */
  pairKeys: Uint32Array,
  pairIds: Int32Array,
  termStart: Uint32Array,
  postings: Uint32Array,
  idf: Float32Array,
  mass: Float32Array,
  /** How much a character tells, 0.06 … 1, by code. */
  charWeight: Float32Array,
  /** First surface of each group (0 unknown, else province), one more at the end; first and last + 1 of each city. */
  groupStart: Uint32Array,
  cityStart: Uint32Array,
  cityEnd: Uint32Array,
} as const

type SectionTypes = typeof sectionTypes
type SectionName = keyof SectionTypes
export type FlatIndex = { -readonly [K in SectionName]: SectionTypes[K]['prototype'] }

const sectionNames = Object.keys(sectionTypes) as SectionName[]
const magic = 0x51434d49
const version = 2
const headerWords = 4 + sectionNames.length * 2

/** All sections in one shared buffer: header (magic, version, divisions, count, offset and bytes of each), then the sections. */
export function packIndex(flat: FlatIndex): SharedArrayBuffer {
  let total = headerWords * 4
  const places = sectionNames.map((name) => {
    const at = Math.ceil(total / 8) * 8
    total = at + flat[name].byteLength
    return at
  })
  const buffer = new SharedArrayBuffer(Math.ceil(total / 8) * 8)
  const header = new Uint32Array(buffer, 0, headerWords)
  header.set([magic, version, divisionStamp, sectionNames.length])
  sectionNames.forEach((name, i) => {
    const section = flat[name]
    const at = places[i] as number
    header.set([at, section.byteLength], 4 + i * 2)
    new Uint8Array(buffer, at, section.byteLength).set(
      new Uint8Array(section.buffer, section.byteOffset, section.byteLength),
    )
  })
  return buffer
}

/** Views on a packed index. Throws RangeError when the buffer is none, or was written by another version. */
export function unpackIndex(buffer: ArrayBufferLike): FlatIndex {
  const fits = buffer.byteLength >= headerWords * 4 && buffer.byteLength % 4 === 0
  const header = fits ? new Uint32Array(buffer, 0, headerWords) : new Uint32Array(headerWords)
  if (header[0] !== magic) throw new RangeError('matching: not a saved index')
  if (header[1] !== version || header[2] !== divisionStamp || header[3] !== sectionNames.length)
    throw new RangeError('matching: the index was saved by another version; build it again')
  const flat: Partial<Record<SectionName, unknown>> = {}
  sectionNames.forEach((name, i) => {
    const at = header[4 + i * 2] as number
    const bytes = header[5 + i * 2] as number
    if (at + bytes > buffer.byteLength) throw new RangeError('matching: the saved index is cut off')
    const Type = sectionTypes[name] as Uint8ArrayConstructor
    flat[name] = new Type(buffer, at, bytes / Type.BYTES_PER_ELEMENT)
  })
  return flat as FlatIndex
}

/** Where one of several kinds of written form starts its hash. */
export const seedName = 0x2545f491
export const seedForm = 0x6a09e667
export const seedCore = 0x3c6ef372
export const seedId = 0x510e527f
export const seedTax = 0x1f83d9ab

export function hashMore(hash: number, codes: Uint16Array, from: number, to: number): number {
  let h = hash
  for (let i = from; i < to; i++) {
    h = Math.imul(h ^ (codes[i] as number), 0x9e3779b1)
    h ^= h >>> 15
  }
  return h
}

export function hashEnd(hash: number): number {
  let h = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}

export function hashString(seed: number, text: string): number {
  let h = seed
  for (let i = 0; i < text.length; i++) {
    h = Math.imul(h ^ text.charCodeAt(i), 0x9e3779b1)
    h ^= h >>> 15
  }
  return hashEnd(h)
}

export function idOf(flat: FlatIndex, entry: number): string {
  const { ids } = flat
  const to = flat.idStart[entry + 1] as number
  let text = ''
  for (let i = flat.idStart[entry] as number; i < to; i++) text += String.fromCharCode(ids[i] as number)
  return text
}

/** Entry of an id, −1 if there is none. */
export function entryOfId(flat: FlatIndex, id: string): number {
  const mask = flat.idSlots.length - 1
  for (let slot = hashString(seedId, id) & mask; ; slot = (slot + 1) & mask) {
    const entry = (flat.idSlots[slot] as number) - 1
    if (entry < 0) return -1
    const from = flat.idStart[entry] as number
    if ((flat.idStart[entry + 1] as number) - from !== id.length) continue
    let k = 0
    while (k < id.length && flat.ids[from + k] === id.charCodeAt(k)) k++
    if (k === id.length) return entry
  }
}

/** Tax id of an entry, '' if the master has none. */
export function taxOf(flat: FlatIndex, entry: number): string {
  const from = flat.taxStart[entry] as number
  return String.fromCharCode(...flat.taxes.subarray(from, flat.taxStart[entry + 1] as number))
}

/** Entries of a tax id: those of a hospital with several sites, or of the stores of a chain, may share one. */
export function entriesOfTax(flat: FlatIndex, tax: string): number[] {
  const found: number[] = []
  const mask = flat.taxSlots.length - 1
  for (let slot = hashString(seedTax, tax) & mask; ; slot = (slot + 1) & mask) {
    const entry = (flat.taxSlots[slot] as number) - 1
    if (entry < 0) return found
    if (found.length < taxSharedMax && taxOf(flat, entry) === tax) found.push(entry)
  }
}

/** A chain may have thousands of stores under one tax id; more than a few say nothing. */
const taxSharedMax = 40

/** Surfaces under a hash of a written form are handed to `use`, until it says to stop by returning false. */
export function eachUnder(flat: FlatIndex, hash: number, use: (surface: number) => boolean): void {
  const bits = 31 - Math.clz32(flat.bucketStart.length - 1)
  const bucket = bits === 0 ? 0 : hash >>> (32 - bits)
  const end = flat.bucketStart[bucket + 1] as number
  for (let p = flat.bucketStart[bucket] as number; p < end; p++) {
    if (flat.bucketHash[p] === hash && !use(flat.bucketSurface[p] as number)) return
  }
}

/** Number of a pair of characters, −1 if no name has it. */
export function termOf(flat: Pick<FlatIndex, 'pairKeys' | 'pairIds'>, a: number, b: number): number {
  const key = ((a << 16) | b) >>> 0
  const mask = flat.pairKeys.length - 1
  let slot = (Math.imul(key, 0x9e3779b1) >>> 8) & mask
  for (;;) {
    const found = flat.pairKeys[slot] as number
    if (found === key) return flat.pairIds[slot] as number
    if (found === 0) return -1
    slot = (slot + 1) & mask
  }
}

/** On how many names a pair of characters stands. */
export function pairFrequency(flat: FlatIndex, a: number, b: number): number {
  const term = termOf(flat, a, b)
  return term < 0 ? 0 : (flat.termStart[term + 1] as number) - (flat.termStart[term] as number)
}
