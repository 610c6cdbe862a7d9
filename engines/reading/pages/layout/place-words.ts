import type { Glyph, Word } from '../page-shapes.ts'
import { columnAt, type PageColumn } from './columns.ts'

/** A word in the column it belongs to. */
export interface PlacedWord {
  column: number
  word: Word
}

/** Puts a word into its column; one that reaches over a border is parted there if its characters allow. */
export function placeWord(word: Word, columns: PageColumn[]): PlacedWord[] {
  const height = word.bottom - word.top
  const first = columnAt(columns, word.left + height * 0.25)
  const last = columnAt(columns, word.right - height * 0.25)
  if (first >= last || word.glyphs.length < 2) {
    return [{ column: columnAt(columns, (word.left + word.right) / 2), word }]
  }
  for (let column = first; column < last; column++) {
    const cut = cutNear(word.glyphs, (columns[column] as PageColumn).right, height)
    if (cut === 0) continue
    const left = part(word, word.glyphs.slice(0, cut))
    const right = part(word, word.glyphs.slice(cut))
    return [...placeWord(left, columns), ...placeWord(right, columns)]
  }
  return [{ column: mostOver(word, columns, first, last), word }]
}

/** The place between two characters of different classes, or with a real gap, nearest to the border; 0 = none. */
function cutNear(glyphs: Glyph[], border: number, height: number): number {
  let best = 0
  let bestCost = height * 1.6
  for (let at = 1; at < glyphs.length; at++) {
    const [before, after] = [glyphs[at - 1] as Glyph, glyphs[at] as Glyph]
    const gap = after.left - before.right
    const open = before.text === ' ' || after.text === ' ' || gap >= height * 0.55
    const [one, other] = [classOf(before.text), classOf(after.text)]
    if (!open && one === other) continue
    const off = Math.abs((before.right + after.left) / 2 - border)
    // Letters and digits stand side by side in many a number: only right at the border are they two cells.
    if (!open && one !== 'han' && other !== 'han' && off > height * 0.7) continue
    const cost = off - Math.max(0, gap) * 0.5
    if (cost < bestCost) {
      bestCost = cost
      best = at
    }
  }
  return best
}

function classOf(text: string): 'han' | 'digit' | 'letter' {
  if (/[\p{Script=Han}（）()【】、，。：；]/u.test(text)) return 'han'
  return /[\d.,\-/*×:]/.test(text) ? 'digit' : 'letter'
}

function mostOver(word: Word, columns: PageColumn[], first: number, last: number): number {
  let best = first
  let most = Number.NEGATIVE_INFINITY
  for (let at = first; at <= last; at++) {
    const column = columns[at] as PageColumn
    const over = Math.min(word.right, column.right) - Math.max(word.left, column.left)
    if (over > most) {
      most = over
      best = at
    }
  }
  return best
}

function part(word: Word, glyphs: Glyph[]): Word {
  const printed = glyphs.filter((glyph) => glyph.text !== ' ')
  const left = printed[0]?.left ?? word.left
  const right = printed.at(-1)?.right ?? word.right
  return { glyphs, left, right, top: word.top, bottom: word.bottom }
}
