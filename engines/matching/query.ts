import type { WeighedText } from './alignment.ts'
import { hashEnd, hashMore, hashString, seedCore, seedForm, seedName } from './flat.ts'
import type { InstitutionHints } from './shapes.ts'
import { findDivision, readDivisionPrefix } from './text/divisions.ts'
import { type ParsedName, readInstitutionText } from './text/institution-name.ts'
import { isPlainHospital, type NameParts, readParts } from './text/name-parts.ts'

/** A text made ready for many comparisons; the arrays are reused from text to text. */
export interface Query {
  parsed: ParsedName
  parts: NameParts
  /** Province of the distributor, −1 unknown. */
  province: number
  /** Innermost divisions that an address or the city column names. */
  place: Int16Array
  text: WeighedText
  /** Weights of the characters as such; in `text` those of division words depend on the name compared. */
  baseWeights: Float32Array
  textWeight: number
  /** Where the text behind its divisions starts, and whether it is a mere 医院. */
  coreFrom: number
  plain: boolean
  keyHash: number
  formHash: number
  coreHash: number
  /** Names that have the same rest behind their divisions: anywhere, and in the distributor's province. */
  coreElsewhere: number
  coreLocal: number
}

const nowhere = new Int16Array(0)
const room = 512

export function emptyQuery(): Query {
  return {
    parsed: { key: '', text: '', mentions: [], address: '', noise: 0 },
    parts: { kind: 0, trades: 0, ordinals: 0, branch: 0 },
    province: -1,
    place: nowhere,
    text: {
      codes: new Uint16Array(room),
      weights: new Float32Array(room),
      isDivision: new Uint8Array(room),
      from: 0,
      length: 0,
      lead: 0,
    },
    baseWeights: new Float32Array(room),
    textWeight: 0,
    coreFrom: 0,
    plain: false,
    keyHash: 0,
    formHash: 0,
    coreHash: 0,
    coreElsewhere: 0,
    coreLocal: 0,
  }
}

function readPlace(address: string, hints: InstitutionHints | undefined, province: number): Int16Array {
  const written = address !== '' ? address : (hints?.address ?? '')
  const last = written === '' ? undefined : readDivisionPrefix(written, province).at(-1)
  if (last !== undefined) return last.units
  const city = findDivision(hints?.city, 2, province)
  return city < 0 ? nowhere : Int16Array.of(city)
}

/** Reads `raw` into `q`. */
export function readQuery(
  q: Query,
  raw: string,
  hints: InstitutionHints | undefined,
  charWeight: Float32Array,
): void {
  q.province = findDivision(hints?.province, 1, -1)
  q.parsed = readInstitutionText(raw, q.province)
  const { key, text, mentions, address } = q.parsed
  q.place = readPlace(address, hints, q.province)
  q.coreFrom = mentions.length === 0 ? 0 : (mentions[mentions.length - 1]?.end ?? 0)
  q.parts = readParts(text, q.coreFrom)
  q.plain = q.coreFrom > 0 && q.parts.kind === 1 && isPlainHospital(text, q.coreFrom)
  q.text.length = Math.min(text.length, room)
  q.textWeight = 0
  for (let i = 0; i < q.text.length; i++) {
    const c = text.charCodeAt(i)
    const w = charWeight[c] as number
    q.text.codes[i] = c
    q.text.weights[i] = w
    q.text.isDivision[i] = 0
    q.baseWeights[i] = w
    q.textWeight += w
  }
  for (const m of mentions) q.text.isDivision.fill(1, m.start, m.end)
  q.keyHash = hashString(seedName, key)
  q.formHash = hashEnd(hashMore(seedForm, q.text.codes, 0, q.text.length))
  q.coreHash = hashEnd(hashMore(seedCore, q.text.codes, q.coreFrom, q.text.length))
}

/** Hash of a division's short name followed by the text behind its own divisions. */
export function hashUnder(q: Query, short: Uint16Array): number {
  return hashEnd(
    hashMore(hashMore(seedForm, short, 0, short.length), q.text.codes, q.coreFrom, q.text.length),
  )
}
