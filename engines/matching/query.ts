import type { WeighedText } from './alignment.ts'
import { findDivision, readDivisionPrefix } from './divisions.ts'
import { type ParsedName, parseInstitutionName } from './institution-name.ts'
import { isPlainHospital, type NameParts, readParts } from './name-parts.ts'
import type { InstitutionHints } from './shapes.ts'

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
  /** The text behind its divisions, where it starts, and whether it is a mere 医院. */
  core: string
  coreFrom: number
  plain: boolean
}

const nowhere = new Int16Array(0)
const room = 512

export function emptyQuery(): Query {
  return {
    parsed: { key: '', text: '', mentions: [], address: '' },
    parts: { kind: 0, trades: 0, ordinals: '', branch: '' },
    province: -1,
    place: nowhere,
    text: {
      codes: new Uint16Array(room),
      weights: new Float32Array(room),
      isDivision: new Uint8Array(room),
      from: 0,
      length: 0,
    },
    baseWeights: new Float32Array(room),
    textWeight: 0,
    core: '',
    coreFrom: 0,
    plain: false,
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
  q.parsed = parseInstitutionName(raw, q.province)
  const { text, mentions, address } = q.parsed
  q.place = readPlace(address, hints, q.province)
  q.coreFrom = mentions.at(-1)?.end ?? 0
  q.core = text.slice(q.coreFrom)
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
}
