import { currentDivisions, formerDivisions } from './divisions.generated.ts'

/** Provinces, cities and counties, current ones numbered in code order; −1 stands for none. */
export interface DivisionBook {
  /** Six-digit administrative code. */
  readonly code: readonly string[]
  readonly name: readonly string[]
  readonly short: readonly string[]
  /** 1 province, 2 city, 3 county. */
  readonly level: Uint8Array
  readonly province: Int16Array
  readonly city: Int16Array
  /** Written name (full, short or former) → the units it may mean. */
  readonly byText: ReadonlyMap<string, Int16Array>
  /** Lengths of the written names that start with these two characters, as bits; by `startOf`. */
  readonly lengths: Uint16Array
  /** Names no longer in use (平谷县, 胶南市). */
  readonly former: ReadonlySet<string>
}

/** A stretch of text that names a division. */
export interface DivisionMention {
  start: number
  end: number
  units: Int16Array
  /** Written with 省, 市, 县, 区 …: then it is surely a division and not part of a proper name. */
  full: boolean
}

const suffix = /[省市县区旗盟]$/
const isSuffix = (code: number) => '省市县区旗盟'.indexOf(String.fromCharCode(code)) >= 0

/** Two characters folded to sixteen bits. */
function startOf(text: string, pos: number): number {
  return ((Math.imul(text.charCodeAt(pos), 31) + text.charCodeAt(pos + 1)) * 7) & 65535
}

function readCurrent() {
  const codes: string[] = []
  const name: string[] = []
  const short: string[] = []
  const parentCode: string[] = []
  for (const item of currentDivisions.trim().split(' ')) {
    const m = /^(\d{6})([^/<]+)(?:\/([^<]+))?(?:<(\d{6}))?$/.exec(item)
    const code = m?.[1]
    const full = m?.[2]
    if (code === undefined || full === undefined) continue
    codes.push(code)
    name.push(full)
    short.push(m?.[3] ?? (full.length > 2 ? full.replace(suffix, '') : full))
    parentCode.push(m?.[4] ?? '')
  }
  return { codes, name, short, parentCode }
}

function buildBook(): DivisionBook {
  const { codes, name, short, parentCode } = readCurrent()
  const n = codes.length
  const at = new Map(codes.map((code, i) => [code, i]))
  const level = new Uint8Array(n)
  const province = new Int16Array(n).fill(-1)
  const city = new Int16Array(n).fill(-1)
  const texts = new Map<string, number[]>()
  const write = (text: string, unit: number) => {
    if (text.length < 2) return
    const list = texts.get(text)
    if (list === undefined) texts.set(text, [unit])
    else if (!list.includes(unit)) list.push(unit)
  }
  codes.forEach((code, i) => {
    const top = at.get(`${code.slice(0, 2)}0000`) ?? -1
    province[i] = top
    const above = parentCode[i] !== '' ? parentCode[i] : `${code.slice(0, 4)}00`
    const parent = at.get(above ?? '') ?? -1
    level[i] = code.endsWith('0000')
      ? 1
      : code.endsWith('00') || parentCode[i] === codes[top] || parent === top
        ? 2
        : 3
    if (level[i] === 1) city[i] = -1
    else city[i] = level[i] === 2 ? i : parent
    write(name[i] as string, i)
    if (!/^(城|矿|郊|市|新)区?$/.test(short[i] as string)) write(short[i] as string, i)
  })
  const former = new Set<string>()
  for (const item of formerDivisions.trim().split(' ')) {
    const text = item.replace(/[\d,]+$/, '')
    if (!texts.has(text)) former.add(text)
    // 黄山市 is a city today and was a county: who writes it means the city.
    else if (texts.get(text)?.some((unit) => name[unit] === text)) continue
    for (const code of item.slice(text.length).split(',')) {
      const unit = at.get(code)
      if (unit !== undefined) write(text, unit)
    }
  }
  const lengths = new Uint16Array(65536)
  const byText = new Map<string, Int16Array>()
  for (const [text, units] of texts) {
    byText.set(text, Int16Array.from(units))
    const start = startOf(text, 0)
    lengths[start] = (lengths[start] as number) | (1 << Math.min(15, text.length))
  }
  return { code: codes, name, short, level, province, city, byText, lengths, former }
}

