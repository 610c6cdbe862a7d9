import MiniSearch from 'minisearch'
import { type InstitutionEntry, normaliseInstitutionName } from '#engines/matching/public.ts'

/** A fuzzy search over names: the nearest entry and a likeness that grows with it. */
export interface Peer {
  name: string
  /** Builds over the master and hands back the search. */
  build(
    master: Iterable<InstitutionEntry>,
  ): (text: string, province: string) => { id: string; likeness: number }
  /** Likenesses tried as threshold; the best one for the very rows is taken. */
  thresholds: readonly number[]
}

function* names(master: Iterable<InstitutionEntry>): Generator<[id: string, text: string, province: string]> {
  for (const e of master)
    for (const name of [e.name, ...e.aliases]) yield [e.id, normaliseInstitutionName(name), e.province ?? '']
}

const bigrams = (text: string): string[] => {
  const padded = ` ${text} `
  return Array.from({ length: padded.length - 1 }, (_, i) => padded.slice(i, i + 2))
}

/** MiniSearch (BM25+) on bigrams; the province is a second field that lifts what lies in it. */
export const miniSearch: Peer = {
  name: 'MiniSearch 7, bigrams',
  thresholds: [20, 30, 40, 50, 60, 70, 80, 90, 100, 120, 140, 160],
  build(master) {
    const index = new MiniSearch<{ id: number; text: string }>({
      fields: ['text'],
      tokenize: bigrams,
      processTerm: (term) => term,
    })
    const owners: string[] = []
    const provinces: string[] = []
    const documents: { id: number; text: string }[] = []
    for (const [id, text, province] of names(master)) {
      documents.push({ id: owners.length, text })
      owners.push(id)
      provinces.push(province)
    }
    index.addAll(documents)
    return (text, province) => {
      const [best] = index.search(text, {
        boostDocument: (id) => (provinces[id as number] === province ? 1.3 : 1),
      })
      return best === undefined
        ? { id: '', likeness: 0 }
        : { id: owners[best.id as number] as string, likeness: best.score }
    }
  },
}

/** Jaccard of character trigrams, as pg_trgm measures it, over an inverted list. */
export const trigramJaccard: Peer = {
  name: 'trigram Jaccard',
  thresholds: [0.4, 0.5, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9],
  build(master) {
    const grams = (text: string) => {
      const padded = `  ${text} `
      return new Set(Array.from({ length: padded.length - 2 }, (_, i) => padded.slice(i, i + 3)))
    }
    const owners: string[] = []
    const sizes: number[] = []
    const postings = new Map<string, number[]>()
    for (const [id, text] of names(master)) {
      const set = grams(text)
      for (const g of set) {
        const list = postings.get(g)
        if (list === undefined) postings.set(g, [owners.length])
        else list.push(owners.length)
      }
      owners.push(id)
      sizes.push(set.size)
    }
    const shared = new Uint16Array(owners.length)
    return (text) => {
      const set = grams(text)
      const touched: number[] = []
      for (const g of set) {
        for (const at of postings.get(g) ?? []) {
          if (shared[at] === 0) touched.push(at)
          shared[at] = (shared[at] as number) + 1
        }
      }
      let id = ''
      let likeness = 0
      for (const at of touched) {
        const both = shared[at] as number
        const s = both / (set.size + (sizes[at] as number) - both)
        if (s > likeness) {
          likeness = s
          id = owners[at] as string
        }
        shared[at] = 0
      }
      return { id, likeness }
    }
  },
}
