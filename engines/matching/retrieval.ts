import { termOf } from './flat.ts'
import { lowerBound, type Postings } from './postings.ts'

const maxTerms = 256
const maxTermsUsed = 16
/** A term on more documents than this share says little; it is left out once six rarer ones have been read. */
const commonFrom = 0.03
/** Who shares none of the rarest terms is not found by the others. */
const rareTerms = 8
/** Postings read in one search: beyond, only the three rarest terms are read in full. */
const budget = 6000
const globalBudget = 3000
/** A document that shares less than this part of what the best one shares is not worth a look. */
const relevantFrom = 0.5

/** Finds the documents that share the most rare terms with a text. Reuses its arrays: one search at a time. */
export class Retriever {
  #index: Postings
  #size: number
  #score: Float32Array
  #touched: Uint32Array
  #count = 0
  #terms = new Int32Array(maxTerms)
  #frequency = new Int32Array(maxTerms)
  #termCount = 0
  #best = new Float32Array(64)
  #mass = 0

  constructor(index: Postings) {
    this.#index = index
    this.#size = index.mass.length
    this.#score = new Float32Array(this.#size)
    this.#touched = new Uint32Array(this.#size)
  }

  /** Reads the text to be searched for; `search` may then be asked several times. */
  read(codes: Uint16Array, from: number, to: number): void {
    const { termStart, idf } = this.#index
    const unknownMass = Math.log(this.#size + 1) * 0.5
    let mass = 0
    let n = 0
    const end = Math.min(to, from + maxTerms / 2)
    for (let i = from; i + 1 < end; i++) {
      for (let k = i + 1; k <= i + 2 && k < end; k++) {
        const t = termOf(this.#index, codes[i] as number, codes[k] as number)
        if (t < 0) {
          mass += unknownMass
          continue
        }
        const frequency = (termStart[t + 1] as number) - (termStart[t] as number)
        // Kept in order, rarest first.
        let at = n
        while (at > 0 && (this.#frequency[at - 1] as number) > frequency) at--
        let repeated = false
        for (let b = at - 1; b >= 0 && this.#frequency[b] === frequency; b--)
          if (this.#terms[b] === t) repeated = true
        if (repeated || n === maxTerms) continue
        this.#terms.copyWithin(at + 1, at, n)
        this.#frequency.copyWithin(at + 1, at, n)
        this.#terms[at] = t
        this.#frequency[at] = frequency
        n++
        mass += idf[t] as number
      }
    }
    this.#termCount = n
    this.#mass = mass
  }

  /** Adds up to `limit` documents of the ranges (from, to, from, to …) to `found`, best first; known ones are not repeated. */
  search(ranges: readonly number[], limit: number, found: number[]): void {
    this.#count = 0
    for (let r = 0; r + 1 < ranges.length; r += 2)
      this.#collect(ranges[r] as number, ranges[r + 1] as number, budget, maxTermsUsed)
    this.#select(limit, found)
  }

  /** The same over all documents, by rare terms only. */
  searchAll(limit: number, found: number[]): void {
    this.#count = 0
    let left = globalBudget
    let terms = 0
    while (terms < this.#termCount && terms < maxTermsUsed) {
      left -= this.#frequency[terms] as number
      if (left < 0) break
      terms++
    }
    this.#collect(0, this.#size, globalBudget, terms)
    this.#select(limit, found)
  }

  #collect(low: number, high: number, allowed: number, termsMax: number): void {
    if (high <= low) return
    const { termStart, postings, idf } = this.#index
    const score = this.#score
    const touched = this.#touched
    const many = Math.max(50, this.#size * commonFrom)
    let count = this.#count
    let read = 0
    for (let k = 0; k < this.#termCount && k < termsMax; k++) {
      const frequency = this.#frequency[k] as number
      if (k >= 6 && frequency > many) break
      const t = this.#terms[k] as number
      const end = termStart[t + 1] as number
      const weight = idf[t] as number
      let p = termStart[t] as number
      if (low > 0) p = lowerBound(postings, p, end, low)
      for (; p < end; p++) {
        const doc = postings[p] as number
        if (doc >= high) break
        read++
        const s = score[doc] as number
        if (s === 0) {
          if (k >= rareTerms) continue
          touched[count++] = doc
        }
        score[doc] = s + weight
        if (read > allowed && k >= 3) break
      }
      if (read > allowed && k >= 2) break
    }
    this.#count = count
  }

  #select(limit: number, found: number[]): void {
    const known = found.length
    const best = this.#best.fill(0, 0, limit)
    const share = 0.6 * this.#mass
    for (let i = 0; i < this.#count; i++) {
      const doc = this.#touched[i] as number
      const s = (this.#score[doc] as number) / (share + 0.4 * (this.#index.mass[doc] as number))
      this.#score[doc] = 0
      if (s <= (best[limit - 1] as number) || s < (best[0] as number) * relevantFrom) continue
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
    const least = (best[0] as number) * relevantFrom
    while (kept > 0 && (best[kept - 1] === 0 || (best[kept - 1] as number) < least)) kept--
    found.length = known + kept
  }
}
