import type { ParsedInstitutionName } from '../shapes.ts'
import { foldText } from './characters.ts'
import { divisions, findDivision, readDivisionPrefix } from './divisions.ts'
import { canonicalName, stripNoise } from './institution-name.ts'
import { kinds, readParts } from './name-parts.ts'

const broadKinds: Partial<Record<(typeof kinds)[number], ParsedInstitutionName['kind']>> = {
  unknown: 'other',
  'community-station': 'clinic',
  clinic: 'clinic',
  outpatient: 'clinic',
  pharmacy: 'pharmacy',
  company: 'company',
}

/**
 * What a raw text says about the institution it names, for a form that creates it: the name without order prefixes, remarks
 * and address (the spelling is kept), the divisions it starts with as six-digit codes, and a broad kind. `province` is a
 * written name that decides among divisions of the same name. Former divisions give the code of their successor when
 * there is one. Never throws.
 */
export function parseInstitutionName(raw: string, province?: string | null): ParsedInstitutionName {
  const home = findDivision(province, 1, -1)
  const { name, address } = stripNoise(raw)
  const written = foldText(name, false).replaceAll(/[()]/g, (ch) => (ch === '(' ? '（' : '）'))
  const text = canonicalName(name)
  const mentions = readDivisionPrefix(text, home)
  const chain = mentions.length > 0 ? mentions : readDivisionPrefix(address, home)
  const units = chain.at(-1)?.units ?? new Int16Array(0)
  // Several places of the same name: only what they have in common is said.
  const common = (of: (unit: number) => number) => {
    const codes = new Set(Array.from(units, of))
    const [unit] = codes
    return codes.size === 1 && unit !== undefined && unit >= 0 ? (divisions.code[unit] ?? null) : null
  }
  const kind = kinds[readParts(text, mentions.at(-1)?.end ?? 0).kind] ?? 'unknown'
  return {
    name: written,
    province_code: common((u) => divisions.province[u] as number),
    city_code: common((u) => (divisions.level[u] === 1 ? -1 : (divisions.city[u] as number))),
    county_code: common((u) => (divisions.level[u] === 3 ? u : -1)),
    kind: broadKinds[kind] ?? 'hospital',
    address,
  }
}
