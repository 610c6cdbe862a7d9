import { median, type Rule, textOf, type Word } from '../page-shapes.ts'
import type { TextLine } from './text-lines.ts'

/** A column of a page's table: from `left` to `right`, under a header's text ('' where none is printed). */
export interface PageColumn {
  left: number
  right: number
  header: Word | null
}

/** The columns under a header: by the drawn rules where there are enough, else by the valleys between the texts below. */
export function pageColumns(header: Word[], body: TextLine[], rules: Rule[]): PageColumn[] {
  const ruled = ruledColumns(header, body, rules)
  if (ruled) return ruled
  const words = typicalWords(body, header.length)
  const columns: PageColumn[] = []
  let left = Number.NEGATIVE_INFINITY
  header.forEach((word, at) => {
    const next = header[at + 1]
    if (!next) {
      columns.push({ left, right: Number.POSITIVE_INFINITY, header: word })
      return
    }
    const cuts = cutsBetween(word, next, words)
    columns.push({ left, right: cuts[0] as number, header: word })
    for (let extra = 1; extra < cuts.length; extra++) {
      columns.push({ left: cuts[extra - 1] as number, right: cuts[extra] as number, header: null })
    }
    left = cuts.at(-1) as number
  })
  return columns
}

/** Lines with cells in many columns: titles and remarks say nothing about where columns end. */
function typicalWords(body: TextLine[], columns: number): TextLine[] {
  const full = body.filter((line) => line.words.length >= Math.max(2, columns * 0.4))
  return full.length >= 2 ? full : body
}

/** Where the column of `word` ends and that of `next` begins; three or more places when an unnamed one stands between. */
function cutsBetween(word: Word, next: Word, lines: TextLine[]): number[] {
  const from = Math.min(word.right, next.left)
  const to = Math.max(word.right, next.left)
  const valleys = valleysIn(from, to, lines)
  if (valleys.length === 1) return [middle(valleys[0] as Valley)]
  const cuts: number[] = []
  for (let at = 0; at + 1 < valleys.length; at++) {
    const [before, after] = [valleys[at] as Valley, valleys[at + 1] as Valley]
    const owner = ownerOf(before.to, after.from, word, next, lines)
    if (owner === 'next') return [...cuts, middle(before)]
    if (owner === 'own') cuts.push(middle(before))
  }
  return [...cuts, middle(valleys.at(-1) as Valley)]
}

interface Valley {
  from: number
  to: number
}

function middle(valley: Valley): number {
  return (valley.from + valley.to) / 2
}

/** The stretches of [from, to] that the fewest lines cover; noise aside, those that none covers. */
function valleysIn(from: number, to: number, lines: TextLine[]): Valley[] {
  const start = Math.floor(from)
  const size = Math.max(2, Math.ceil(to) - start + 1)
  const cover = new Uint16Array(size)
  for (const line of lines) {
    for (const piece of line.words.flatMap(piecesOf)) {
      const first = Math.max(0, Math.ceil(piece.left) - start)
      const last = Math.min(size - 1, Math.floor(piece.right) - start)
      for (let x = first; x <= last; x++) cover[x] = (cover[x] as number) + 1
    }
  }
  const height = median(lines.map((line) => line.height)) || 1
  const lowest = cover.reduce((least, each) => Math.min(least, each), Number.POSITIVE_INFINITY)
  const clear = lowRuns(cover, start, lowest)
  // A stray mark or a line grown out of its cell may close a valley that all other lines leave open.
  const valleys =
    widestOf(clear) >= height * 0.3
      ? clear
      : lowRuns(cover, start, Math.max(lowest, Math.floor(lines.length * 0.04)))
  return valleys.filter((valley) => valley.to - valley.from >= Math.min(widestOf(valleys), height * 0.3))
}

function widestOf(valleys: Valley[]): number {
  return Math.max(...valleys.map((valley) => valley.to - valley.from))
}

