/**
 * Postings of bigrams and skip-bigrams in one term space: 人民医 gives 人民, 民医, 人医. A dropped character thus still
 * meets a bigram, a changed one still meets a skip.
 */
export interface Postings {
  pairKeys: Uint32Array
  pairIds: Int32Array
  termStart: Uint32Array
  postings: Uint32Array
  idf: Float32Array
  /** Sum of idf over the terms of each document. */
  mass: Float32Array
}

/** Numbers of character pairs by open addressing; a key is never 0. */
class PairNumbers {
  count = 0
  keys: Uint32Array
  ids: Int32Array

  constructor(room: number) {
    this.keys = new Uint32Array(room)
    this.ids = new Int32Array(room)
  }

  number(key: number): number {
    if (this.count * 2 > this.keys.length) this.#grow()
    const { keys } = this
    const mask = keys.length - 1
    let slot = (Math.imul(key, 0x9e3779b1) >>> 8) & mask
    for (;;) {
      const found = keys[slot] as number
      if (found === key) return this.ids[slot] as number
      if (found === 0) break
      slot = (slot + 1) & mask
    }
    keys[slot] = key
    this.ids[slot] = this.count
    return this.count++
  }

  #grow(): void {
    const { keys, ids } = this
    this.keys = new Uint32Array(keys.length * 2)
    this.ids = new Int32Array(keys.length * 2)
    const mask = this.keys.length - 1
    for (let i = 0; i < keys.length; i++) {
      const key = keys[i] as number
      if (key === 0) continue
      let slot = (Math.imul(key, 0x9e3779b1) >>> 8) & mask
      while (this.keys[slot] !== 0) slot = (slot + 1) & mask
      this.keys[slot] = key
      this.ids[slot] = ids[i] as number
    }
  }
}

/** Documents are stretches of `codes`, numbered as they come. */
export function buildPostings(codes: Uint16Array, textStart: Uint32Array, textLength: Uint8Array): Postings {
  const n = textStart.length
  // About one new pair for seven terms; too little room only costs a growth.
  const pairs = new PairNumbers(2 ** Math.ceil(Math.log2(Math.min(n, 500_000) * 6 + 1024)))
  let room = 0
  for (let i = 0; i < n; i++) room += Math.max(0, 2 * (textLength[i] as number) - 3)
  // First pass: the terms of every document, one after the other. `last` tells a repeated one.
  const flat = new Int32Array(room)
  const flatEnd = new Uint32Array(n)
  let last = new Int32Array(1 << 15).fill(-1)
  let used = 0
  for (let doc = 0; doc < n; doc++) {
    const from = textStart[doc] as number
    const to = from + (textLength[doc] as number)
    for (let i = from; i + 1 < to; i++) {
      const high = (codes[i] as number) << 16
      for (let k = i + 1; k <= i + 2 && k < to; k++) {
        const id = pairs.number((high | (codes[k] as number)) >>> 0)
        if (id >= last.length) {
          const wider = new Int32Array(last.length * 2).fill(-1)
          wider.set(last)
          last = wider
        }
        if (last[id] === doc) continue
        last[id] = doc
        flat[used++] = id
      }
    }
    flatEnd[doc] = used
  }
  return byTerm(flat, flatEnd, used, pairs)
}

/** Second pass: the same by term. */
function byTerm(flat: Int32Array, flatEnd: Uint32Array, used: number, pairs: PairNumbers): Postings {
  const n = flatEnd.length
  const termStart = new Uint32Array(pairs.count + 1)
  for (let k = 0; k < used; k++) {
    const next = (flat[k] as number) + 1
    termStart[next] = (termStart[next] as number) + 1
  }
  const idf = new Float32Array(pairs.count)
  for (let t = 0; t < pairs.count; t++) idf[t] = Math.log((n + 1) / (termStart[t + 1] as number))
  for (let t = 0; t < pairs.count; t++)
    termStart[t + 1] = (termStart[t + 1] as number) + (termStart[t] as number)
  const at = termStart.slice()
  const postings = new Uint32Array(used)
  const mass = new Float32Array(n)
  let read = 0
  for (let doc = 0; doc < n; doc++) {
    let sum = 0
    const end = flatEnd[doc] as number
    for (; read < end; read++) {
      const id = flat[read] as number
      const p = at[id] as number
      at[id] = p + 1
      postings[p] = doc
      sum += idf[id] as number
    }
    mass[doc] = sum
  }
  return { pairKeys: pairs.keys, pairIds: pairs.ids, termStart, postings, idf, mass }
}

/** Postings of whole texts, for those who keep them as strings. */
export function indexTexts(texts: readonly string[]): Postings {
  const start = new Uint32Array(texts.length)
  const length = new Uint8Array(texts.length)
  const all = texts.map((text) => text.slice(0, 250))
  let at = 0
  all.forEach((text, i) => {
    start[i] = at
    length[i] = text.length
    at += text.length
  })
  const run = all.join('')
  const codes = new Uint16Array(run.length)
  for (let i = 0; i < run.length; i++) codes[i] = run.charCodeAt(i)
  return buildPostings(codes, start, length)
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
