import { parseDate } from '../../type/dates.ts'
import { parseDecimal } from '../../type/decimals.ts'
import { median, type PageCell } from '../page-shapes.ts'
import { repair } from './sections.ts'

const LOOKALIKES: Record<string, string> = {
  O: '0',
  o: '0',
  D: '0',
  Q: '0',
  l: '1',
  I: '1',
  '|': '1',
  i: '1',
  Z: '2',
  z: '2',
  S: '5',
  s: '5',
  B: '8',
  一: '-',
  '—': '-',
  '－': '-',
  '–': '-',
  _: '-',
  '，': '.',
  '。': '.',
  '·': '.',
  '：': '.',
}

/** A figure's cell cleared of what cannot stand in it: remains of a seal, a rule read as a stroke, a comma for the point. */
export function tidyFigure(cell: PageCell) {
  const { text } = cell
  if (text === '' || parseDecimal(text) || text === '-') return
  for (const candidate of figureCandidates(text)) {
    if (!parseDecimal(candidate)) continue
    repair(cell, candidate, 'figure', Math.min(cell.sure, 0.6))
    return
  }
}

function figureCandidates(text: string): string[] {
  const plain = text.replace(/\s+/g, ' ').trim()
  const edges = plain.replace(/^[|!.,'`"‘’:;、·]+|[|!.,'`"‘’:;、·-]+$/g, '')
  const swapped = [...edges.replaceAll(' ', '')].map((each) => LOOKALIKES[each] ?? each).join('')
  const runs = plain.match(/-?\d[\d,]*(?:\.\d+)?/g) ?? []
  const longest = [...runs].sort((a, b) => b.length - a.length)[0]
  const taxed = /^(-?[\d,]+\.\d{2})\d{1,2}%$/.exec(plain)?.[1]
  const grouped = /^-?\d{1,3}(?:[.,]\d{3})+[.,]\d{2}$/.test(edges)
    ? [`${edges.slice(0, -3).replace(/[.,]/g, '')}.${edges.slice(-2)}`]
    : []
  const point = edges.replace(/^(-?\d+),(\d{2})$/, '$1.$2')
  return [
    ...(taxed ? [taxed] : []),
    ...grouped,
    edges,
    point,
    edges.replaceAll(' ', ''),
    swapped,
    ...(runs.length > 0 && longest ? [longest] : []),
  ]
}

/** A date's cell brought back to a date where its digits leave no choice. */
export function tidyDate(cell: PageCell) {
  const { text } = cell
  if (text === '' || (parseDate(text) && !/^\d{9,}$/.test(text))) return
  const swapped = [...text].map((each) => LOOKALIKES[each] ?? each).join('')
  const inside = /(20\d\d)[-./年 ]{0,2}(\d{1,2})[-./月 ]{1,2}(\d{1,2})(?!\d)/.exec(swapped)
  const digits = swapped.replace(/\D/g, '')
  const candidates = [
    ...(inside ? [`${inside[1]}-${inside[2]}-${inside[3]}`] : []),
    // A rule's stroke behind the day, or a lost mark between month and day.
    ...[/(20\d\d)[-./年](\d\d)[-./月](\d\d)\d$/, /^(20\d\d)[-./](\d)(\d)$/].flatMap((shape) => {
      const found = shape.exec(swapped)
      return found ? [`${found[1]}-${found[2]}-${found[3]}`] : []
    }),
    ...(digits.length === 8 ? [`${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6)}`] : []),
    swapped.replace(/[^\d]+/g, '-').replace(/^-|-$/g, ''),
  ]
  for (const candidate of candidates) {
    if (parseDate(candidate)?.length !== 10) continue
    repair(cell, candidate, 'date', Math.min(cell.sure, 0.6))
    return
  }
}

/** What a dashed rule or its crossing is read as; no text of a list begins or ends so. */
const RULE_STROKE = /^[-+=_~|!！丨.,:：、·' ]$/

/** Remains of a seal or of the page's edge beside a text: short, apart, and nobody is sure of them. */
export function tidyText(cell: PageCell) {
  const { glyphs } = cell
  if (!glyphs || cell.repaired) return
  let [from, to] = [0, glyphs.length]
  for (let at = glyphs.length - 1; at > 0; at--) {
    if (glyphs[at]?.text !== ' ') continue
    const tail = glyphs.slice(at + 1, to)
    if (tail.length > 3 || tail.some((glyph) => glyph.sure > 0.8)) break
    to = at
  }
  const strokes = /^[-_.,'`~·|‘’“”、。]$/
  while (to - 1 > from && strokes.test(glyphs[to - 1]?.text ?? '') && (glyphs[to - 1]?.sure ?? 1) < 0.9) to--
  while (from + 1 < to && strokes.test(glyphs[from]?.text ?? '') && (glyphs[from]?.sure ?? 1) < 0.9) from++
  while (to - 1 > from && RULE_STROKE.test(glyphs[to - 1]?.text ?? '')) to--
  while (from + 1 < to && RULE_STROKE.test(glyphs[from]?.text ?? '')) from++
  if (from === 0 && to === glyphs.length) return
  const kept = glyphs.slice(from, to)
  const text = kept
    .map((glyph) => glyph.text)
    .join('')
    .trim()
  if (text === '') return
  const sure = kept.reduce((low, glyph) => Math.min(low, glyph.sure), 0.85)
  cell.glyphs = kept
  repair(cell, text, 'edge', sure)
}

const HAN = /\p{Script=Han}/u

/** From each Chinese character to a neighbour that is one too. */
function stepsOf(cell: PageCell): number[] {
  const glyphs = cell.glyphs ?? []
  const steps: number[] = []
  for (let at = 1; at < glyphs.length; at++) {
    const [before, after] = [glyphs[at - 1], glyphs[at]]
    if (!before || !after || !HAN.test(before.text) || !HAN.test(after.text)) continue
    const step = (after.left + after.right - before.left - before.right) / 2
    // A step back begins the next line of a wrapped cell.
    if (step > 0) steps.push(step)
  }
  return steps
}

/** How far neighbours usually stand apart in the names of a table, 0 where too few are there to tell. */
export function usualStep(cells: PageCell[]): number {
  const steps = cells.flatMap((cell) => stepsOf(cell))
  return steps.length < 12 ? 0 : median(steps)
}

/** Chinese type is set evenly: where two neighbours stand a character apart, one was not read. `usual` of the table, or 0. */
export function hasHole(cell: PageCell, usual: number): boolean {
  const steps = stepsOf(cell)
  const own = steps.length < 3 ? usual : median(steps)
  return own > 0 && steps.some((step) => step > own * 1.55)
}

/** 30,000 among 12.500 and 8.000: its comma is a point that was misread. */
export function tidyPoints(cells: PageCell[]) {
  const pointed = cells.filter(({ text }) => /^-?[\d,]+\.\d{3}$/.test(text)).length
  if (pointed < 2) return
  for (const cell of cells)
    if (/^-?\d[\d,]*,\d{3}$/.test(cell.text))
      repair(cell, cell.text.replace(/,(\d{3})$/, '.$1'), 'figure', 0.6)
}
