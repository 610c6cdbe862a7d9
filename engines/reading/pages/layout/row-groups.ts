import { parseDate } from '../../type/dates.ts'
import { parseDecimal } from '../../type/decimals.ts'
import { median, middleOf, type Rule, textOf } from '../page-shapes.ts'
import type { PageColumn } from './columns.ts'
import type { PlacedWord } from './place-words.ts'

/** The words of one row of the table. */
export interface RowGroup {
  middle: number
  words: PlacedWord[]
}

/** Groups the words below a header into rows: between drawn rules, else around the column that never wraps. */
export function groupRows(words: PlacedWord[], columns: PageColumn[], rules: Rule[]): RowGroup[] {
  if (words.length === 0) return []
  const anchors = anchorRows(words, columns.length)
  return ruledRows(words, columns, rules, anchors.length) ?? textRows(words, anchors)
}

/** Rows seeded by the column with most numbers and dates; what other columns have beside them joins. */
function anchorRows(words: PlacedWord[], columns: number): number[] {
  let best: number[] = []
  for (let column = 0; column < columns; column++) {
    const own = words.filter((each) => each.column === column)
    const figures = own.filter((each) => isFigure(textOf(each.word)))
    if (figures.length < own.length * 0.7) continue
    const middles = distinct(
      figures.map((each) => middleOf(each.word)),
      median(heights(own)) * 0.5,
    )
    if (middles.length > best.length) best = middles
  }
  return best
}

function isFigure(text: string): boolean {
  return Boolean(parseDecimal(text)) || Boolean(parseDate(text))
}

function heights(words: PlacedWord[]): number[] {
  return words.map((each) => each.word.bottom - each.word.top)
}

function distinct(values: number[], within: number): number[] {
  const kept: number[] = []
  for (const value of values.sort((a, b) => a - b)) {
    if (kept.length === 0 || value - (kept.at(-1) as number) > within) kept.push(value)
  }
  return kept
}

/** Every word goes to the anchor it wraps around; lines too far from any anchor are rows of their own. */
function textRows(words: PlacedWord[], anchors: number[]): RowGroup[] {
  const height = median(heights(words))
  const rows: RowGroup[] = anchors.map((middle) => ({ middle, words: [] }))
  const loose: PlacedWord[] = []
  for (const each of words) {
    const nearest = nearestRow(rows, middleOf(each.word))
    if (nearest && Math.abs(nearest.middle - middleOf(each.word)) < height * 0.5) nearest.words.push(each)
    else loose.push(each)
  }
  // The anchor's own box may sit high or low: the row is where most of its words are.
  for (const row of rows)
    if (row.words.length > 1) row.middle = median(row.words.map((each) => middleOf(each.word)))
  const pitch = pitchOf(anchors)
  const downward = hangsDown(loose, rows, height)
  const own: PlacedWord[] = []
  const spaced = looseLines(loose, height)
  for (const line of spaced) {
    const row = downward ? rowAbove(rows, line.middle) : nearestRow(rows, line.middle)
    const standsAlone = row && isStandalone(line, rows, spaced, pitch, height)
    if (row && !standsAlone) row.words.push(...line.words)
    else own.push(...line.words)
  }
  const ownRows = looseLines(own, height)
  return [...rows.filter((row) => row.words.length > 0), ...ownRows].sort((a, b) => a.middle - b.middle)
}

function nearestRow(rows: RowGroup[], middle: number): RowGroup | null {
  let best: RowGroup | null = null
  for (const row of rows) {
    if (!best || Math.abs(row.middle - middle) < Math.abs(best.middle - middle)) best = row
  }
  return best
}

function rowAbove(rows: RowGroup[], middle: number): RowGroup | null {
  return rows.findLast((row) => row.middle <= middle) ?? rows[0] ?? null
}

function pitchOf(anchors: number[]): number {
  const gaps: number[] = []
  for (let at = 1; at < anchors.length; at++) gaps.push((anchors[at] as number) - (anchors[at - 1] as number))
  gaps.sort((a, b) => a - b)
  // Rows without any wrapped cell are the tight ones.
  return gaps[Math.floor(gaps.length * 0.2)] ?? Number.POSITIVE_INFINITY
}

/** Wrapped cells set to the top: hardly any of their further lines stands above an anchor within its row. */
function hangsDown(loose: PlacedWord[], rows: RowGroup[], height: number): boolean {
  let above = 0
  let below = 0
  for (const { word } of loose) {
    const row = nearestRow(rows, middleOf(word))
    if (!row) continue
    const offset = middleOf(word) - row.middle
    if (Math.abs(offset) > height * 1.6) continue
    if (offset < 0) above++
    else below++
  }
  return below > 0 && above <= below * 0.1
}

