import { currentDivisions, formerDivisions } from './divisions.generated.ts'

/** Provinces, cities and counties, current ones numbered in code order; −1 stands for none. */
export interface DivisionBook {
  readonly name: readonly string[]
  readonly short: readonly string[]
  /** 1 province, 2 city, 3 county. */
  readonly level: Uint8Array
  readonly province: Int16Array
  readonly city: Int16Array
  /** Written name (full, short or former) → the units it may mean. */
  readonly byText: ReadonlyMap<string, Int16Array>
  /** Longest written name that starts with this character. */
  readonly reach: Uint8Array
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
    for (const code of item.slice(text.length).split(',')) {
      const unit = at.get(code)
      if (unit !== undefined) write(text, unit)
    }
  }
  const reach = new Uint8Array(65536)
  const byText = new Map<string, Int16Array>()
  for (const [text, units] of texts) {
    byText.set(text, Int16Array.from(units))
    const c = text.charCodeAt(0)
    if ((reach[c] as number) < text.length) reach[c] = text.length
  }
  return { name, short, level, province, city, byText, reach, former }
}

export const divisions: DivisionBook = buildBook()

/** Is `lower` the same unit as `upper` or inside it? */
export function isWithin(lower: number, upper: number): boolean {
  return lower === upper || divisions.province[lower] === upper || divisions.city[lower] === upper
}

function inside(units: Int16Array, chain: readonly DivisionMention[], province: number): Int16Array {
  const above = chain[chain.length - 1]
  if (above === undefined) {
    if (province < 0 || units.length === 1) return units
    const local = units.filter((u) => divisions.province[u] === province)
    return local.length > 0 ? local : units
  }
  return units.filter((u) => above.units.some((a) => a !== u && isWithin(u, a)))
}

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
  const reach = divisions.reach[text.charCodeAt(pos)] ?? 0
  for (let len = Math.min(reach, text.length - pos - 1); len >= 2; len--) {
    const word = text.slice(pos, pos + len)
    const units = divisions.byText.get(word)
    if (units === undefined) continue
    // 西藏区|xx, 河南区: a short name before 医院 is often the proper name; the caller weighs that.
    const fitting = inside(units, chain, province)
    if (fitting.length === 0) continue
    const full = suffix.test(word) && word.length > 2 ? true : word.length === 2 && /[县]$/.test(word)
    return { start: pos, end: pos + len, units: fitting, full }
  }
  return null
}

/** Division by its written name, within a province if that is known; −1 if unknown or doubtful. */
export function findDivision(text: string | null | undefined, level: number, within: number): number {
  if (!text) return -1
  const units = divisions.byText.get(text)
  if (units === undefined) return -1
  const fitting = units.filter((u) => divisions.level[u] === level && (within < 0 || isWithin(u, within)))
  return fitting.length === 1 ? (fitting[0] as number) : -1
}
