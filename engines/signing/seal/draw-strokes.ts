import { SigningError } from '../signing-error.ts'
import { type Drawing, toPng } from './draw-seal.ts'

/** Points of a pen on a screen, one list a stroke; in any unit, y downwards. */
export type Strokes = readonly (readonly { x: number; y: number }[])[]

const MOST_POINTS = 20_000
const MOST_STROKES = 400
const HEIGHT = 200
const MARGIN = 8
const PEN = 4

/**
 * Draws a handwritten signature from the points of a screen: cut to its own size, smoothed, on a transparent ground. Errors:
 * `bad-strokes` (nothing drawn, only a dot, points that are no numbers, more than 400 strokes or 20,000 points).
 */
export function drawStrokes(strokes: Strokes): Drawing {
  const points = strokes.flat()
  const sound = points.every(({ x, y }) => Math.abs(x) < 1e5 && Math.abs(y) < 1e5)
  if (!sound || points.length > MOST_POINTS || strokes.length > MOST_STROKES)
    throw new SigningError('bad-strokes', { points: points.length })
  const [left, right] = reach(points.map(({ x }) => x))
  const [top, bottom] = reach(points.map(({ y }) => y))
  const extent = Math.max(right - left, bottom - top)
  if (points.length < 4 || !(extent > 8)) throw new SigningError('bad-strokes', { points: points.length })
  const scale = Math.min((HEIGHT - 2 * MARGIN) / Math.max(bottom - top, 1), (3 * HEIGHT) / extent)
  const place = (point: { x: number; y: number }) =>
    [MARGIN + (point.x - left) * scale, MARGIN + (point.y - top) * scale] as const
  const width = Math.round((right - left) * scale + 2 * MARGIN)
  const height = Math.round((bottom - top) * scale + 2 * MARGIN)
  const paths = strokes.filter((one) => one.length > 0).map((one) => smooth(one.map(place)))
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"><path d="${paths.join('')}" fill="none" stroke="#101820" stroke-width="${PEN}" stroke-linecap="round" stroke-linejoin="round"/></svg>`
  return { svg, png: toPng(svg, width * 2) }
}

function reach(values: number[]): [number, number] {
  let low = Number.POSITIVE_INFINITY
  let high = Number.NEGATIVE_INFINITY
  for (const value of values) {
    low = Math.min(low, value)
    high = Math.max(high, value)
  }
  return [low, high]
}

/** Curves through the middles of neighbouring points, so that a slow screen's corners do not show. */
function smooth(points: (readonly [number, number])[]): string {
  const [first] = points
  if (!first) return ''
  const text = (x: number, y: number) => `${x.toFixed(1)} ${y.toFixed(1)}`
  let path = `M${text(...first)}`
  for (let index = 1; index < points.length - 1; index++) {
    const [x, y] = points[index] ?? first
    const [nextX, nextY] = points[index + 1] ?? first
    path += `Q${text(x, y)} ${text((x + nextX) / 2, (y + nextY) / 2)}`
  }
  return `${path}L${text(...(points.at(-1) ?? first))}`
}
