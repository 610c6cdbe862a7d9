import { lowerBound, maxTerms, type TermIndex } from './term-index.ts'

const maxTermsUsed = 16
/** A term on more documents than this share says little; it is left out once six rarer ones have been read. */
const commonFrom = 0.06
const globalBudget = 3000

/** The whole index instead of a group: rare terms only, within a budget of postings. */
export const everyGroup = -1

/** Finds the documents that share the most rare terms with a text. Reuses its arrays: one search at a time. */
export class Retriever {
  #index: TermIndex
  #groupStart: Uint32Array
  #score: Float32Array
  #touched: Uint32Array
  #count = 0
  #terms = new Int32Array(maxTerms)
  #order: number[] = []

  /** `groupStart`: first document of each group, and the number of documents at the end. */
  constructor(index: TermIndex, groupStart: Uint32Array) {
    this.#index = index
    this.#groupStart = groupStart
    this.#score = new Float32Array(index.mass.length)
    this.#touched = new Uint32Array(index.mass.length)
  }

  /** Adds up to `limit` documents of the groups to `found`, best first; those already there are not repeated. */
  search(text: string, from: number, groups: readonly number[], limit: number, found: number[]): void {
    const mass = this.#readTerms(text, from)
    this.#count = 0
    for (const group of groups) this.#collect(group)
    const known = found.length
    const best = new Float32Array(limit)
    for (let i = 0; i < this.#count; i++) {
      const doc = this.#touched[i] as number
      const shared = this.#score[doc] as number
      this.#score[doc] = 0
      const s = shared / (0.6 * mass + 0.4 * (this.#index.mass[doc] as number))
      if (s <= (best[limit - 1] as number)) continue
      const before = known > 0 ? found.indexOf(doc) : -1
      if (before >= 0 && before < known) continue
      let at = limit - 1
      while (at > 0 && (best[at - 1] as number) < s) {
        best[at] = best[at - 1] as number
        found[known + at] = found[known + at - 1] as number
        at--
      }
      best[at] = s
      found[known + at] = doc
    }
    let kept = limit
    while (kept > 0 && best[kept - 1] === 0) kept--
    found.length = known + kept
  }

  #frequency(term: number): number {
    return (this.#index.start[term + 1] as number) - (this.#index.start[term] as number)
  }

  /** Orders the terms of the text, rarest first; returns their idf mass, unknown ones counted as half of the rarest. */
  #readTerms(text: string, from: number): number {
    const n = this.#index.terms(text, from, this.#terms)
    const unknownMass = Math.log(this.#score.length + 1) * 0.5
    let mass = 0
    this.#order.length = 0
    for (let k = 0; k < n; k++) {
      const t = this.#terms[k] as number
      mass += t < 0 ? unknownMass : (this.#index.idf[t] as number)
      if (t >= 0) this.#order.push(t)
    }
    this.#order.sort((a, b) => this.#frequency(a) - this.#frequency(b))
    return mass
  }

  #collect(group: number): void {
    const { start, postings, idf } = this.#index
    const size = this.#score.length
    const low = group < 0 ? 0 : (this.#groupStart[group] as number)
    const high = group < 0 ? size : (this.#groupStart[group + 1] as number)
    const many = Math.max(50, size * commonFrom)
    let budget = globalBudget
    for (let k = 0; k < this.#order.length && k < maxTermsUsed; k++) {
      const t = this.#order[k] as number
      const df = this.#frequency(t)
      if (k >= 6 && df > many) break
      budget -= df
      if (group < 0 && budget < 0) break
      const end = start[t + 1] as number
      const weight = idf[t] as number
      let p = start[t] as number
      if (low > 0) p = lowerBound(postings, p, end, low)
      for (; p < end; p++) {
        const doc = postings[p] as number
        if (doc >= high) break
        const s = this.#score[doc] as number
        if (s === 0) this.#touched[this.#count++] = doc
        this.#score[doc] = s + weight
      }
    }
  }
}
