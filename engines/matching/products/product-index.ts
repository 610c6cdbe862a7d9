import { indexTexts } from '../postings.ts'
import { Retriever } from '../retrieval.ts'
import type {
  Candidate,
  MatchResult,
  ParsedSpec,
  ProductEntry,
  ProductIndex,
  ProductText,
  Reason,
} from '../shapes.ts'
import { makerCore, normaliseProductText, splitProductText } from './product-text.ts'
import { parseSpec } from './spec.ts'

interface Known {
  entry: ProductEntry
  spec: ParsedSpec
  specText: string
  maker: string
}

interface Surface {
  product: number
  text: string
  kind: 'name' | 'generic' | 'alias'
}

const autoFrom = 0.9
const reviewFrom = 0.3
const nothing: MatchResult = { decision: 'none', via: 'none', best: null, candidates: [] }

/** Characters two in a row that both texts have, twice, over all of them. */
function likeness(a: string, b: string): number {
  if (a === b) return 1
  if (a.length < 2 || b.length < 2) return 0
  // 头孢曲松 in 注射用头孢曲松钠: the same substance, perhaps another form.
  const within = Math.min(a.length, b.length) >= 4 && (a.includes(b) || b.includes(a)) ? 0.8 : 0
  const pairs = new Map<string, number>()
  for (let i = 0; i + 1 < a.length; i++) pairs.set(a.slice(i, i + 2), (pairs.get(a.slice(i, i + 2)) ?? 0) + 1)
  let shared = 0
  for (let i = 0; i + 1 < b.length; i++) {
    const n = pairs.get(b.slice(i, i + 2)) ?? 0
    if (n > 0) {
      shared++
      pairs.set(b.slice(i, i + 2), n - 1)
    }
  }
  return Math.max(within, (2 * shared) / (a.length + b.length - 2))
}

type Verdict = 'agrees' | 'unknown' | 'dose-conflicts' | 'pack-conflicts' | 'conflicts'

function compareSpecs(text: string, parsed: ParsedSpec, known: Known): Verdict {
  if (text === known.specText) return 'agrees'
  if (text === '' || known.specText === '') return 'unknown'
  if (parsed.dose === undefined && parsed.perPack === undefined) return 'conflicts'
  const { dose, perPack } = known.spec
  if (parsed.dose !== undefined && dose !== undefined && parsed.dose !== dose) {
    const parts = new Set(dose.split(':'))
    if (
      !parsed.dose.split(':').every((d) => parts.has(d)) &&
      !dose.split(':').every((d) => parsed.dose?.split(':').includes(d))
    ) {
      return 'dose-conflicts'
    }
  }
  if (parsed.perPack !== undefined && perPack !== undefined && parsed.perPack !== perPack)
    return 'pack-conflicts'
  const doseKnown =
    (parsed.dose !== undefined && dose !== undefined) || (parsed.dose === undefined && dose === undefined)
  const packKnown = parsed.perPack === perPack
  return doseKnown && packKnown ? 'agrees' : 'unknown'
}

function compareMakers(a: string, b: string): 'agrees' | 'unknown' | 'conflicts' {
  if (a === '' || b === '') return 'unknown'
  if (a === b || a.includes(b) || b.includes(a)) return 'agrees'
  return likeness(a, b) >= 0.5 ? 'agrees' : 'conflicts'
}

function judge(name: number, kind: Surface['kind'], spec: Verdict, maker: string, unit: boolean): Candidate {
  const reasons: Reason[] = []
  if (name === 1) reasons.push({ code: kind === 'generic' ? 'same-generic-name' : 'same-product-name' })
  else reasons.push({ code: 'similar-product-name' })
  // Likeness counts less the further it is from sameness: 0.8 alike is often another dosage form.
  let score = name === 1 ? 0.97 : 0.9 * name * name
  if (spec === 'agrees') reasons.push({ code: 'spec-agrees' })
  else if (spec === 'unknown') {
    score *= 0.85
    reasons.push({ code: 'spec-unknown' })
  } else {
    score *= spec === 'pack-conflicts' ? 0.6 : 0.5
    reasons.push({ code: spec === 'conflicts' ? 'spec-differs' : spec })
  }
  if (maker === 'agrees') {
    score = Math.min(0.99, score * 1.03)
    reasons.push({ code: 'manufacturer-agrees' })
  } else if (maker === 'conflicts') {
    score *= 0.55
    reasons.push({ code: 'manufacturer-conflicts' })
  }
  if (unit) reasons.push({ code: 'unit-agrees' })
  return { id: '', score, reasons }
}

interface Catalogue {
  known: Known[]
  byId: ReadonlyMap<string, number>
  byCode: ReadonlyMap<string, number>
  surfaces: Surface[]
  byText: ReadonlyMap<string, Surface[]>
  retriever: Retriever
}

function surfacesOf(entry: ProductEntry, product: number): Surface[] {
  const out: Surface[] = []
  const write = (name: string, kind: Surface['kind']) => {
    const { name: text } = splitProductText(name, '')
    if (text !== '' && !out.some((s) => s.text === text)) out.push({ product, text, kind })
  }
  write(entry.name, 'name')
  write(entry.generic_name, 'generic')
  for (const alias of entry.aliases) write(alias, 'alias')
  return out
}

