import { divisions } from './divisions.ts'
import { featureAt, measurePair, type PairFeature, pairCount } from './features.ts'
import { Master } from './master.ts'
import { emptyQuery, type Query, readQuery } from './query.ts'
import { readReasons } from './reasons.ts'
import { everyGroup } from './retrieval.ts'
import type { Segment } from './segment.ts'
import type {
  Candidate,
  InstitutionEntry,
  InstitutionHints,
  InstitutionIndex,
  MatchResult,
} from './shapes.ts'
import { groupOf } from './surfaces.ts'
import {
  autoFrom,
  confidenceBias,
  confidenceWeights,
  neverAuto,
  rankWeights,
  reviewFrom,
  twinMargin,
} from './weights.ts'

/** A candidate in the making; its pair features begin at `slot` of `measured`. */
interface Scored {
  segment: Segment
  surface: number
  entry: InstitutionEntry
  rank: number
  slot: number
}

/** What a trainer sees of one decision: features of the best for the confidence, pair features of each candidate. */
export interface Observation {
  confidence: Float64Array
  candidates: { id: string; pair: Float64Array }[]
}

const localLimit = 12
const globalLimit = 8
const candidatesMax = 96
const measured = new Float64Array(candidatesMax * pairCount)
const nothing: MatchResult = { decision: 'none', via: 'none', best: null, candidates: [] }

/**
 * Index over an institution master. `observe` is for training and sees every decision that is not settled by an alias.
 * Building takes about 20 µs an entry; a change costs little until the next match, which rebuilds what has changed.
 */
export function buildInstitutionIndex(
  entries: readonly InstitutionEntry[],
  observe?: (observation: Observation | null) => void,
): InstitutionIndex {
  const master = new Master(entries)
  const query = emptyQuery()

  const match = (raw: string, hints?: InstitutionHints): MatchResult => {
    readQuery(query, raw, hints, master.charWeight)
    const { key, text } = query.parsed
    const aliasId = hints?.aliases?.get(key)
    if (aliasId !== undefined && master.has(aliasId)) {
      const best: Candidate = { id: aliasId, score: 1, reasons: [{ code: 'alias' }] }
      return { decision: 'auto', via: 'alias', best, candidates: [best] }
    }
    const ranked = text.length < 2 ? [] : rankCandidates(query, master)
    const x = confidenceFeatures(query, ranked)
    observe?.(observation(ranked, x))
    return decide(query, ranked, x)
  }

  return {
    match,
    add: (entry) => master.write(entry),
    rename(id, name) {
      const entry = master.need(id)
      const aliases = [...new Set([...entry.aliases, entry.name])].filter((a) => a !== name)
      master.write({ ...entry, name, aliases })
    },
    retire: (id) => master.retire(id),
    get size() {
      return master.size
    },
  }
}

/** One candidate an entry, best first. */
function rankCandidates(q: Query, master: Master): Scored[] {
  const scored: Scored[] = []
  for (const segment of master.segments()) searchSegment(q, segment, master, scored)
  scored.sort((a, b) => b.rank - a.rank || a.surface - b.surface)
  const ranked: Scored[] = []
  for (const c of scored) if (!ranked.some((r) => r.entry.id === c.entry.id)) ranked.push(c)
  return ranked
}

function searchSegment(q: Query, segment: Segment, master: Master, scored: Scored[]): void {
  const found = byKeys(q, segment)
  score(q, segment, found, master, scored)
  if (q.parsed.mentions.length > 0 && scored.some(isClean)) return
  const from = q.parsed.mentions.at(-1)?.start ?? 0
  const groups = new Set([0])
  if (q.province >= 0) groups.add(groupOf(q.province))
  const outermost = q.parsed.mentions[0]?.units ?? []
  if (outermost.length < 4) {
    for (const unit of outermost) groups.add(groupOf(divisions.province[unit] as number))
  }
  let before = found.length
  segment.retriever.search(q.parsed.text, from, [...groups], localLimit, found)
  score(q, segment, found.slice(before), master, scored)
  if (scored.some(isPlausible)) return
  before = found.length
  segment.retriever.search(q.parsed.text, from, [everyGroup], globalLimit, found)
  score(q, segment, found.slice(before), master, scored)
}