function lowRuns(cover: Uint16Array, start: number, level: number): Valley[] {
  const valleys: Valley[] = []
  let open = -1
  for (let x = 0; x <= cover.length; x++) {
    const low = x < cover.length && (cover[x] as number) <= level
    if (low && open < 0) open = x
    if (!low && open >= 0) {
      valleys.push({ from: start + open, to: start + x - 1 })
      open = -1
    }
  }
  return valleys
}

/** A run's stretches between blanks: what OCR takes for one run (50 盒) may well be two cells. */
function piecesOf(word: Word): { left: number; right: number }[] {
  const blank = (word.bottom - word.top) * 0.12
  const pieces: { left: number; right: number }[] = []
  for (const glyph of word.glyphs) {
    if (glyph.text === ' ') continue
    const last = pieces.at(-1)
    if (last && glyph.left - last.right < blank) last.right = Math.max(last.right, glyph.right)
    else pieces.push({ left: glyph.left, right: glyph.right })
  }
  return pieces
}

/** Whose the texts between two valleys are: the column's to the left, to the right, or one of their own. */
function ownerOf(
  from: number,
  to: number,
  word: Word,
  next: Word,
  lines: TextLine[],
): 'word' | 'next' | 'own' {
  let inside = 0
  let withWord = 0
  let withNext = 0
  for (const line of lines) {
    const block = line.words.find((each) => each.right > from && each.left < to && textOf(each) !== '')
    if (!block) continue
    inside++
    if (line.words.some((each) => each !== block && each.right > word.left && each.left < word.right))
      withWord++
    if (line.words.some((each) => each !== block && each.right > next.left && each.left < next.right))
      withNext++
  }
  if (inside < lines.length * 0.3) return to - word.right < next.left - to ? 'word' : 'next'
  const wordHasOwn = withWord > inside * 0.6
  const nextHasOwn = withNext > inside * 0.6
  if (wordHasOwn && nextHasOwn) return 'own'
  if (nextHasOwn) return 'word'
  if (wordHasOwn) return 'next'
  return from - word.right < next.left - to ? 'word' : 'next'
}

/** Columns by vertical rules that run through most of the table; null where a header's words do not fit between them. */
function ruledColumns(header: Word[], body: TextLine[], rules: Rule[]): PageColumn[] | null {
  const top = Math.min(...header.map((word) => word.top))
  const bottom = body.at(-1)?.bottom ?? top
  const reach = new Map<number, number>()
  for (const rule of rules) {
    if (!rule.vertical || rule.to < top || rule.from > bottom) continue
    const near = [...reach.keys()].find((at) => Math.abs(at - rule.at) <= 3) ?? rule.at
    reach.set(near, (reach.get(near) ?? 0) + Math.min(rule.to, bottom) - Math.max(rule.from, top))
  }
  const span = lastRuledLine(body, rules, top) - top
  const edges = [...reach].filter(([, length]) => length >= span * 0.5).map(([at]) => at)
  edges.sort((a, b) => a - b)
  if (edges.length < 3) return null
  const columns: PageColumn[] = []
  for (let at = 0; at + 1 < edges.length; at++) {
    const [left, right] = [edges[at] as number, edges[at + 1] as number]
    const words = header.filter((word) => center(word) > left && center(word) < right)
    if (words.length > 1) return null
    columns.push({ left, right, header: words[0] ?? null })
  }
  const outside = header.some(
    (word) => center(word) < (edges[0] as number) || center(word) > (edges.at(-1) as number),
  )
  return outside ? null : columns
}

function lastRuledLine(body: TextLine[], rules: Rule[], top: number): number {
  const lowest = rules.reduce((low, rule) => (rule.vertical ? Math.max(low, rule.to) : low), top)
  return Math.min(lowest, body.at(-1)?.bottom ?? lowest)
}

function center(word: Word): number {
  return (word.left + word.right) / 2
}

/** Which column a place belongs to. */
export function columnAt(columns: PageColumn[], x: number): number {
  const at = columns.findIndex((column) => x < column.right)
  return at < 0 ? columns.length - 1 : at
}
