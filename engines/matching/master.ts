import { buildSegment, type Segment } from './segment.ts'
import type { InstitutionEntry } from './shapes.ts'

/** Beyond this many changes the whole is built anew. */
const changesMax = 2000

/**
 * The entries and their segments: a big one built once, and a small one of what changed since, built when it is first asked
 * for. An entry that changed is dead in the big segment.
 */
export class Master {
  #main: Segment
  #fresh = new Map<string, InstitutionEntry>()
  #freshSegment: Segment | null = null
  #known: Map<string, InstitutionEntry>
  #replaced = new Set<string>()

  constructor(entries: readonly InstitutionEntry[]) {
    this.#known = new Map(entries.map((e) => [e.id, e]))
    this.#main = buildSegment([...this.#known.values()])
  }

  get size(): number {
    return this.#known.size
  }

  get charWeight(): Float32Array {
    return this.#main.charWeight
  }

  has(id: string): boolean {
    return this.#known.has(id)
  }

  need(id: string): InstitutionEntry {
    const entry = this.#known.get(id)
    if (entry === undefined) throw new RangeError(`matching: no institution ${id}`)
    return entry
  }

  write(entry: InstitutionEntry): void {
    this.#known.set(entry.id, entry)
    this.#replaced.add(entry.id)
    this.#fresh.set(entry.id, entry)
    this.#freshSegment = null
  }

  retire(id: string): void {
    this.need(id)
    this.#known.delete(id)
    this.#replaced.add(id)
    if (this.#fresh.delete(id)) this.#freshSegment = null
  }

  segments(): readonly Segment[] {
    if (this.#fresh.size > changesMax) {
      this.#main = buildSegment([...this.#known.values()])
      this.#fresh.clear()
      this.#replaced.clear()
    }
    if (this.#fresh.size === 0) return [this.#main]
    this.#freshSegment ??= buildSegment([...this.#fresh.values()])
    return [this.#main, this.#freshSegment]
  }

  /** The entry a surface belongs to; null when it changed or is retired since. */
  entryOf(segment: Segment, surface: number): InstitutionEntry | null {
    const entry = segment.surfaces.entries[segment.surfaces.entry[surface] as number] as InstitutionEntry
    return segment === this.#main && this.#replaced.has(entry.id) ? null : entry
  }
}