/** Same written name, same name once the outer divisions are dropped, or the same rare name without any division. */
function byKeys(q: Query, segment: Segment): number[] {
  const { key, text, mentions } = q.parsed
  const found = new Set<number>(segment.byName.get(key))
  for (const surface of segment.byKey.get(text) ?? []) found.add(surface)
  const last = mentions.at(-1)
  if (last === undefined) {
    const same = segment.byCore.get(text) ?? []
    if (same.length <= 8) for (const surface of same) found.add(surface)
  } else {
    for (const unit of last.units) {
      for (const surface of segment.byKey.get((divisions.short[unit] as string) + q.core) ?? [])
        found.add(surface)
    }
  }
  return [...found].slice(0, 24)
}

function score(
  q: Query,
  segment: Segment,
  surfaces: readonly number[],
  master: Master,
  scored: Scored[],
): void {
  for (const surface of surfaces) {
    const entry = master.entryOf(segment, surface)
    const slot = scored.length * pairCount
    if (entry === null || scored.length === candidatesMax) continue
    measurePair(q, segment, surface, measured, slot)
    let rank = 0
    for (let k = 0; k < pairCount; k++) rank += (rankWeights[k] as number) * (measured[slot + k] as number)
    scored.push({ segment, surface, entry, rank, slot })
  }
}

const places = (names: readonly PairFeature[]) => names.map((name) => featureAt[name])
const faults = places([
  'sound',
  'look',
  'changed',
  'missing',
  'missing_tail',
  'extra',
  'ordinal_conflict',
  'ordinal_one_sided',
  'branch_conflict',
  'branch_one_sided',
  'kind_conflict',
  'kind_near',
  'division_conflict',
  'division_conflict_short',
  'narrower',
  'maternal_grade',
])
const contradictions = places(['ordinal_conflict', 'branch_conflict', 'kind_conflict', 'division_conflict'])
const vetoes = places(neverAuto)

/** Nothing changed, missing or contradicted but division words: no rival can be nearer. */
function isClean(c: Scored): boolean {
  return faults.every((k) => (measured[c.slot + k] as number) <= 0.001)
}

/** Good enough that the other provinces need not be searched. */
function isPlausible(c: Scored): boolean {
  if ((measured[c.slot + featureAt.unmatched_share] as number) >= 0.25) return false
  return contradictions.every((k) => measured[c.slot + k] === 0)
}

/** Features of the best candidate beside its rivals, in the order of confidenceWeights. */
function confidenceFeatures(q: Query, ranked: readonly Scored[]): Float64Array {
  const out = new Float64Array(confidenceWeights.length)
  const best = ranked[0]
  if (best === undefined) return out
  for (let k = 0; k < pairCount; k++) out[k] = measured[best.slot + k] as number
  const second = ranked[1]
  const bare = q.parsed.mentions.length === 0
  let near = -1
  for (const c of ranked) if (best.rank - c.rank < 0.7) near++
  out[pairCount] = second === undefined ? 6 : Math.min(6, best.rank - second.rank)
  out[pairCount + 1] = Math.min(3, near)
  out[pairCount + 2] = bare ? 1 : 0
  out[pairCount + 3] = Math.min(4, q.textWeight)
  out[pairCount + 4] = bare ? Math.log(Math.max(1, best.segment.byCore.get(q.core)?.length ?? 0)) : 0
  return out
}

function decide(q: Query, ranked: readonly Scored[], x: Float64Array): MatchResult {
  const top = ranked[0]
  if (top === undefined) return nothing
  let logit = confidenceBias
  for (let k = 0; k < x.length; k++) logit += (confidenceWeights[k] as number) * (x[k] as number)
  let p = 1 / (1 + Math.exp(-logit))
  const twins = (x[pairCount] as number) < twinMargin
  if (twins || vetoes.some((k) => (x[k] as number) > 0)) p = Math.min(p, autoFrom - 0.01)
  const decision = p >= autoFrom ? 'auto' : p >= reviewFrom ? 'review' : 'none'
  const candidates = ranked.slice(0, 5).map((c) => ({
    id: c.entry.id,
    score: p * Math.exp(c.rank - top.rank),
    reasons: readReasons(measured, c.slot),
  }))
  const exact = top.segment.surfaces.keys[top.surface] === q.parsed.key
  const best = candidates[0] ?? null
  return { decision, via: decision === 'none' ? 'none' : exact ? 'exact' : 'fuzzy', best, candidates }
}

function observation(ranked: readonly Scored[], confidence: Float64Array): Observation | null {
  if (ranked.length === 0) return null
  const candidates = ranked.map((c) => ({ id: c.entry.id, pair: measured.slice(c.slot, c.slot + pairCount) }))
  return { confidence, candidates }
}
