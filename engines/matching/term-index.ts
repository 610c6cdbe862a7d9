/**
 * Postings of bigrams and skip-bigrams in one term space: 人民医 gives 人民, 民医, 人医. A dropped character thus still
 * meets a bigram, a changed one still meets a skip. Documents are numbered in the order of their group (province), so a
 * group is a slice of every posting list.
 */
export interface TermIndex {
  /** Terms of a text from character `from` into `out`, unknown ones as −1, known ones once; returns how many. */
  terms(text: string, from: number, out: Int32Array): number
  readonly idf: Float32Array
  /** Sum of idf over the terms of each document. */
  readonly mass: Float32Array
  readonly start: Uint32Array
  readonly postings: Uint32Array
}

export const maxTerms = 256

/** Numbers of character pairs by open addressing; a key is never 0. */
class PairNumbers {
  count = 0
  #keys = new Uint32Array(1 << 16)
  #ids = new Int32Array(1 << 16)

  #slotOf(key: number): number {
    const mask = this.#keys.length - 1
    let slot = (Math.imul(key, 0x9e3779b1) >>> 8) & mask
    while (this.#keys[slot] !== 0 && this.#keys[slot] !== key) slot = (slot + 1) & mask
    return slot
  }

  find(key: number): number {
    const slot = this.#slotOf(key)
    return this.#keys[slot] === 0 ? -1 : (this.#ids[slot] as number)
  }

  number(key: number): number {
    if (this.count * 2 > this.#keys.length) this.#grow()
    const slot = this.#slotOf(key)
    if (this.#keys[slot] !== 0) return this.#ids[slot] as number
    this.#keys[slot] = key
    this.#ids[slot] = this.count
    return this.count++
  }

  #grow(): void {
    const keys = this.#keys
    const ids = this.#ids
    this.#keys = new Uint32Array(keys.length * 2)
    this.#ids = new Int32Array(keys.length * 2)
    for (let i = 0; i < keys.length; i++) {
      const key = keys[i] as number
      if (key === 0) continue
      const slot = this.#slotOf(key)
      this.#keys[slot] = key
      this.#ids[slot] = ids[i] as number
    }
  }
}

function scan(
  text: string,
  from: number,
  out: Int32Array,
  charNumber: Uint16Array,
  idOf: (key: number) => number,
): number {
  let n = 0
  const last = Math.min(text.length, from + maxTerms / 2)
  for (let i = from; i + 1 < last; i++) {
    const a = charNumber[text.charCodeAt(i)] as number
    for (let gap = 1; gap <= 2 && i + gap < last; gap++) {
      const b = charNumber[text.charCodeAt(i + gap)] as number
      const id = a === 0 || b === 0 ? -1 : idOf((a * 65536 + b) >>> 0)
      let repeated = false
      if (id >= 0) for (let k = 0; k < n; k++) if (out[k] === id) repeated = true
      if (!repeated && n < maxTerms) out[n++] = id
    }
  }
  return n
}

function numberCharacters(texts: readonly string[]): Uint16Array {
  const numbers = new Uint16Array(65536)
  let next = 1
  for (const text of texts) {
    for (let i = 0; i < text.length; i++) {
      const c = text.charCodeAt(i)
      if (numbers[c] === 0) numbers[c] = next++
    }
  }
  return numbers
}

export function buildTermIndex(texts: readonly string[]): TermIndex {
  const charNumber = numberCharacters(texts)
  const pairs = new PairNumbers()
  const numberOf = (key: number) => pairs.number(key)
  const seen = new Int32Array(maxTerms)
  // First pass: the terms of every document, one after the other.
  const lengths = new Uint16Array(texts.length)
  const flat = new Int32Array(texts.reduce((sum, text) => sum + Math.min(maxTerms, text.length * 2), 0))
  let used = 0
  texts.forEach((text, doc) => {
    const n = scan(text, 0, seen, charNumber, numberOf)
    flat.set(seen.subarray(0, n), used)
    used += n
    lengths[doc] = n
  })
  // Second pass: the same by term.
  const start = new Uint32Array(pairs.count + 1)
  for (let k = 0; k < used; k++) {
    const next = (flat[k] as number) + 1
    start[next] = (start[next] as number) + 1
  }
  for (let t = 0; t < pairs.count; t++) start[t + 1] = (start[t + 1] as number) + (start[t] as number)
  const idf = new Float32Array(pairs.count)
  for (let t = 0; t < pairs.count; t++) {
    idf[t] = Math.log((texts.length + 1) / ((start[t + 1] as number) - (start[t] as number)))
  }
  const fillAt = start.slice()
  const postings = new Uint32Array(used)
  const mass = new Float32Array(texts.length)
  let read = 0
  for (let doc = 0; doc < texts.length; doc++) {
    for (let k = 0; k < (lengths[doc] as number); k++) {
      const id = flat[read++] as number
      postings[fillAt[id] as number] = doc
      fillAt[id] = (fillAt[id] as number) + 1
      mass[doc] = (mass[doc] as number) + (idf[id] as number)
    }
  }
  const findOf = (key: number) => pairs.find(key)
  return {
    terms: (text, from, out) => scan(text, from, out, charNumber, findOf),
    idf,
    mass,
    start,
    postings,
  }
}

/** First position in [low, high) of `postings` whose document is ≥ `doc`. */
export function lowerBound(postings: Uint32Array, low: number, high: number, doc: number): number {
  let a = low
  let b = high
  while (a < b) {
    const mid = (a + b) >>> 1
    if ((postings[mid] as number) < doc) a = mid + 1
    else b = mid
  }
  return a
}
