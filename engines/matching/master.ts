import { entriesOfTax, entryOfId, type FlatIndex, idOf, taxOf } from './flat.ts'
import { Drafts } from './flat-builder.ts'
import { buildFlatIndex } from './flat-index.ts'
import { Segment } from './segment.ts'
import type { InstitutionEntry } from './shapes.ts'
import { divisions } from './text/divisions.ts'
import { normaliseTaxId } from './text/tax-id.ts'

/** So many changes are kept in the small part that is built anew at every change; then they join the middle part. */
const recentMax = 200

export function flatten(entries: Iterable<InstitutionEntry>): FlatIndex {
  const drafts = new Drafts()
  for (const entry of entries) drafts.addEntry(entry)
  return buildFlatIndex(drafts)
}

/**
 * A big frozen index and what changed since: a middle part, built when enough has changed, and a recent one, built when it is
 * first asked for. An entry that changed is dead in the part that held it.
 */
export class Master {
  readonly main: Segment
  #middle: Segment | null = null
  #recent: Segment | null = null
  #changed = new Map<string, InstitutionEntry>()
  #segments: Segment[]
  #size: number

  constructor(flat: FlatIndex) {
    this.main = new Segment(flat, flat.charWeight)
    this.#segments = [this.main]
    this.#size = flat.firstSurface.length - flat.replaced.length
  }

  get size(): number {
    return this.#size
  }

  get charWeight(): Float32Array {
    return this.main.flat.charWeight
  }

  has(id: string): boolean {
    return this.#changed.has(id) || this.#holderOf(id) !== null
  }

  #holderOf(id: string): { segment: Segment; entry: number } | null {
    for (const segment of this.#middle === null ? [this.main] : [this.main, this.#middle]) {
      const entry = entryOfId(segment.flat, id)
      if (entry >= 0 && !segment.isDead(entry)) return { segment, entry }
    }
    return null
  }

  /** Whose tax id it is, in its normal form; the stores of a chain may share one. */
  idsOfTax(tax: string): string[] {
    return this.segments().flatMap((segment) =>
      entriesOfTax(segment.flat, tax)
        .filter((entry) => !segment.isDead(entry))
        .map((entry) => idOf(segment.flat, entry)),
    )
  }

  /** Tax id of an entry, '' if it has none or the id is unknown. */
  taxOf(id: string): string {
    const changed = this.#changed.get(id)
    if (changed !== undefined) return normaliseTaxId(changed.tax_id)
    const held = this.#holderOf(id)
    return held === null ? '' : taxOf(held.segment.flat, held.entry)
  }

  /** The entry as far as the index keeps it. Throws RangeError when the id is unknown. */
  need(id: string): InstitutionEntry {
    const changed = this.#changed.get(id)
    if (changed !== undefined) return changed
    const held = this.#holderOf(id)
    if (held === null) throw new RangeError(`matching: no institution ${id}`)
    return readEntry(held.segment.flat, held.entry)
  }

  write(entry: InstitutionEntry): void {
    if (!this.#remove(entry.id)) this.#size++
    this.#changed.set(entry.id, entry)
    this.#recent = null
    this.#segments = []
  }

  retire(id: string): void {
    if (!this.#remove(id)) throw new RangeError(`matching: no institution ${id}`)
    this.#size--
  }

  #remove(id: string): boolean {
    if (this.#changed.delete(id)) {
      this.#recent = null
      this.#segments = []
      return true
    }
    const held = this.#holderOf(id)
    if (held === null) return false
    held.segment.kill(held.entry)
    return true
  }

  segments(): readonly Segment[] {
    if (this.#segments.length > 0) return this.#segments
    if (this.#changed.size > recentMax) {
      const kept = this.#middle === null ? [] : readEntries(this.#middle)
      this.#middle = new Segment(flatten([...kept, ...this.#changed.values()]), this.charWeight)
      this.#changed.clear()
    }
    if (this.#changed.size > 0) this.#recent ??= new Segment(flatten(this.#changed.values()), this.charWeight)
    this.#segments = [this.main]
    if (this.#middle !== null) this.#segments.push(this.#middle)
    if (this.#recent !== null) this.#segments.push(this.#recent)
    return this.#segments
  }

  /** All in one frozen index, changes worked in. */
  frozen(): FlatIndex {
    const changed = this.segments().length > 1 || this.main.dead !== null
    if (!changed) return this.main.flat
    return flatten(this.segments().flatMap((segment) => readEntries(segment)))
  }
}

function readEntries({ flat, dead }: Segment): InstitutionEntry[] {
  const aliases = new Map<number, string[]>()
  for (let i = 0; i < flat.entry.length; i++) {
    if (flat.isAlias[i] === 0) continue
    const entry = flat.entry[i] as number
    const list = aliases.get(entry)
    if (list === undefined) aliases.set(entry, [keyOf(flat, i)])
    else list.push(keyOf(flat, i))
  }
  const out: InstitutionEntry[] = []
  for (let e = 0; e < flat.firstSurface.length; e++)
    if (dead === null || dead[e] === 0) out.push(entryWith(flat, e, aliases.get(e) ?? []))
  return out
}

function keyOf(flat: FlatIndex, surface: number): string {
  const from = flat.keyStart[surface] as number
  return String.fromCharCode(...flat.codes.subarray(from, from + (flat.keyLength[surface] as number)))
}

function readEntry(flat: FlatIndex, entry: number): InstitutionEntry {
  const aliases: string[] = []
  for (let i = 0; i < flat.entry.length; i++)
    if (flat.entry[i] === entry && flat.isAlias[i] === 1) aliases.push(keyOf(flat, i))
  return entryWith(flat, entry, aliases)
}

/** Names come back folded and divisions as they are called today; that makes no difference to a match. */
function entryWith(flat: FlatIndex, entry: number, aliases: string[]): InstitutionEntry {
  const first = flat.firstSurface[entry] as number
  const nameOf = (unit: number) => (unit < 0 ? null : (divisions.name[unit] as string))
  return {
    id: idOf(flat, entry),
    name: keyOf(flat, first),
    aliases,
    province: nameOf(flat.province[first] as number),
    city: nameOf(flat.city[first] as number),
    county: nameOf(flat.county[first] as number),
    type: null,
    level: null,
    tax_id: taxOf(flat, entry) || null,
  }
}