function buildCatalogue(entries: readonly ProductEntry[]): Catalogue {
  const surfaces = entries.flatMap(surfacesOf)
  const byText = new Map<string, Surface[]>()
  for (const s of surfaces) {
    const same = byText.get(s.text)
    if (same === undefined) byText.set(s.text, [s])
    else same.push(s)
  }
  const coded = entries.flatMap((entry, at): [string, number][] =>
    entry.code === '' ? [] : [[normaliseProductText(entry.code, ''), at]],
  )
  return {
    known: entries.map((entry) => ({
      entry,
      spec: parseSpec(entry.spec),
      specText: splitProductText('', entry.spec).spec,
      maker: makerCore(entry.manufacturer),
    })),
    byId: new Map(entries.map((entry, at) => [entry.id, at])),
    byCode: new Map(coded),
    surfaces,
    byText,
    retriever: new Retriever(indexTexts(surfaces.map((s) => s.text))),
  }
}

/** Index over the product master of one company. Copies what it needs; later changes to `entries` are not seen. */
export function buildProductIndex(entries: readonly ProductEntry[]): ProductIndex {
  const catalogue = buildCatalogue(entries)
  return {
    match: (text, aliases) => matchProduct(catalogue, text, aliases),
    size: entries.length,
  }
}

function matchProduct(all: Catalogue, text: ProductText, aliases?: ReadonlyMap<string, string>): MatchResult {
  const aliasId = aliases?.get(normaliseProductText(text.name, text.spec))
  if (aliasId !== undefined && all.byId.has(aliasId)) return certain(aliasId, 'alias', 'alias')
  const { name, spec } = splitProductText(text.name, text.spec)
  const coded = text.code ? all.byCode.get(normaliseProductText(text.code, '')) : undefined
  if (coded !== undefined) {
    const id = (all.known[coded] as Known).entry.id
    const meet = all.surfaces.some((s) => s.product === coded && likeness(s.text, name) > 0.15)
    if (name === '' || meet) return certain(id, 'exact', 'same-code')
    // Distributors have codes of their own; one that equals ours by chance names something quite different.
    const best: Candidate = { id, score: 0.5, reasons: [{ code: 'same-code' }, { code: 'names-differ' }] }
    const others = weigh(all, name, spec, text).filter((c) => c.id !== id && c.score < best.score)
    return { decision: 'review', via: 'fuzzy', best, candidates: [best, ...others].slice(0, 5) }
  }
  return name.length < 2 ? nothing : decide(weigh(all, name, spec, text))
}

function certain(id: string, via: 'exact' | 'alias', code: string): MatchResult {
  const best: Candidate = { id, score: 1, reasons: [{ code }] }
  return { decision: 'auto', via, best, candidates: [best] }
}

/** The five best products, by the best of their names. */
function weigh(all: Catalogue, name: string, spec: string, text: ProductText): Candidate[] {
  const found: number[] = []
  const codes = Uint16Array.from(name, (ch) => ch.charCodeAt(0))
  all.retriever.read(codes, 0, codes.length)
  all.retriever.search([0, all.surfaces.length], 24, found)
  const near = new Set<Surface>(all.byText.get(name))
  for (const at of found) near.add(all.surfaces[at] as Surface)
  const parsed = parseSpec(spec)
  const maker = makerCore(text.manufacturer ?? '')
  const best = new Map<number, Candidate>()
  for (const surface of near) {
    const product = all.known[surface.product] as Known
    const like = likeness(name, withoutMaker(surface.text, name, product.maker))
    const unit = Boolean(text.unit) && unitFactor(product.entry, text.unit ?? '') !== null
    const c = judge(
      like,
      surface.kind,
      compareSpecs(spec, parsed, product),
      compareMakers(maker, product.maker),
      unit,
    )
    c.id = product.entry.id
    if (c.score > (best.get(surface.product)?.score ?? 0)) best.set(surface.product, c)
  }
  return [...best.values()].sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1)).slice(0, 5)
}

/** A trade name is often written with the maker before it; if only one side does so, it is no difference. */
function withoutMaker(surface: string, name: string, maker: string): string {
  if (maker.length < 2) return surface
  if (surface.startsWith(maker) && surface.slice(maker.length) === name) return name
  return name === maker + surface ? name : surface
}

function decide(candidates: Candidate[]): MatchResult {
  const best = candidates[0]
  if (best === undefined || best.score < reviewFrom) return nothing
  const second = candidates[1]
  const agreed = best.reasons.some((r) => r.code === 'spec-agrees')
  const clear = second === undefined || best.score - second.score >= 0.02
  if (!clear) for (const c of candidates) c.score = Math.min(c.score, 0.5 + c.score * 0.3)
  const decision = best.score >= autoFrom && agreed && clear ? 'auto' : 'review'
  const same = best.reasons[0]?.code !== 'similar-product-name'
  return { decision, via: decision === 'auto' && same ? 'exact' : 'fuzzy', best, candidates }
}

const unitSpellings: Record<string, string> = { 合: '盒', 只: '支', 枝: '支', 件: '箱', 瓶子: '瓶', 罐: '听' }

function plainUnit(unit: string): string {
  const text = unit.replace(/[\s()（）]/g, '')
  return unitSpellings[text] ?? text
}

/** How many base units one `unit` of the product is, as a decimal string; null when the ladder does not know the unit. */
export function unitFactor(entry: ProductEntry, unit: string): string | null {
  const exact = entry.units.find((u) => u.unit === unit)
  if (exact !== undefined) return exact.factor
  if (unit === entry.unit) return '1'
  const wanted = plainUnit(unit)
  const alike = entry.units.find((u) => plainUnit(u.unit) === wanted)
  if (alike !== undefined) return alike.factor
  return wanted !== '' && plainUnit(entry.unit) === wanted ? '1' : null
}
