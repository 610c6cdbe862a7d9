import type { Master } from './master.ts'
import type { Candidate, InstitutionHints, MatchResult, Reason } from './shapes.ts'
import { isProvenTaxId, normaliseTaxId } from './text/tax-id.ts'

/** What a tax id, or the distributor's own code for the customer, says beside the name. */
interface Identity {
  tax: string
  /** Entries of the tax id: several sites of a hospital may share one. */
  byTax: readonly string[]
  /** What the code meant so far, null if it is new. */
  byCode: string | null
}

const taxScore = 0.99
const codeScore = 0.96
const shownMax = 5
const contradictions = new Set(['ordinal-conflicts', 'branch-conflicts'])

function readIdentity(hints: InstitutionHints, master: Master): Identity | null {
  const tax = normaliseTaxId(hints.tax_id)
  const coded = hints.code ? hints.codes?.get(hints.code) : undefined
  const byCode = coded !== undefined && master.has(coded) ? coded : null
  if (tax === '' && byCode === null) return null
  return { tax, byTax: tax === '' ? [] : master.idsOfTax(tax), byCode }
}

function reasonsOf(identity: Identity, id: string, master: Master): Reason[] {
  const { tax, byTax, byCode } = identity
  const reasons: Reason[] = []
  if (byTax.includes(id)) reasons.push({ code: 'same-tax-id' })
  else if (isProvenTaxId(tax)) {
    const own = master.taxOf(id)
    if (isProvenTaxId(own) && own !== tax) reasons.push({ code: 'tax-id-conflicts' })
  }
  if (byCode !== null)
    reasons.push({ code: byCode === id ? 'same-customer-code' : 'customer-code-conflicts' })
  return reasons
}

const has = (candidate: Candidate, code: string) => candidate.reasons.some((reason) => reason.code === code)
const conflicts = (candidate: Candidate) =>
  has(candidate, 'tax-id-conflicts') || has(candidate, 'customer-code-conflicts')

/**
 * Weighs what a tax id or a customer code says against what the name says. Where they agree the answer is taken; an id that
 * speaks for one institution while the name surely means another is left to a person, with both shown.
 */
export function settleIdentity(
  found: MatchResult,
  hints: InstitutionHints | undefined,
  master: Master,
  autoFrom: number,
): MatchResult {
  const identity = hints ? readIdentity(hints, master) : null
  if (identity === null) return found
  const { byTax, byCode } = identity
  const known = new Set(found.candidates.map((one) => one.id))
  const named = byTax.length > 0 ? byTax.slice(0, 2) : byCode === null ? [] : [byCode]
  const bare = named.filter((id) => !known.has(id)).map((id): Candidate => ({ id, score: 0, reasons: [] }))
  const all = [...found.candidates, ...bare].map((one) => ({
    ...one,
    reasons: [...reasonsOf(identity, one.id, master), ...one.reasons],
  }))
  const favoured = all.filter(({ id }) => (byTax.length > 0 ? byTax.includes(id) : id === byCode))
  const [best] = all
  const [first] = favoured
  if (best === undefined) return found
  if (first === undefined)
    return conflicts(best) ? leftToPerson(found, all, autoFrom) : { ...found, candidates: all, best }
  const agrees = first === best
  const sureOfOther = !agrees && found.decision === 'auto'
  // A shared tax id leaves the site to the name; a code alone does not speak for what looks nothing like the name.
  const unclear =
    conflicts(first) ||
    first.reasons.some(({ code }) => contradictions.has(code)) ||
    (byTax.length > 1 && (!agrees || (found.decision !== 'auto' && favoured.length > 1))) ||
    (byTax.length === 0 && !known.has(first.id))
  const others = all.filter((one) => one !== first)
  if (sureOfOther || unclear)
    return leftToPerson(found, byTax.length > 0 ? [first, ...others] : all, autoFrom)
  const score = Math.max(first.score, byTax.length > 0 ? taxScore : codeScore)
  const rest = others.map((one) => ({ ...one, score: Math.min(one.score, 1 - score) }))
  return {
    ...found,
    decision: 'auto',
    via: found.via === 'none' ? 'fuzzy' : found.via,
    best: { ...first, score },
    candidates: [{ ...first, score }, ...rest].slice(0, shownMax),
    held: false,
  }
}

function leftToPerson(found: MatchResult, all: readonly Candidate[], autoFrom: number): MatchResult {
  const most = autoFrom - 0.01
  let last = most
  const candidates = all.slice(0, shownMax).map((one, place) => {
    // The first of them reads as likely as it may without being taken; the order is kept.
    last = place === 0 ? Math.min(most, Math.max(one.score, 0.5)) : Math.min(last, one.score)
    return { ...one, score: last }
  })
  const [best = null] = candidates
  return { ...found, decision: 'review', via: 'fuzzy', best, candidates, held: true }
}
