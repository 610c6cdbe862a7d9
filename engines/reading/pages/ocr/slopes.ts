import { median } from '../page-shapes.ts'
import type { TextBox } from './detect.ts'
import { dot, type Observation, robustFit } from './least-squares.ts'

/** How steeply lines of text run at a place of the picture (dy/dx). */
export type SlopeField = (x: number, y: number) => number

interface Size {
  width: number
  height: number
}

/** The slopes of a page: even over it for a scan, turning over it for a photo taken aslant or of paper that is not flat. */
export function slopeField(boxes: TextBox[], size: Size): SlopeField {
  const wide = boxes.filter((box) => lengthOf(box) > 3.5 * thicknessOf(box))
  const own = wide.map((box) =>
    observation(size, center(box), slopeOf(box), lengthOf(box) / thicknessOf(box), 3),
  )
  let field = fieldOf(robustFit(own, 3, 0.02, 1e-3), size)
  // Neighbours in a row tell the slope far more exactly than the short runs themselves.
  for (const terms of [3, 6, 8]) {
    const links = linksOf(boxes, field).map(({ at, slope, length }) =>
      observation(size, at, slope, length, terms),
    )
    const all = [...own.map((each) => ({ ...each, weight: each.weight * 0.2 })), ...links]
    field = fieldOf(robustFit(extended(all, size, terms), terms, 0.006, 2e-4), size)
  }
  return field
}

function fieldOf(fit: number[], size: Size): SlopeField {
  return (x, y) => dot(fit, termsOf(size, x, y, fit.length))
}

function termsOf({ width, height }: Size, x: number, y: number, count: number): number[] {
  const [u, v] = [(x / width - 0.5) * 2, (y / height - 0.5) * 2]
  return [1, u, v, u * v, u * u, u * u * v, v * v, u * u * u].slice(0, count)
}

interface Placed extends Observation {
  x: number
  y: number
}

function observation(
  size: Size,
  at: { x: number; y: number },
  value: number,
  weight: number,
  terms: number,
): Placed {
  return { x: at.x, y: at.y, terms: termsOf(size, at.x, at.y, terms), value, weight }
}

function extended(all: Placed[], size: Size, terms: number): Placed[] {
  return all.map((each) => ({ ...each, terms: termsOf(size, each.x, each.y, terms) }))
}

interface Link {
  at: { x: number; y: number }
  slope: number
  length: number
}

/** From each run to the next in its row, where the field so far leaves no doubt which that is. */
function linksOf(boxes: TextBox[], field: SlopeField): Link[] {
  const links: Link[] = []
  const height = median(boxes.map(thicknessOf))
  for (const box of boxes) {
    const from = center(box)
    let best: Link | null = null
    let nearest = Number.POSITIVE_INFINITY
    for (const other of boxes) {
      const to = center(other)
      const dx = to.x - from.x
      if (dx <= height || other.left < box.right - height) continue
      const slope = (to.y - from.y) / dx
      const middle = { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 }
      const off = Math.abs(to.y - from.y - field(middle.x, middle.y) * dx)
      if (off > height * 0.45 || dx > nearest) continue
      nearest = dx
      best = { at: middle, slope, length: Math.min(dx / height, 12) }
    }
    if (best) links.push(best)
  }
  return links
}

export function center(box: TextBox): { x: number; y: number } {
  return { x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2 }
}

/** Height of the line itself, whatever its slope. */
export function thicknessOf(box: TextBox): number {
  const [wide, high] = [box.right - box.left, box.bottom - box.top]
  const slope = Math.abs(slopeOf(box))
  return wide > high ? Math.max(4, high - wide * Math.min(slope, 0.5)) : Math.max(4, Math.min(wide, high))
}

function lengthOf(box: TextBox): number {
  return box.right - box.left
}

function slopeOf(box: TextBox): number {
  return Math.tan(0.5 * Math.atan2(2 * box.xy, box.xx - box.yy))
}

/**
 * How far edges of columns lean (dx/dy), as `lean + turn · u` over u = -1 … 1 from left to right: that under which most
 * left and right edges of runs stand above one another.
 */
export function leanOf(
  edges: { x: number; y: number }[][],
  width: number,
  height: number,
): { lean: number; turn: number } {
  const pairs: { u: number; dx: number; dy: number }[] = []
  for (const side of edges) {
    for (const one of side) {
      for (const other of side) {
        const dy = other.y - one.y
        if (dy < height || dy > height * 14) continue
        const dx = other.x - one.x
        if (Math.abs(dx) < dy * 0.3 + 4) pairs.push({ u: (one.x / width - 0.5) * 2, dx, dy })
      }
    }
  }
  const step = Math.max(1, Math.floor(pairs.length / 6000))
  const used = pairs.filter((_, at) => at % step === 0)
  let best = { lean: 0, turn: 0 }
  for (const [reach, by, tolerance] of [
    [0.24, 0.02, 0.45],
    [0.02, 0.005, 0.25],
    [0.005, 0.00125, 0.15],
  ] as const) {
    const from = best
    let most = -1
    for (let lean = from.lean - reach; lean <= from.lean + reach + 1e-9; lean += by) {
      for (let turn = from.turn - reach; turn <= from.turn + reach + 1e-9; turn += by) {
        let sum = 0
        for (const { u, dx, dy } of used) {
          const off = Math.abs(dx - (lean + turn * u) * dy) / (height * tolerance)
          if (off < 1) sum += 1 - off
        }
        // Nothing gained: upright stays upright.
        sum -= (Math.abs(lean) + Math.abs(turn)) * used.length * 0.02
        if (sum > most) {
          most = sum
          best = { lean, turn }
        }
      }
    }
  }
  return best
}
