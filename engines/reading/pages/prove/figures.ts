import { parseDate } from '../../type/dates.ts'
import { parseDecimal } from '../../type/decimals.ts'
import type { PageCell } from '../page-shapes.ts'
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
  const point = edges.replace(/^(-?\d+),(\d{2})$/, '$1.$2')
  return [edges, point, edges.replaceAll(' ', ''), swapped, ...(runs.length > 0 && longest ? [longest] : [])]
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
    ...(digits.length === 8 ? [`${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6)}`] : []),
    swapped.replace(/[^\d]+/g, '-').replace(/^-|-$/g, ''),
  ]
  for (const candidate of candidates) {
    if (parseDate(candidate)?.length !== 10) continue
    repair(cell, candidate, 'date', Math.min(cell.sure, 0.6))
    return
  }
}

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

/** Chinese type is set evenly: where two neighbours stand a character apart, one was not read. */
export function hasHole(cell: PageCell): boolean {
  const glyphs = cell.glyphs ?? []
  const steps: number[] = []
  for (let at = 1; at < glyphs.length; at++) {
    const [before, after] = [glyphs[at - 1], glyphs[at]]
    if (!before || !after || !/\p{Script=Han}/u.test(before.text) || !/\p{Script=Han}/u.test(after.text))
      continue
    const step = (after.left + after.right - before.left - before.right) / 2
    // A step back begins the next line of a wrapped cell.
    if (step > 0) steps.push(step)
  }
  if (steps.length < 3) return false
  const usual = [...steps].sort((a, b) => a - b)[steps.length >> 1] as number
  return steps.some((step) => step > usual * 1.55)
}
