import { median } from '../page-shapes.ts'
import type { TextBox } from './detect.ts'
import { type Grey, sample } from './picture.ts'
import { center, leanOf, type SlopeField, slopeField, thicknessOf } from './slopes.ts'

/** A page made level: lines of text run across, columns run down. */
export interface Straight {
  picture: Grey
  /** Height of a usual line of text in it. */
  textHeight: number
  /** Where a place of it stands in the picture it was made of. */
  source(u: number, v: number): { x: number; y: number }
}

/** The height text is brought to: near what the recogniser works with, whatever the camera's distance. */
const TEXT_HEIGHT = 36
const PIXELS_MAX = 7_000_000
const STEP = 16

/** Bends the picture so that what `boxes` found runs level, and cuts it to them. */
export function straighten(picture: Grey, boxes: TextBox[]): Straight {
  const curves = new Curves(slopeField(boxes, picture), picture.width)
  const flat = boxes.map((box) => ({ box, level: curves.levelOf(center(box).x, center(box).y) }))
  const height = median(boxes.map(thicknessOf)) || 20
  const edges = (pick: (box: TextBox) => number) => flat.map(({ box, level }) => ({ x: pick(box), y: level }))
  const { lean, turn } = leanOf([edges((box) => box.left), edges((box) => box.right)], picture.width, height)
  const zero = picture.height / 2
  const leanAt = (x: number) => lean + turn * (x / picture.width - 0.5) * 2
  // u is where a column's edge crosses the middle height of the picture.
  const across = (x: number, level: number) => {
    let u = x
    for (let round = 0; round < 4; round++) u = x - leanAt(u) * (level - zero)
    return u
  }
  const us = flat.flatMap(({ box, level }) => [across(box.left, level), across(box.right, level)])
  const vs = flat.map(({ level }) => level)
  const left = Math.min(...us) - height
  const top = Math.min(...vs) - height * 1.5
  const [wide, high] = [Math.max(...us) + height - left, Math.max(...vs) + height * 1.5 - top]
  const scale = Math.min(2.4, TEXT_HEIGHT / height, Math.sqrt(PIXELS_MAX / (wide * high)))
  const source = (u: number, v: number) => {
    const [bu, bv] = [left + u / scale, top + v / scale]
    const x = bu + leanAt(bu) * (bv - zero)
    return { x, y: curves.heightAt(x, bv) }
  }
  return {
    picture: bent(picture, Math.round(wide * scale), Math.round(high * scale), source),
    textHeight: height * scale,
    source,
  }
}

/** The lines along which text runs, each known by its height in the middle of the picture. */
class Curves {
  private readonly field: SlopeField
  private readonly width: number
  private readonly known = new Map<number, Float32Array>()

  constructor(field: SlopeField, width: number) {
    this.field = field
    this.width = width
  }

  /** Height at x of the line that has height `level` in the middle. */
  heightAt(x: number, level: number): number {
    const whole = Math.floor(level / STEP)
    const part = level / STEP - whole
    return this.along(whole, x) * (1 - part) + this.along(whole + 1, x) * part
  }

  /** The line a place is on. */
  levelOf(x: number, y: number): number {
    let level = y
    for (let round = 0; round < 6; round++) level += y - this.heightAt(x, level)
    return level
  }

  private along(whole: number, x: number): number {
    let curve = this.known.get(whole)
    if (!curve) {
      curve = this.curve(whole * STEP)
      this.known.set(whole, curve)
    }
    const at = Math.min(Math.max(x / STEP + 8, 0), curve.length - 1.001)
    const first = Math.floor(at)
    return (curve[first] as number) * (1 - at + first) + (curve[first + 1] as number) * (at - first)
  }

  private curve(level: number): Float32Array {
    const points = new Float32Array(Math.ceil(this.width / STEP) + 18)
    const middle = Math.round(this.width / 2 / STEP) + 8
    points[middle] = level
    for (let at = middle + 1; at < points.length; at++) {
      const y = points[at - 1] as number
      points[at] = y + this.field((at - 8.5) * STEP, y) * STEP
    }
    for (let at = middle - 1; at >= 0; at--) {
      const y = points[at + 1] as number
      points[at] = y - this.field((at - 7.5) * STEP, y) * STEP
    }
    return points
  }
}

/** Takes each pixel from where `source` says, exactly at the corners of a mesh and between them in proportion. */
function bent(
  picture: Grey,
  width: number,
  height: number,
  source: (u: number, v: number) => { x: number; y: number },
): Grey {
  const data = new Uint8Array(width * height)
  for (let top = 0; top < height; top += STEP) {
    for (let left = 0; left < width; left += STEP) {
      const corners = [
        source(left, top),
        source(left + STEP, top),
        source(left, top + STEP),
        source(left + STEP, top + STEP),
      ]
      const [a, b, c, d] = corners as [
        { x: number; y: number },
        { x: number; y: number },
        { x: number; y: number },
        { x: number; y: number },
      ]
      for (let v = top; v < Math.min(top + STEP, height); v++) {
        const fv = (v - top) / STEP
        const [x0, y0] = [a.x + (c.x - a.x) * fv, a.y + (c.y - a.y) * fv]
        const [dx, dy] = [b.x + (d.x - b.x) * fv - x0, b.y + (d.y - b.y) * fv - y0]
        for (let u = left; u < Math.min(left + STEP, width); u++) {
          const fu = (u - left) / STEP
          data[v * width + u] = sample(picture, x0 + dx * fu, y0 + dy * fu)
        }
      }
    }
  }
  return { width, height, data }
}
