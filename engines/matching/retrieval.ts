import { lowerBound, maxTerms, type TermIndex } from './term-index.ts'

/** Up to `limit` documents that share the most rare terms with a text. One object a segment; it reuses its arrays. */
export interface Retriever {
  /**
   * Adds the best documents of the given groups to `found` (documents already there are not repeated). Group −1 means the
   * whole index, rare terms only.
   */
  search(text: string, from: number, groups: readonly number[], limit: number, found: number[]): void
}

const maxTermsUsed = 16
/** A term on more documents than this says little; it is left out once rarer ones have been read. */
const commonFrom = 0.06
const globalBudget = 3000

export function buildRetriever(index: TermIndex, groupStart: Uint32Array): Retriever {
  const size = index.mass.length
  const score = new Float32Array(size)
  const touched = new Uint32Array(size)
  const terms = new Int32Array(maxTerms)
  const order: number[] = []
  const frequency = (t: number) => (index.start[t + 1] as number) - (index.start[t] as number)

  /** Terms of the text, rarest first; returns the idf mass of all of them, unknown ones counted as rare. */
  const prepare = (text: string, from: number): number => {
    const n = index.terms(text, from, terms)
    order.length = 0
    let mass = 0
    const rarest = Math.log(size + 1)
    for (let k = 0; k < n; k++) {
      const t = terms[k] as number
      mass += t < 0 ? rarest * 0.5 : (index.idf[t] as number)
      if (t >= 0) order.push(t)
    }
    order.sort((a, b) => frequency(a) - frequency(b))
    return mass
  }

  const collect = (group: number, mark: number): number => {
    let n = mark
    const low = group < 0 ? 0 : (groupStart[group] as number)
    const high = group < 0 ? size : (groupStart[group + 1] as number)
    const many = Math.max(50, size * commonFrom)
    let budget = globalBudget
    for (let k = 0; k < order.length && k < maxTermsUsed; k++) {
      const t = order[k] as number
      const df = frequency(t)
      if (k >= 6 && df > many) break
      if (group < 0) {
        budget -= df
        if (budget < 0) break
      }
      const end = index.start[t + 1] as number
      let p = index.start[t] as number
      if (low > 0) p = lowerBound(index.postings, p, end, low)
      const weight = index.idf[t] as number
      for (; p < end; p++) {
        const doc = index.postings[p] as number
        if (doc >= high) break
        const s = score[doc] as number
        if (s === 0) touched[n++] = doc
        score[doc] = s + weight
      }
    }
    return n
  }

  const search: Retriever['search'] = (text, from, groups, limit, found) => {
    const mass = prepare(text, from)
    let n = 0
    for (const group of groups) n = collect(group, n)
    const known = found.length
    const best = new Float32Array(limit)
    for (let i = 0; i < n; i++) {
      const doc = touched[i] as number
      const shared = score[doc] as number
      score[doc] = 0
      const s = shared / (0.6 * mass + 0.4 * (index.mass[doc] as number))
      if (s <= (best[limit - 1] as number)) continue
      if (known > 0 && found.indexOf(doc) >= 0 && found.indexOf(doc) < known) continue
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
  return { search }
}
