import type { InstitutionEntry } from './shapes.ts'
import { foldText } from './text/characters.ts'
import { divisions, findDivision, readDivisionPrefix } from './text/divisions.ts'
import { canonicalName } from './text/institution-name.ts'
import { readParts } from './text/name-parts.ts'
import { normaliseTaxId } from './text/tax-id.ts'

/** Fields of a draft surface, in one run of numbers. */
export const field = {
  entry: 0,
  textStart: 1,
  textLength: 2,
  keyStart: 3,
  keyLength: 4,
  isAlias: 5,
  province: 6,
  city: 7,
  county: 8,
  nameUnit: 9,
  prefixEnd: 10,
  marks: 11,
  lead: 12,
  companyFrom: 13,
  companyTo: 14,
  kind: 15,
  trades: 16,
  ordinals: 17,
  branch: 18,
} as const
export const fieldCount = 19

const nameMax = 250

/** What a chain's store leaves out when it is named in short. */
const companyForm =
  /(大药房|药房|医药|药业|药品|药堂)?(连锁)?(零售)?(连锁)?(药房|医药)?(有限公司|股份有限公司)(?=.)/

interface Place {
  province: number
  city: number
  county: number
}

/** Reads names of a master one by one into runs of numbers; `flat-index.ts` makes the index of them. */
export class Drafts {
  count = 0
  entryCount = 0
  fields = new Int32Array(1024 * fieldCount)
  codes = new Uint16Array(32768)
  codesUsed = 0
  ids = new Uint16Array(16384)
  idStart = new Uint32Array(1025)
  taxes = new Uint16Array(1024)
  taxStart = new Uint32Array(1025)
  taxedCount = 0
  #placeText: readonly (string | null)[] = [null, null, null]
  #place: Place = { province: -1, city: -1, county: -1 }

  addEntry(entry: InstitutionEntry): void {
    const at = this.entryCount++
    if (at + 1 >= this.idStart.length) {
      this.idStart = doubled(this.idStart)
      this.taxStart = doubled(this.taxStart)
    }
    const from = this.idStart[at] as number
    while (from + entry.id.length > this.ids.length) this.ids = doubled(this.ids)
    for (let i = 0; i < entry.id.length; i++) this.ids[from + i] = entry.id.charCodeAt(i)
    this.idStart[at + 1] = from + entry.id.length
    this.#writeTax(at, normaliseTaxId(entry.tax_id))
    const place = this.#placeOf(entry)
    this.#addName(at, entry.name, 0, place)
    for (let i = 0; i < entry.aliases.length; i++) {
      const name = entry.aliases[i] as string
      if (name !== '' && name !== entry.name && entry.aliases.indexOf(name) === i)
        this.#addName(at, name, 1, place)
    }
  }

  #writeTax(entry: number, tax: string): void {
    const from = this.taxStart[entry] as number
    while (from + tax.length > this.taxes.length) this.taxes = doubled(this.taxes)
    for (let i = 0; i < tax.length; i++) this.taxes[from + i] = tax.charCodeAt(i)
    this.taxStart[entry + 1] = from + tax.length
    if (tax !== '') this.taxedCount++
  }

  /** Masters are sorted by place, so the last one often serves again. */
  #placeOf(entry: InstitutionEntry): Place {
    const [p, c, k] = this.#placeText
    if (p === entry.province && c === entry.city && k === entry.county) return this.#place
    const province = findDivision(entry.province, 1, -1)
    let city = findDivision(entry.city, 2, province)
    const county = findDivision(entry.county, 3, city >= 0 ? city : province)
    if (city < 0 && county >= 0) city = divisions.city[county] as number
    this.#placeText = [entry.province, entry.city, entry.county]
    this.#place = { province, city, county }
    return this.#place
  }

  #write(text: string): number {
    const from = this.codesUsed
    while (from + text.length > this.codes.length) this.codes = doubled(this.codes)
    for (let i = 0; i < text.length; i++) this.codes[from + i] = text.charCodeAt(i)
    this.codesUsed = from + text.length
    return from
  }

  #addName(entry: number, name: string, isAlias: number, place: Place): void {
    const key = foldText(name, false).slice(0, nameMax)
    const text = canonicalName(key).slice(0, nameMax)
    if (text === '') return
    let { province, city, county } = place
    const mentions = readDivisionPrefix(text, province)
    const last = mentions[mentions.length - 1]
    const nameUnit = last === undefined ? -1 : unitInside(last.units, city, province)
    if (last !== undefined && nameUnit >= 0 && isAlias === 0) {
      if (province < 0 && last.full) province = divisions.province[nameUnit] as number
      if (divisions.province[nameUnit] === province) {
        if (city < 0 && divisions.level[nameUnit] !== 1) city = divisions.city[nameUnit] as number
        if (county < 0 && divisions.level[nameUnit] === 3 && divisions.city[nameUnit] === city && last.full)
          county = nameUnit
      }
    }
    if ((this.count + 1) * fieldCount > this.fields.length) this.fields = doubled(this.fields)
    const row = this.count++ * fieldCount
    const f = this.fields
    f[row + field.entry] = entry
    f[row + field.keyStart] = this.#write(key)
    f[row + field.keyLength] = key.length
    f[row + field.textStart] = text === key ? (f[row + field.keyStart] as number) : this.#write(text)
    f[row + field.textLength] = text.length
    f[row + field.isAlias] = isAlias
    f[row + field.province] = province
    f[row + field.city] = city
    f[row + field.county] = county
    f[row + field.nameUnit] = nameUnit
    f[row + field.prefixEnd] = last?.end ?? 0
    let marks = 0
    for (let i = 0; i < mentions.length && i < 3; i++) {
      const m = mentions[i]
      if (m !== undefined) marks |= (m.end << (i * 8)) | (m.full ? 1 << (24 + i) : 0)
    }
    f[row + field.marks] = marks
    f[row + field.lead] = leadOf(text, last?.end ?? 0, province, city, county)
    const company = text.includes('有限公司') ? companyForm.exec(text) : null
    f[row + field.companyFrom] = company?.index ?? 0
    f[row + field.companyTo] = company === null ? 0 : company.index + company[0].length
    const parts = readParts(text, last?.end ?? 0)
    f[row + field.kind] = parts.kind
    f[row + field.trades] = parts.trades
    f[row + field.ordinals] = parts.ordinals
    f[row + field.branch] = parts.branch
  }
}

function doubled<T extends Uint16Array | Uint32Array | Int32Array>(old: T): T {
  const next = new (old.constructor as new (n: number) => T)(old.length * 2)
  next.set(old)
  return next
}

function unitInside(units: Int16Array, city: number, province: number): number {
  if (units.length === 1) return units[0] as number
  let found = -1
  for (const u of units) {
    const near = city >= 0 ? divisions.city[u] === city : divisions.province[u] === province
    if (!near) continue
    if (found >= 0) return -1
    found = u
  }
  return found
}

function leadOf(text: string, prefixEnd: number, province: number, city: number, county: number): number {
  let lead = 0
  const leftOut = (unit: number, bit: number) => {
    if (unit < 0) return
    const at = text.indexOf(divisions.short[unit] as string)
    if (at < 0 || at + (divisions.short[unit] as string).length > prefixEnd) lead |= bit
  }
  leftOut(province, 1)
  if (city !== province) leftOut(city, 2)
  if (county !== city) leftOut(county, 4)
  return lead
}