export const divisions: DivisionBook = buildBook()

/** Tells one edition of the divisions from another: a saved index numbers them by their place in this one. */
export const divisionStamp = (currentDivisions.length * 31 + formerDivisions.length) >>> 0

const shorts: (Uint16Array | undefined)[] = []
/** Short name of a division as character codes. */
export function shortCodes(unit: number): Uint16Array {
  let codes = shorts[unit]
  if (codes === undefined) {
    codes = Uint16Array.from(divisions.short[unit] as string, (ch) => ch.charCodeAt(0))
    shorts[unit] = codes
  }
  return codes
}

/** Is `lower` the same unit as `upper` or inside it? */
export function isWithin(lower: number, upper: number): boolean {
  return lower === upper || divisions.province[lower] === upper || divisions.city[lower] === upper
}

function isInside(unit: number, above: DivisionMention): boolean {
  const { units } = above
  for (let i = 0; i < units.length; i++) {
    const a = units[i] as number
    if (a !== unit && isWithin(unit, a)) return true
  }
  return false
}

function inside(units: Int16Array, above: DivisionMention | undefined, province: number): Int16Array {
  if (above === undefined) {
    if (province < 0 || units.length === 1) return units
    const local = units.filter((u) => divisions.province[u] === province)
    return local.length > 0 ? local : units
  }
  if (units.length === 1) return isInside(units[0] as number, above) ? units : nowhere
  return units.filter((u) => isInside(u, above))
}

const nowhere = new Int16Array(0)

/**
 * The divisions a name starts with, outermost first: 江苏省|苏州市|昆山市|第一人民医院. A written name is taken only if it
 * lies inside the one before it; `province` prefers among equal names. At least one character is left over.
 */
export function readDivisionPrefix(text: string, province: number): DivisionMention[] {
  const chain: DivisionMention[] = []
  let pos = 0
  for (;;) {
    const found = longestAt(text, pos, chain, province)
    if (found === null) break
    chain.push(found)
    pos = found.end
  }
  return chain
}

function longestAt(
  text: string,
  pos: number,
  chain: readonly DivisionMention[],
  province: number,
): DivisionMention | null {
  if (pos + 2 >= text.length) return null
  const lengths = divisions.lengths[startOf(text, pos)] as number
  if (lengths === 0) return null
  for (let len = Math.min(15, text.length - pos - 1); len >= 2; len--) {
    if ((lengths & (1 << len)) === 0) continue
    const word = text.slice(pos, pos + len)
    const units = divisions.byText.get(word)
    if (units === undefined) continue
    // 西藏区|xx, 河南区: a short name before 医院 is often the proper name; the caller weighs that.
    const fitting = inside(units, chain[chain.length - 1], province)
    if (fitting.length === 0) continue
    const full = len > 2 ? isSuffix(word.charCodeAt(len - 1)) : word.charCodeAt(1) === 0x53bf
    return { start: pos, end: pos + len, units: fitting, full }
  }
  return null
}

/** Division by its written name, within a province if that is known; −1 if unknown or doubtful. */
export function findDivision(text: string | null | undefined, level: number, within: number): number {
  if (!text) return -1
  if (level === 1) return findProvince(text)
  const units = divisions.byText.get(text)
  if (units === undefined) return -1
  const fitting = units.filter((u) => divisions.level[u] === level && (within < 0 || isWithin(u, within)))
  return fitting.length === 1 ? (fitting[0] as number) : -1
}

const provinces = new Map<string, number>()
function findProvince(text: string): number {
  let unit = provinces.get(text)
  if (unit === undefined) {
    const units = divisions.byText.get(text)?.filter((u) => divisions.level[u] === 1)
    unit = units?.length === 1 ? (units[0] as number) : -1
    if (provinces.size < 500) provinces.set(text, unit)
  }
  return unit
}
