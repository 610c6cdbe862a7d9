import type { WeighedText } from './alignment.ts'
import { eachUnder, type FlatIndex } from './flat.ts'
import { groupCount, groupOf } from './flat-index.ts'
import { Retriever } from './retrieval.ts'
import { divisions, shortCodes } from './text/divisions.ts'

const room = 384

/** A flat index ready to be searched, with the working arrays a search needs. */
export class Segment {
  readonly flat: FlatIndex
  readonly retriever: Retriever
  /** Entries that have changed since or are retired; null while none has. */
  dead: Uint8Array | null = null
  #charWeight: Float32Array
  /** First surface of each province whose city is known. */
  #firstKnown: Uint32Array
  #form: WeighedText = {
    codes: new Uint16Array(room),
    weights: new Float32Array(room),
    isDivision: new Uint8Array(room),
    from: 0,
    length: 0,
    lead: 0,
  }

  constructor(flat: FlatIndex, charWeight: Float32Array) {
    this.flat = flat
    this.retriever = new Retriever(flat)
    this.#charWeight = charWeight
    this.#firstKnown = flat.groupStart.slice(1, groupCount + 1)
    divisions.level.forEach((_, unit) => {
      if (flat.cityEnd[unit] === 0) return
      const g = groupOf(divisions.province[unit] as number)
      if ((flat.cityStart[unit] as number) < (this.#firstKnown[g] as number))
        this.#firstKnown[g] = flat.cityStart[unit] as number
    })
    for (const entry of flat.replaced) this.kill(entry)
  }

  kill(entry: number): void {
    this.dead ??= new Uint8Array(this.flat.firstSurface.length)
    this.dead[entry] = 1
  }

  isDead(entry: number): boolean {
    return this.dead !== null && this.dead[entry] === 1
  }

  /** Adds the slices of a province, or of a city with the surfaces of its province whose city is unknown. */
  addRange(unit: number, ranges: number[]): void {
    const { groupStart, cityStart, cityEnd } = this.flat
    const g = groupOf(divisions.province[unit] as number)
    const from = groupStart[g] as number
    if (divisions.level[unit] === 1) push(ranges, from, groupStart[g + 1] as number)
    else {
      const city = divisions.city[unit] as number
      push(ranges, from, this.#firstKnown[g] as number)
      if (city >= 0) push(ranges, cityStart[city] as number, cityEnd[city] as number)
    }
  }

  /** Adds the surfaces whose province is unknown. */
  addUnplaced(ranges: number[]): void {
    push(ranges, 0, this.flat.groupStart[1] as number)
  }

  /** How many names have the same rest behind their divisions, counted to 60: all, and those of one province. */
  countCore(hash: number, province: number): { all: number; local: number } {
    const { flat } = this
    let all = 0
    let local = 0
    eachUnder(flat, hash, (surface) => {
      all++
      if (flat.province[surface] === province) local++
      return all < 60
    })
    return { all, local }
  }

  /** Left-out divisions, then the name, ready to be aligned; the object is reused. */
  alignedForm(surface: number): WeighedText {
    const { flat } = this
    const form = this.#form
    const { codes, weights, isDivision } = form
    let at = this.#writeLead(surface)
    form.lead = at
    const from = flat.textStart[surface] as number
    const length = flat.textLength[surface] as number
    const prefixEnd = flat.prefixEnd[surface] as number
    let core = 0
    for (let k = 0; k < length; k++) {
      const c = flat.codes[from + k] as number
      const w = this.#charWeight[c] as number
      codes[at + k] = c
      weights[at + k] = w
      isDivision[at + k] = 0
      if (k >= prefixEnd) core += w
    }
    const companyTo = flat.companyTo[surface] as number
    if (companyTo > 0) weights.fill(0.02, at + (flat.companyFrom[surface] as number), at + companyTo)
    const marks = flat.marks[surface] as number
    let start = 0
    for (let i = 0; i < 3; i++) {
      const end = (marks >>> (i * 8)) & 255
      if (end <= start) break
      this.#lighten(at, start, end, end === prefixEnd, ((marks >>> (24 + i)) & 1) === 1, core)
      start = end
    }
    at += length
    form.length = at
    return form
  }

  /** Division words in a name are often left out: the outer ones cost little, the innermost more. */
  #lighten(at: number, start: number, end: number, inner: boolean, full: boolean, core: number): void {
    if (inner && !full && core < 0.5) return
    const { weights, isDivision } = this.#form
    for (let k = at + start; k < at + end; k++) {
      isDivision[k] = 1
      weights[k] = full && k === at + end - 1 ? 0.04 : inner ? 0.25 : 0.05
    }
  }

  #writeLead(surface: number): number {
    const { flat } = this
    const lead = flat.lead[surface] as number
    let at = 0
    if (lead === 0) return 0
    if ((lead & 1) !== 0) at = this.#writeUnit(shortCodes(flat.province[surface] as number), at)
    if ((lead & 2) !== 0) at = this.#writeUnit(nameCodes(flat.city[surface] as number), at)
    if ((lead & 4) !== 0) at = this.#writeUnit(nameCodes(flat.county[surface] as number), at)
    return at
  }

  #writeUnit(word: Uint16Array, from: number): number {
    const { codes, weights, isDivision } = this.#form
    for (let k = 0; k < word.length; k++) {
      codes[from + k] = word[k] as number
      weights[from + k] = 0.01
      isDivision[from + k] = 1
    }
    return from + word.length
  }
}

function push(ranges: number[], from: number, to: number): void {
  if (from >= to) return
  for (let i = 0; i < ranges.length; i += 2) if (ranges[i] === from && ranges[i + 1] === to) return
  ranges.push(from, to)
}

const names: (Uint16Array | undefined)[] = []
function nameCodes(unit: number): Uint16Array {
  let codes = names[unit]
  if (codes === undefined) {
    codes = Uint16Array.from(divisions.name[unit] as string, (ch) => ch.charCodeAt(0))
    names[unit] = codes
  }
  return codes
}
