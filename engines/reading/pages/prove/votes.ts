import type { Field } from '../../shapes.ts'
import type { PageCell } from '../page-shapes.ts'
import { type Line, repair } from './sections.ts'

/**
 * The same product, spec or lot is printed on many lines: a reading that stands alone beside many that differ from it in
 * one or two unsure characters is brought to theirs. Returns how often each text of the field was read.
 */
export function vote(lines: Line[], field: Field, within: Field[]): Map<string, number> {
  const groups = new Map<string, PageCell[]>()
  for (const line of lines) {
    const cell = line.at[field]
    if (!cell || cell.text === '') continue
    const key = within.map((each) => squeezed(line.at[each]?.text ?? '')).join('|')
    const group = groups.get(key)
    if (group) group.push(cell)
    else groups.set(key, [cell])
  }
  for (const cells of groups.values()) settle(cells)
  const counts = new Map<string, number>()
  for (const [key, cells] of groups) {
    for (const { text } of cells)
      counts.set(`${key}|${squeezed(text)}`, (counts.get(`${key}|${squeezed(text)}`) ?? 0) + 1)
  }
  return counts
}

export function countKey(line: Line, field: Field, within: Field[]): string {
  return [...within, field].map((each) => squeezed(line.at[each]?.text ?? '')).join('|')
}

function squeezed(text: string): string {
  return text.normalize('NFKC').replace(/\s+/g, '').replaceAll('×', 'x')
}

function settle(cells: PageCell[]) {
  const texts = new Map<string, { weight: number; count: number; cell: PageCell }>()
  for (const cell of cells) {
    const key = squeezed(cell.text)
    const known = texts.get(key)
    const weight = Math.max(0.05, cell.sure)
    if (!known) texts.set(key, { weight, count: 1, cell })
    else {
      known.weight += weight
      known.count++
      if (cell.sure > known.cell.sure) known.cell = cell
    }
  }
  const ranked = [...texts].sort(([, a], [, b]) => b.weight - a.weight)
  for (const [text, own] of ranked) {
    for (const [leading, other] of ranked) {
      if (other.weight < own.weight * 1.8 || leading === text || !isMisreading(text, leading, own.cell))
        continue
      for (const cell of cells) {
        if (squeezed(cell.text) === text)
          repair(cell, other.cell.text, 'repeated', Math.min(0.85, 0.55 + 0.1 * other.count))
      }
      break
    }
  }
}

/** Whether `text` is `leading` with one or two characters misread: those are the ones nobody was sure of. */
function isMisreading(text: string, leading: string, cell: PageCell): boolean {
  if (Math.abs(text.length - leading.length) > 1 || distance(text, leading) > 2) return false
  if (cell.repaired) return true
  const glyphs = (cell.glyphs ?? []).filter((glyph) => glyph.text !== ' ')
  if (text.length !== leading.length) return cell.sure < 0.9
  const plain = glyphs.map((glyph) => glyph.text.normalize('NFKC'))
  if (plain.join('').length !== text.length) return cell.sure < 0.6
  return plain.every((each, at) => each === leading[at] || (glyphs[at]?.sure ?? 1) < 0.9)
}

/** Edits between two short texts. */
export function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, at) => at)
  for (let i = 1; i <= one.length; i++) {
    const next = [i]
    for (let j = 1; j <= other.length; j++) {
      const swap = (row[j - 1] as number) + (one[i - 1] === other[j - 1] ? 0 : 1)
      next.push(Math.min(swap, (row[j] as number) + 1, (next[j - 1] as number) + 1))
    }
    row = next
  }
  return row[other.length] as number
}