function looseLines(words: PlacedWord[], height: number): RowGroup[] {
  const lines: RowGroup[] = []
  for (const each of [...words].sort((a, b) => middleOf(a.word) - middleOf(b.word))) {
    const last = lines.at(-1)
    if (last && middleOf(each.word) - last.middle < height * 0.4) last.words.push(each)
    else lines.push({ middle: middleOf(each.word), words: [each] })
  }
  return lines
}

/** A heading or total of its own keeps a row's distance from what is above and below it. */
function isStandalone(
  line: RowGroup,
  rows: RowGroup[],
  loose: RowGroup[],
  pitch: number,
  height: number,
): boolean {
  const nearest = nearestRow(rows, line.middle)
  if (!nearest) return true
  const distance = Math.abs(nearest.middle - line.middle)
  if (distance > height * 3.2) return true
  // A third line of a wrapped cell is far from its anchor and close to the second.
  const chained = loose.some(
    (each) =>
      each !== line &&
      Math.abs(each.middle - line.middle) < height * 1.5 &&
      Math.abs(each.middle - nearest.middle) < distance,
  )
  // What stands right under a text of its column may well be the end of it, be its row ever so tight.
  const above = rowAbove(rows, line.middle)
  const under = line.words.every((word) => above?.words.some((each) => each.column === word.column))
  const near = under && !isHeadingLine(line) ? 0.88 : 0.78
  return !chained && distance > Math.max(pitch * near, height * 0.9)
}

function isHeadingLine({ words }: RowGroup): boolean {
  return words.some(({ word }) => /[:：]|计$/.test(textOf(word)))
}

/** Rows between horizontal rules, if these part the table as finely as its anchors do. */
function ruledRows(
  words: PlacedWord[],
  columns: PageColumn[],
  rules: Rule[],
  anchors: number,
): RowGroup[] | null {
  const [left, right] = [
    Math.min(...words.map((each) => each.word.left)),
    Math.max(...words.map((each) => each.word.right)),
  ]
  const edges = horizontalEdges(rules).filter((edge) => edge.reach(left, right) > (right - left) * 0.3)
  if (edges.length < 3 || edges.length < anchors * 0.8) return null
  const rows: RowGroup[] = [...edges.map((edge) => ({ middle: edge.at, words: [] as PlacedWord[] }))]
  const outside: PlacedWord[] = []
  for (const each of words) {
    const middle = middleOf(each.word)
    const below = edges.findLastIndex((edge) => edge.at < middle)
    if (below < 0 || below === edges.length - 1) {
      outside.push(each)
      continue
    }
    const column = columns[each.column] as PageColumn
    ;(rows[firstOfMerged(edges, below, column)] as RowGroup).words.push(each)
  }
  const filled = rows.filter((row) => row.words.length > 0)
  const height = median(heights(words))
  return [...filled, ...looseLines(outside, height)].sort((a, b) => a.middle - b.middle)
}

/** A cell merged downward has no rule through its column: its text belongs to its first row. */
function firstOfMerged(edges: Edge[], at: number, column: PageColumn): number {
  let first = at
  const [from, to] = [Math.max(column.left, 0), Math.min(column.right, 1e6)]
  while (
    first > 0 &&
    (edges[first] as Edge).reach(from + 2, to - 2) < (Math.min(to, from + 400) - from) * 0.2
  )
    first--
  return first
}

interface Edge {
  at: number
  reach(from: number, to: number): number
}

function horizontalEdges(rules: Rule[]): Edge[] {
  const grouped: { at: number; parts: Rule[] }[] = []
  for (const rule of rules.filter((each) => !each.vertical).sort((a, b) => a.at - b.at)) {
    const last = grouped.at(-1)
    if (last && rule.at - last.at <= 3) last.parts.push(rule)
    else grouped.push({ at: rule.at, parts: [rule] })
  }
  return grouped.map(({ at, parts }) => ({
    at,
    reach: (from: number, to: number) => unionLength(parts, from, to),
  }))
}

function unionLength(parts: Rule[], from: number, to: number): number {
  let length = 0
  let end = from
  for (const part of [...parts].sort((a, b) => a.from - b.from)) {
    const start = Math.max(part.from, end)
    const stop = Math.min(part.to, to)
    if (stop > start) length += stop - start
    end = Math.max(end, stop)
  }
  return length
}
