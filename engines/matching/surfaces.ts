import { foldText } from './characters.ts'
import { divisions, findDivision, readDivisionPrefix } from './divisions.ts'
import { canonicalName } from './institution-name.ts'
import { readParts } from './name-parts.ts'
import type { InstitutionEntry } from './shapes.ts'

/** Every written name of every entry, in the order of their province, as flat arrays. */
export interface Surfaces {
  readonly entries: readonly InstitutionEntry[]
  readonly entry: Int32Array
  readonly keys: readonly string[]
  /** Canonical name. */
  readonly texts: readonly string[]
  readonly isAlias: Uint8Array
  readonly province: Int16Array
  readonly city: Int16Array
  readonly county: Int16Array
  /** Innermost division its name starts with; −1 if none. */
  readonly nameUnit: Int16Array
  readonly prefixEnd: Uint8Array
  /** Divisions the name leaves out, to be aligned for free before it. */
  readonly lead: readonly string[]
  readonly kind: Uint8Array
  readonly trades: Int32Array
  readonly ordinals: readonly string[]
  readonly branch: readonly string[]
  /** Group (province + 1; 0 unknown) → first surface; one more at the end. */
  readonly groupStart: Uint32Array
}

const provinceNumbers: number[] = []
divisions.level.forEach((level, i) => {
  if (level === 1) provinceNumbers.push(i)
})
const groupOfUnit = new Map(provinceNumbers.map((unit, i) => [unit, i + 1]))
export const groupCount = provinceNumbers.length + 1

/** Postings are sliced by this: 0 for an unknown province, else 1 … 34. */
export function groupOf(province: number): number {
  return groupOfUnit.get(province) ?? 0
}

interface Draft {
  entry: number
  key: string
  text: string
  alias: number
  province: number
  city: number
  county: number
  nameUnit: number
  prefixEnd: number
  lead: string
}

function unitInside(units: Int16Array, city: number, province: number): number {
  if (units.length === 1) return units[0] as number
  const near = units.filter((u) =>
    city >= 0 ? divisions.city[u] === city : divisions.province[u] === province,
  )
  return near.length === 1 ? (near[0] as number) : -1
}

function draftOf(entry: InstitutionEntry, at: number, name: string, alias: number): Draft {
  let province = findDivision(entry.province, 1, -1)
  let city = findDivision(entry.city, 2, province)
  let county = findDivision(entry.county, 3, city >= 0 ? city : province)
  if (city < 0 && county >= 0) city = divisions.city[county] as number
  const key = foldText(name, false)
  const text = canonicalName(foldText(name, true).replaceAll(' ', ''))
  const mentions = readDivisionPrefix(text, province)
  const last = mentions[mentions.length - 1]
  const nameUnit = last === undefined ? -1 : unitInside(last.units, city, province)
  if (nameUnit >= 0 && alias === 0) {
    if (province < 0 && last?.full) province = divisions.province[nameUnit] as number
    if (divisions.province[nameUnit] === province) {
      if (city < 0 && divisions.level[nameUnit] !== 1) city = divisions.city[nameUnit] as number
      if (county < 0 && divisions.level[nameUnit] === 3 && divisions.city[nameUnit] === city && last?.full)
        county = nameUnit
    }
  }
  const said = mentions.map((m) => text.slice(m.start, m.end)).join('')
  const lead = [province, city, county]
    .filter(
      (unit, i, all) =>
        unit >= 0 && all.indexOf(unit) === i && !said.includes(divisions.short[unit] as string),
    )
    .map((unit) =>
      divisions.level[unit] === 1 ? (divisions.short[unit] as string) : (divisions.name[unit] as string),
    )
    .join('')
  return { entry: at, key, text, alias, province, city, county, nameUnit, prefixEnd: last?.end ?? 0, lead }
}

export function buildSurfaces(entries: readonly InstitutionEntry[]): Surfaces {
  const drafts: Draft[] = []
  entries.forEach((entry, at) => {
    const written = new Set<string>()
    for (const name of [entry.name, ...entry.aliases]) {
      if (name === '' || written.has(name)) continue
      drafts.push(draftOf(entry, at, name, written.size === 0 ? 0 : 1))
      written.add(name)
    }
  })
  drafts.sort((a, b) => groupOf(a.province) - groupOf(b.province) || a.entry - b.entry)
  const groupStart = new Uint32Array(groupCount + 1)
  for (const d of drafts)
    groupStart[groupOf(d.province) + 1] = (groupStart[groupOf(d.province) + 1] as number) + 1
  for (let g = 0; g < groupCount; g++)
    groupStart[g + 1] = (groupStart[g + 1] as number) + (groupStart[g] as number)
  const parts = drafts.map((d) => readParts(d.text, d.prefixEnd))
  return {
    entries,
    entry: Int32Array.from(drafts, (d) => d.entry),
    keys: drafts.map((d) => d.key),
    texts: drafts.map((d) => d.text),
    isAlias: Uint8Array.from(drafts, (d) => d.alias),
    province: Int16Array.from(drafts, (d) => d.province),
    city: Int16Array.from(drafts, (d) => d.city),
    county: Int16Array.from(drafts, (d) => d.county),
    nameUnit: Int16Array.from(drafts, (d) => d.nameUnit),
    prefixEnd: Uint8Array.from(drafts, (d) => Math.min(255, d.prefixEnd)),
    lead: drafts.map((d) => d.lead),
    kind: Uint8Array.from(parts, (p) => p.kind),
    trades: Int32Array.from(parts, (p) => p.trades),
    ordinals: parts.map((p) => p.ordinals),
    branch: parts.map((p) => p.branch),
    groupStart,
  }
}
