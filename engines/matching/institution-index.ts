import { candidateCount, measureRivals, measureText, namedFeatures, textCount } from './context.ts'
import { featureAt, measurePair, type PairFeature, pairCount } from './features.ts'
import { eachUnder, type FlatIndex, idOf, packIndex, unpackIndex } from './flat.ts'
import { settleIdentity } from './identity.ts'
import { flatten, Master } from './master.ts'
import { emptyQuery, hashUnder, type Query, readQuery } from './query.ts'
import { readReasons } from './reasons.ts'
import type { Segment } from './segment.ts'
import type {
  Candidate,
  InstitutionEntry,
  InstitutionHints,
  InstitutionIndex,
  MatchResult,
} from './shapes.ts'
import { divisions, shortCodes } from './text/divisions.ts'
import { saidOnce } from './text/institution-name.ts'
import { askForest } from './trees.ts'
import {
  autoFrom,
  contenders,
  type Model,
  neverAuto,
  reviewFrom,
  shippedModel,
  twinMargin,
} from './weights.ts'

/** A candidate in the making; its pair features begin at `slot` of `measured`. */
interface Scored {
  segment: Segment
  surface: number
  entry: number
  rank: number
  slot: number
  /** Log-odds that this is what the text means. */
  odds: number
}

/** What a trainer sees of one decision: the features of the text and of every candidate, as they were found. */
export interface Observation {
  text: Float32Array
  candidates: { id: string; pair: Float32Array }[]
}

/** For those who fit a model: another one than the shipped, and a look at every decision that no alias settles. */
export interface Training {
  model?: Model
  observe?: (observation: Observation) => void
}

/** Log-odds of a candidate so far behind that the trees are not asked. */
const unweighed = -7
const localLimit = 12
const globalLimit = 8
const candidatesMax = 96
const measured = new Float64Array(candidatesMax * pairCount)
const weighed = new Float64Array(candidateCount)
const weighedBest = new Float64Array(candidateCount)
const nothing: MatchResult = { decision: 'none', via: 'none', best: null, candidates: [] }

/**
 * Index over an institution master; entries are read once and may come from a generator. Building takes about 10 µs an entry; a change costs little until the next
 * match, which builds the changed part anew. A later entry with the same id replaces an earlier one.
 */
export function buildInstitutionIndex(
  entries: Iterable<InstitutionEntry>,
  training?: Training,
): InstitutionIndex {
  return indexOver(flatten(entries), training)
}

/**
 * Index over what `toBuffer()` gave, read back from a file or shared by another thread; nothing is copied or built. Throws
 * RangeError when the buffer is no index or comes from another version.
 */
export function openInstitutionIndex(buffer: ArrayBufferLike): InstitutionIndex {
  return indexOver(unpackIndex(buffer))
}

function indexOver(flat: FlatIndex, training?: Training): InstitutionIndex {
  const master = new Master(flat)
  const model = training?.model ?? shippedModel
  const query = emptyQuery()

  const search = (): Scored[] => (query.parsed.text.length < 2 ? [] : findCandidates(query, master, model))

  const match = (raw: string, hints?: InstitutionHints): MatchResult => {
    readQuery(query, raw, hints, master.charWeight)
    const confirmed = readAlias(query.parsed.key, hints, master)
    if (confirmed !== null) return confirmed
    const scored = search()
    training?.observe?.(observation(query, scored))
    let found = decide(query, onePerEntry(scored), model, hints)
    const { text } = query.parsed
    const once = found.decision === 'auto' ? text : saidOnce(text)
    if (once !== text) {
      readQuery(query, once, hints, master.charWeight)
      const better = decide(query, onePerEntry(search()), model, hints)
      if (better.decision === 'auto') found = better
    }
    return settleIdentity(found, hints, master, hints?.auto_from ?? autoFrom)
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
    has: (id) => master.has(id),
    toBuffer: () => packIndex(master.frozen()),
    get size() {
      return master.size
    },
  }
}

function readAlias(key: string, hints: InstitutionHints | undefined, master: Master): MatchResult | null {
  const id = hints?.aliases?.get(key)
  if (id !== undefined && master.has(id)) return aliasResult(id, 'alias')
  for (const { scope, aliases } of hints?.alias_scopes ?? []) {
    const scoped = aliases.get(key)
    if (scoped !== undefined && master.has(scoped)) return aliasResult(scoped, `alias-${scope}`)
  }
  return null
}

