/** A repeatable stream of choices. The same words give the same stream, whoever asks and in whatever order. */
export type Random = {
  next: () => number
  int: (from: number, to: number) => number
  chance: (p: number) => boolean
  pick: <T>(from: readonly T[]) => T
  /** Several different ones, in the order of `from`. */
  some: <T>(from: readonly T[], count: number) => T[]
  weighted: <T>(from: readonly (readonly [T, number])[]) => T
  poisson: (mean: number) => number
  /** About 1, spread by `sigma` in the logarithm. */
  spread: (sigma: number) => number
}

function hash(text: string): number {
  let h = 0x811c9dc5
  for (let i = 0; i < text.length; i++) {
    h ^= text.charCodeAt(i)
    h = Math.imul(h, 0x01000193)
  }
  h ^= h >>> 15
  h = Math.imul(h, 0x2c1b3c6d)
  return (h ^ (h >>> 12)) >>> 0
}

// mulberry32: four lines, good enough for made-up sales, and equal on every machine.
function stream(start: number): () => number {
  let state = start
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

export function pickFrom<T>(from: readonly T[], at: number): T {
  const value = from[Math.min(from.length - 1, Math.floor(at * from.length))]
  if (value === undefined) throw new Error('nothing to pick from')
  return value
}

function weightedFrom<T>(from: readonly (readonly [T, number])[], at: number): T {
  let rest = at * from.reduce((sum, [, weight]) => sum + weight, 0)
  for (const [value, weight] of from) {
    rest -= weight
    if (rest < 0) return value
  }
  return pickFrom(from, 1)[0]
}

function poissonFrom(next: () => number, mean: number): number {
  const limit = Math.exp(-mean)
  let count = 0
  for (let product = next(); product > limit; product *= next()) count++
  return count
}

export function randomOf(...words: (string | number)[]): Random {
  const next = stream(hash(words.join('|')))
  const int = (from: number, to: number) => from + Math.floor(next() * (to - from + 1))
  const some = <T>(from: readonly T[], count: number): T[] => {
    const order = from.map((value, index) => ({ value, index, at: next() })).sort((a, b) => a.at - b.at)
    return order
      .slice(0, count)
      .sort((a, b) => a.index - b.index)
      .map((entry) => entry.value)
  }
  return {
    next,
    int,
    some,
    chance: (p) => next() < p,
    pick: (from) => pickFrom(from, next()),
    weighted: (from) => weightedFrom(from, next()),
    poisson: (mean) => poissonFrom(next, mean),
    spread: (sigma) => Math.exp(sigma * (next() + next() + next() + next() - 2) * 1.73),
  }
}
