import { divisions } from './divisions.ts'
import { featureAt, measurePair, pairCount } from './features.ts'
import { emptyQuery, type Query, readQuery } from './query.ts'
import { readReasons } from './reasons.ts'
import { buildSegment, type Segment } from './segment.ts'
import type {
  Candidate,
  InstitutionEntry,
  InstitutionHints,
  InstitutionIndex,
  MatchResult,
} from './shapes.ts'
import { groupOf } from './surfaces.ts'
import { autoFrom, confidenceBias, confidenceWeights, neverAuto, rankWeights, reviewFrom } from './weights.ts'

/** A candidate in the making: its features lie in `measured` at `slot`. */
export interface Scored {
  segment: Segment
  surface: number
  entry: InstitutionEntry
  rank: number
  slot: number
}

const localLimit = 12
const globalLimit = 8
const room = 96
const measured = new Float64Array(room * pairCount)
const nothing: MatchResult = { decision: 'none', via: 'none', best: null, candidates: [] }

export function buildInstitutionIndex(entries: readonly InstitutionEntry[]): InstitutionIndex {
  let main = buildSegment(entries)
  /** Changed since the main segment was built; a small segment of its own, rebuilt when asked. */
  let fresh = new Map<string, InstitutionEntry>()
  let freshSegment: Segment | null = null
  const known = new Map(entries.map((e) => [e.id, e]))
  const replaced = new Set<string>()
  const query = emptyQuery()

  const settle = () => {
    if (fresh.size > 2000) {
      main = buildSegment([...known.values()])
      fresh = new Map()
      replaced.clear()
    }
    freshSegment = fresh.size > 0 ? buildSegment([...fresh.values()]) : null
  }
  const write = (entry: InstitutionEntry) => {
    known.set(entry.id, entry)
    replaced.add(entry.id)
    fresh.set(entry.id, entry)
    freshSegment = null
  }
  const live = (segment: Segment, surface: number): InstitutionEntry | null => {
    const entry = segment.surfaces.entries[segment.surfaces.entry[surface] as number] as InstitutionEntry
    return segment === main && replaced.has(entry.id) ? null : entry
  }
  const need = (id: string): InstitutionEntry => {
    const entry = known.get(id)
    if (entry === undefined) throw new RangeError(`matching: no institution ${id}`)
    return entry
  }

  const match = (raw: string, hints?: InstitutionHints): MatchResult => {
    if (fresh.size > 0 && freshSegment === null) settle()
    readQuery(query, raw, hints, main.charWeight)
    const { key, text } = query.parsed
    const aliasId = hints?.aliases?.get(key)
    if (aliasId !== undefined && known.has(aliasId)) {
      const best: Candidate = { id: aliasId, score: 1, reasons: [{ code: 'alias' }] }
      return { decision: 'auto', via: 'alias', best, candidates: [best] }
    }
    if (text.length < 2) return nothing
    const scored: Scored[] = []
    const segments = freshSegment === null ? [main] : [main, freshSegment]
    for (const segment of segments) searchSegment(query, segment, live, scored)
    return decide(query, scored)
  }

  return {
    match,
    add: write,
    rename(id, name) {
      const entry = need(id)
      write({
        ...entry,
        name,
        aliases: [...new Set([...entry.aliases, entry.name])].filter((a) => a !== name),
      })
    },
    retire(id) {
      need(id)
      known.delete(id)
      replaced.add(id)
      if (fresh.delete(id)) freshSegment = null
    },
    get size() {
      return known.size
    },
  }
}

type Live = (segment: Segment, surface: number) => InstitutionEntry | null

function score(q: Query, segment: Segment, surfaces: readonly number[], live: Live, scored: Scored[]): void {
  for (const surface of surfaces) {
    const entry = live(segment, surface)
    const slot = scored.length * pairCount
    if (entry === null || slot + pairCount > measured.length) continue
    measurePair(q, segment, surface, measured, slot)
    let rank = 0
    for (let k = 0; k < pairCount; k++) rank += (rankWeights[k] as number) * (measured[slot + k] as number)
    scored.push({ segment, surface, entry, rank, slot })
  }
}

/** Same written name, or same name once the outer divisions are dropped. */
function byKeys(q: Query, segment: Segment): number[] {
  const { key, text, mentions } = q.parsed
  const found = new Set<number>(segment.byName.get(key))
  for (const surface of segment.byKey.get(text) ?? []) found.add(surface)
  const last = mentions[mentions.length - 1]
  if (last !== undefined) {
    const rest = text.slice(last.end)
    for (const unit of last.units) {
      for (const surface of segment.byKey.get((divisions.short[unit] as string) + rest) ?? [])
        found.add(surface)
    }
  } else {
    const same = segment.byCore.get(text)
    if (same !== undefined && same.length <= 8) for (const surface of same) found.add(surface)
  }
  return [...found].slice(0, 24)
}