function aliasResult(id: string, code: string): MatchResult {
  const best: Candidate = { id, score: 1, reasons: [{ code }] }
  return { decision: 'auto', via: 'alias', best, candidates: [best] }
}

/** Every written name that may be meant, best first. */
function findCandidates(q: Query, master: Master, model: Model): Scored[] {
  const scored: Scored[] = []
  q.coreElsewhere = 0
  q.coreLocal = 0
  const segments = master.segments()
  for (const segment of segments) {
    const { all, local } = segment.countCore(q.coreHash, q.province)
    q.coreElsewhere += all
    q.coreLocal += local
  }
  for (const segment of segments) searchSegment(q, segment, model, scored)
  return scored.sort((a, b) => b.rank - a.rank || a.surface - b.surface)
}

function onePerEntry(scored: readonly Scored[]): Scored[] {
  const ranked: Scored[] = []
  for (const c of scored) if (!isKnown(ranked, c)) ranked.push(c)
  return ranked
}

function isKnown(ranked: readonly Scored[], c: Scored): boolean {
  for (const r of ranked) if (r.entry === c.entry && r.segment === c.segment) return true
  return false
}

function searchSegment(q: Query, segment: Segment, model: Model, scored: Scored[]): void {
  const { mentions } = q.parsed
  const found = byKeys(q, segment)
  score(q, segment, found, 0, model, scored)
  if (mentions.length > 0 && scored.some(isClean)) return
  const { retriever } = segment
  retriever.read(q.text.codes, mentions[mentions.length - 1]?.start ?? 0, q.text.length)
  for (let stage = 0; stage < 3; stage++) {
    const before = found.length
    if (stage === 2) retriever.searchAll(globalLimit, found)
    else {
      const ranges = stage === 0 ? cityRanges(q, segment) : provinceRanges(q, segment)
      if (ranges.length === 0) continue
      retriever.search(ranges, localLimit, found)
    }
    score(q, segment, found, before, model, scored)
    if (scored.some(isPlausible)) return
  }
}

/** A text that writes a city or county in full is looked for there first. */
function cityRanges(q: Query, segment: Segment): number[] {
  const { mentions } = q.parsed
  const last = mentions[mentions.length - 1]
  const ranges: number[] = []
  if (last === undefined || !last.full || last.units.length > 2) return ranges
  for (const unit of last.units) {
    if (divisions.level[unit] === 1) return []
    segment.addRange(unit, ranges)
  }
  segment.addUnplaced(ranges)
  return ranges
}

/** The distributor's province, that of the outermost division, and who has no province. */
function provinceRanges(q: Query, segment: Segment): number[] {
  const ranges: number[] = []
  segment.addUnplaced(ranges)
  if (q.province >= 0) segment.addRange(q.province, ranges)
  const outermost = q.parsed.mentions[0]?.units
  if (outermost !== undefined && outermost.length < 4)
    for (const unit of outermost) segment.addRange(divisions.province[unit] as number, ranges)
  return ranges
}

/** Same written name, same name once the outer divisions are dropped, or the same rare name without any division. */
function byKeys(q: Query, segment: Segment): number[] {
  const { flat } = segment
  const { mentions } = q.parsed
  const found: number[] = []
  const put = (surface: number) => {
    if (!found.includes(surface)) found.push(surface)
    return found.length < 24
  }
  eachUnder(flat, q.keyHash, put)
  eachUnder(flat, q.formHash, put)
  const last = mentions[mentions.length - 1]
  if (last === undefined) {
    if (q.coreElsewhere <= 8) eachUnder(flat, q.coreHash, put)
  } else {
    for (let i = 0; i < last.units.length; i++)
      eachUnder(flat, hashUnder(q, shortCodes(last.units[i] as number)), put)
  }
  return found
}

function score(
  q: Query,
  segment: Segment,
  surfaces: readonly number[],
  from: number,
  model: Model,
  scored: Scored[],
): void {
  const { rankWeights } = model
  for (let i = from; i < surfaces.length; i++) {
    const surface = surfaces[i] as number
    const entry = segment.flat.entry[surface] as number
    const slot = scored.length * pairCount
    if (segment.isDead(entry) || scored.length === candidatesMax) continue
    measurePair(q, segment, surface, measured, slot)
    let rank = 0
    for (let k = 0; k < pairCount; k++) rank += (rankWeights[k] as number) * (measured[slot + k] as number)
    scored.push({ segment, surface, entry, rank, slot, odds: unweighed })
  }
}

