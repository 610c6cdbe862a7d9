import { ReadingError } from '../reading-error.ts'
import type { ReadingLimits } from '../shapes.ts'
import type { RawRow } from './source.ts'

/** Whether the text only draws a line: ├──┼──┤, =====, -----. */
export function isRule(text: string): boolean {
  let drawn = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === 32 || code === 9 || code === 124) continue
    if (
      code !== 45 &&
      code !== 61 &&
      code !== 95 &&
      code !== 43 &&
      code !== 42 &&
      !(code >= 0x2500 && code < 0x2580)
    ) {
      return false
    }
    drawn++
  }
  return drawn > 2
}

/**
 * Where the columns of a printed list begin, in half-width places (a Chinese character takes two, as it does on the
 * printer). A column is what lies between places that are blank in nearly every line; a column without a title of its
 * own belongs to the one on its left.
 */
export function fixedColumns(head: string): number[] {
  const lines = head.split(/\r?\n|\f/).filter((line) => line.trim() && !isRule(line))
  const tokens = lines.map((line) => line.trim().split(/\s{2,}|\t|(?<=\S) (?=\S)/).length)
  const most = mostCommon(tokens.filter((count) => count >= 4))
  const body = lines.filter((_, index) => Math.abs((tokens[index] as number) - most) <= 2)
  if (most === 0 || body.length < 2) return [0]
  const width = Math.max(...body.map(displayWidth))
  const filled = new Uint32Array(width)
  for (const line of body) mark(line, filled)
  const starts: number[] = []
  const few = Math.floor(body.length * 0.02)
  let inside = false
  for (let place = 0; place < width; place++) {
    const full = (filled[place] as number) > few
    if (full && !inside) starts.push(place)
    inside = full
  }
  return mergeUntitled(starts, body, width)
}

function mergeUntitled(starts: number[], body: string[], width: number): number[] {
  const title = body.find((line) => !/\d{3}/.test(line)) ?? (body[0] as string)
  const filled = new Uint32Array(width)
  mark(title, filled)
  const kept: number[] = []
  starts.forEach((start, index) => {
    const end = starts[index + 1] ?? width
    const titled = filled.subarray(start, end).some((count) => count > 0)
    if (titled || kept.length === 0) kept.push(start)
  })
  if (kept.length > 0) kept[0] = 0
  return kept
}

function mark(line: string, filled: Uint32Array) {
  let place = 0
  for (let at = 0; at < line.length; at++) {
    const code = line.charCodeAt(at)
    const wide = code > 0x7f
    if (code !== 32 && code !== 0x3000) {
      filled[place] = (filled[place] as number) + 1
      if (wide) filled[place + 1] = (filled[place + 1] as number) + 1
    }
    place += wide ? 2 : 1
  }
}

function displayWidth(line: string): number {
  let width = 0
  for (let at = 0; at < line.length; at++) width += line.charCodeAt(at) > 0x7f ? 2 : 1
  return width + 1
}

function mostCommon(counts: number[]): number {
  const seen = new Map<number, number>()
  for (const count of counts) seen.set(count, (seen.get(count) ?? 0) + 1)
  let best = 0
  for (const [count, times] of seen) if (times > (seen.get(best) ?? 0)) best = count
  return best
}

/** Cuts each line at the given places; a line that draws a rule or is blank is left out. */
export async function* splitFixed(
  chunks: AsyncGenerator<string>,
  starts: number[],
  limits: ReadingLimits,
): AsyncGenerator<RawRow[]> {
  let carried = ''
  let row = 0
  for await (const chunk of chunks) {
    const lines = (carried + chunk).split(/\r?\n|\f/)
    carried = lines.pop() ?? ''
    if (carried.length > limits.cell_chars * 20)
      throw new ReadingError('too-large', { cell_chars: carried.length })
    const rows: RawRow[] = []
    for (const line of lines) {
      row++
      if (line.trim() && !isRule(line)) rows.push({ row, cells: cut(line, starts) })
    }
    if (rows.length > 0) yield rows
  }
  if (carried.trim() && !isRule(carried)) yield [{ row: row + 1, cells: cut(carried, starts) }]
}

function cut(line: string, starts: number[]): string[] {
  // A heading or a title is one text, wherever the columns below it stand.
  const text = line.trim()
  if (!/\s/.test(text) || (/^[^\s:：]{2,6}[:：]/.test(text) && text.split(/\s+/).length <= 2)) return [text]
  const cells: string[] = []
  let place = 0
  let column = 0
  let from = 0
  for (let at = 0; at < line.length; at++) {
    while (column + 1 < starts.length && place >= (starts[column + 1] as number)) {
      const edge = edgeAt(line, from, at)
      cells.push(line.slice(from, edge).trim())
      from = edge
      column++
    }
    place += line.charCodeAt(at) > 0x7f ? 2 : 1
  }
  cells.push(line.slice(from).trim())
  return cells
}

/** A figure wider than its column reaches to the left: it is not cut in two but taken whole into its own column. */
function edgeAt(line: string, from: number, at: number): number {
  if (!isFigureCode(line.charCodeAt(at))) return at
  let edge = at
  while (edge > from && isFigureCode(line.charCodeAt(edge - 1))) edge--
  return edge > from && line.charCodeAt(edge - 1) <= 32 ? edge : at
}

function isFigureCode(code: number): boolean {
  return (code >= 45 && code <= 57 && code !== 47) || code === 44
}