function searchSegment(q: Query, segment: Segment, live: Live, scored: Scored[]): void {
  const found = byKeys(q, segment)
  score(q, segment, found, live, scored)
  if (q.parsed.mentions.length > 0 && scored.some(isClean)) return
  const last = q.parsed.mentions[q.parsed.mentions.length - 1]
  const groups = new Set<number>([0])
  if (q.province >= 0) groups.add(groupOf(q.province))
  const first = q.parsed.mentions[0]
  if (first !== undefined && first.units.length < 4) {
    for (const unit of first.units) groups.add(groupOf(divisions.province[unit] as number))
  }
  const before = found.length
  segment.retriever.search(q.parsed.text, last?.start ?? 0, [...groups], localLimit, found)
  score(q, segment, found.slice(before), live, scored)
  if (scored.some(isPlausible)) return
  const local = found.length
  segment.retriever.search(q.parsed.text, last?.start ?? 0, [-1], globalLimit, found)
  score(q, segment, found.slice(local), live, scored)
}

const faults = [
  featureAt.sound,
  featureAt.look,
  featureAt.changed,
  featureAt.missing,
  featureAt.missing_tail,
  featureAt.extra,
  featureAt.ordinal_conflict,
  featureAt.ordinal_one_sided,
  featureAt.branch_conflict,
  featureAt.branch_one_sided,
  featureAt.kind_conflict,
  featureAt.division_conflict,
  featureAt.division_conflict_short,
  featureAt.kind_near,
  featureAt.narrower,
  featureAt.maternal_grade,
]
const contradictions = [
  featureAt.ordinal_conflict,
  featureAt.branch_conflict,
  featureAt.kind_conflict,
  featureAt.division_conflict,
]

/** Nothing changed, missing or contradicted but division words. */
function isClean(c: Scored): boolean {
  for (const k of faults) if ((measured[c.slot + k] as number) > 0.001) return false
  return true
}

/** Good enough that the other provinces need not be searched. */
function isPlausible(c: Scored): boolean {
  for (const k of contradictions) if ((measured[c.slot + k] as number) > 0) return false
  return (measured[c.slot + featureAt.unmatched_share] as number) < 0.25
}

const clamp = (x: number) => Math.min(6, Math.max(0, x))
const sigmoid = (x: number) => 1 / (1 + Math.exp(-x))

/** Features of the best candidate beside its rivals, in the order of confidenceWeights. */
export function confidenceFeatures(q: Query, ranked: readonly Scored[]): Float64Array {
  const best = ranked[0] as Scored
  const out = new Float64Array(confidenceWeights.length)
  for (let k = 0; k < pairCount; k++) out[k] = measured[best.slot + k] as number
  const second = ranked[1]
  out[pairCount] = second === undefined ? 6 : clamp(best.rank - second.rank)
  out[pairCount + 1] = Math.min(3, ranked.filter((c) => best.rank - c.rank < 0.7).length - 1)
  out[pairCount + 2] = q.parsed.mentions.length === 0 ? 1 : 0
  out[pairCount + 3] = Math.min(4, q.textWeight)
  const same = best.segment.byCore.get(q.core)?.length ?? 0
  out[pairCount + 4] = q.parsed.mentions.length === 0 ? Math.log(Math.max(1, same)) : 0
  return out
}

function decide(q: Query, scored: Scored[]): MatchResult {
  scored.sort((a, b) => b.rank - a.rank || a.surface - b.surface)
  const ranked: Scored[] = []
  for (const c of scored) if (!ranked.some((r) => r.entry.id === c.entry.id)) ranked.push(c)
  const top = ranked[0]
  if (top === undefined) return nothing
  const x = confidenceFeatures(q, ranked)
  let logit = confidenceBias
  for (let k = 0; k < x.length; k++) logit += (confidenceWeights[k] as number) * (x[k] as number)
  const doubtful = neverAuto.some((name) => (x[featureAt[name]] as number) > 0)
  const p = doubtful ? Math.min(sigmoid(logit), autoFrom - 0.01) : sigmoid(logit)
  watch?.(q, ranked, x, p)
  const decision = p >= autoFrom ? 'auto' : p >= reviewFrom ? 'review' : 'none'
  const candidates = ranked.slice(0, 5).map((c) => ({
    id: c.entry.id,
    score: Math.min(1, c === top ? p : p * Math.exp(Math.min(0, c.rank - top.rank))),
    reasons: readReasons(measured, c.slot),
  }))
  const exact = top.segment.surfaces.keys[top.surface] === q.parsed.key
  const best = candidates[0] ?? null
  return { decision, via: decision === 'none' ? 'none' : exact ? 'exact' : 'fuzzy', best, candidates }
}

/** The pair features of a candidate while it is watched. */
export function pairFeaturesOf(c: Scored): Float64Array {
  return measured.slice(c.slot, c.slot + pairCount)
}

type Watcher = (q: Query, ranked: readonly Scored[], x: Float64Array, p: number) => void
let watch: Watcher | null = null

/** For training and tests only: sees the features behind every decision. */
export function watchDecisions(watcher: Watcher | null): void {
  watch = watcher
}