const places = (names: readonly PairFeature[]) => names.map((name) => featureAt[name])
const faults = places([
  'alike_count',
  'edits',
  'ordinal_conflict',
  'ordinal_lacking',
  'ordinal_added',
  'branch_conflict',
  'branch_lacking',
  'branch_added',
  'kind_conflict',
  'kind_near',
  'division_conflict',
  'division_conflict_short',
  'narrower',
  'maternal_grade',
])
const contradictions = places(['ordinal_conflict', 'branch_conflict', 'kind_conflict', 'division_conflict'])

/** Nothing changed, missing or contradicted but division words: no rival can be nearer. */
function isClean(c: Scored): boolean {
  return areNought(faults, c.slot)
}

/** Good enough that the other provinces need not be searched. */
function isPlausible(c: Scored): boolean {
  if ((measured[c.slot + featureAt.unmatched_share] as number) >= 0.25) return false
  return areNought(contradictions, c.slot)
}

function areNought(features: readonly number[], slot: number): boolean {
  for (let i = 0; i < features.length; i++) if (measured[slot + (features[i] as number)] !== 0) return false
  return true
}

/** The trees weigh the foremost candidates beside each other; the likeliest comes first. */
function weigh(q: Query, ranked: Scored[], model: Model, keep: boolean): void {
  const count = ranked.length
  const ranks = ranked.map((c) => c.rank)
  const slots = ranked.map((c) => c.slot)
  measureText(q, weighed, pairCount)
  const top = contenders(ranks)
  let most = Number.NEGATIVE_INFINITY
  for (let i = 0; i < top; i++) {
    const c = ranked[i] as Scored
    weighed.set(measured.subarray(c.slot, c.slot + pairCount))
    measureRivals(i, ranks, slots, count, measured, weighed, pairCount + textCount)
    c.odds = askForest(model.forest, weighed)
    if (keep && c.odds > most) {
      most = c.odds
      weighedBest.set(weighed)
    }
  }
  let best = 0
  for (let i = 1; i < top; i++) if ((ranked[i] as Scored).odds > (ranked[best] as Scored).odds) best = i
  if (best > 0) ranked.unshift(...ranked.splice(best, 1))
}

function decide(q: Query, ranked: Scored[], model: Model, hints: InstitutionHints | undefined): MatchResult {
  if (ranked.length === 0) return nothing
  const from = hints?.auto_from ?? autoFrom
  const measure = hints?.measure === true
  weigh(q, ranked, model, measure)
  const top = ranked[0] as Scored
  let p = 1 / (1 + Math.exp(-top.odds))
  const held = isTwin(ranked) || measured[top.slot + featureAt[neverAuto]] === 1
  if (held) p = Math.min(p, from - 0.01)
  const decision = p >= from ? 'auto' : p >= reviewFrom ? 'review' : 'none'
  const candidates: Candidate[] = []
  let last = p
  for (let i = 0; i < ranked.length && i < 5; i++) {
    const c = ranked[i] as Scored
    if (i > 0) last = Math.min(last, 1 - p, 1 / (1 + Math.exp(-c.odds)))
    if (decision === 'auto' && last < 0.001) break
    candidates.push({
      id: idOf(c.segment.flat, c.entry),
      score: last,
      reasons: readReasons(measured, c.slot),
    })
  }
  const exact = measured[top.slot + featureAt.same_key] === 1
  const best = candidates[0] ?? null
  const via = decision === 'none' ? 'none' : exact ? 'exact' : 'fuzzy'
  const result: MatchResult = { decision, via, best, candidates }
  if (held) result.held = true
  if (measure) result.features = namedFeatures(weighedBest)
  return result
}

/** Twins: nothing tells the best from the next, a person has to. */
function isTwin(ranked: readonly Scored[]): boolean {
  const top = ranked[0] as Scored
  const second = ranked[1]
  if (second === undefined || Math.abs(top.rank - second.rank) >= twinMargin) return false
  const key = featureAt.same_key
  return measured[top.slot + key] === 0 || measured[second.slot + key] === 1
}

function observation(q: Query, ranked: readonly Scored[]): Observation {
  const text = new Float64Array(textCount)
  measureText(q, text, 0)
  const candidates = ranked.map((c) => ({
    id: idOf(c.segment.flat, c.entry),
    pair: Float32Array.from(measured.subarray(c.slot, c.slot + pairCount)),
  }))
  return { text: Float32Array.from(text), candidates }
}
