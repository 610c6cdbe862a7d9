import type { Models } from './models.ts'
import { type Grey, scaledPart } from './picture.ts'

const MAP_THRESHOLD = 0.3
const BOX_THRESHOLD = 0.5
/** How far a box is let out: the network marks the core of a line only. */
const UNCLIP = 1.55
const MEAN = [0.485, 0.456, 0.406] as const
const SPREAD = [0.229, 0.224, 0.225] as const

/** A run of text found on a picture. */
export interface TextBox {
  left: number
  top: number
  right: number
  bottom: number
  /** Spread of its core along both axes and across (second moments), for its slope. */
  xx: number
  xy: number
  yy: number
  score: number
}

/** Finds runs of text; `scale` makes the picture smaller (or larger) for the network. Boxes are in the picture's pixels. */
export async function detectText(models: Models, picture: Grey, scale: number): Promise<TextBox[]> {
  const width = Math.max(32, Math.round((picture.width * scale) / 32) * 32)
  const height = Math.max(32, Math.round((picture.height * scale) / 32) * 32)
  const grey = scaledPart(picture, 0, 0, picture.width, picture.height, width, height)
  const input = new Float32Array(3 * width * height)
  for (let channel = 0; channel < 3; channel++) {
    const [mean, spread] = [MEAN[channel] as number, SPREAD[channel] as number]
    const offset = channel * width * height
    for (let at = 0; at < grey.length; at++) input[offset + at] = ((grey[at] as number) / 255 - mean) / spread
  }
  const { data } = await models.detect.run(input, [1, 3, height, width])
  const boxes = components(data, width, height)
  const [sx, sy] = [picture.width / width, picture.height / height]
  return boxes.map((box) => ({
    left: Math.max(0, box.left * sx),
    top: Math.max(0, box.top * sy),
    right: Math.min(picture.width, box.right * sx),
    bottom: Math.min(picture.height, box.bottom * sy),
    xx: box.xx * sx * sx,
    xy: box.xy * sx * sy,
    yy: box.yy * sy * sy,
    score: box.score,
  }))
}

/** Connected parts of the map above the threshold → boxes, let out. */
function components(map: Float32Array, width: number, height: number): TextBox[] {
  const seen = new Uint8Array(width * height)
  const stack = new Int32Array(width * height)
  const boxes: TextBox[] = []
  for (let start = 0; start < map.length; start++) {
    if (seen[start] || (map[start] as number) <= MAP_THRESHOLD) continue
    const box = component(map, width, height, start, seen, stack)
    if (box) boxes.push(box)
  }
  return boxes
}

function component(
  map: Float32Array,
  width: number,
  height: number,
  start: number,
  seen: Uint8Array,
  stack: Int32Array,
): TextBox | null {
  let top = 0
  stack[top++] = start
  seen[start] = 1
  let [left, right, upper, lower] = [width, 0, height, 0]
  let [count, sum, sx, sy, sxx, sxy, syy] = [0, 0, 0, 0, 0, 0, 0]
  while (top > 0) {
    const at = stack[--top] as number
    const [x, y] = [at % width, (at / width) | 0]
    count++
    sum += map[at] as number
    sx += x
    sy += y
    sxx += x * x
    sxy += x * y
    syy += y * y
    if (x < left) left = x
    if (x > right) right = x
    if (y < upper) upper = y
    if (y > lower) lower = y
    for (const next of [x > 0 ? at - 1 : -1, x + 1 < width ? at + 1 : -1, at - width, at + width]) {
      if (next < 0 || next >= map.length || seen[next] || (map[next] as number) <= MAP_THRESHOLD) continue
      seen[next] = 1
      stack[top++] = next
    }
  }
  const [wide, high] = [right - left + 1, lower - upper + 1]
  if (count < 6 || Math.min(wide, high) < 2 || sum / count < BOX_THRESHOLD) return null
  const [mx, my] = [sx / count, sy / count]
  const [xx, xy, yy] = [sxx / count - mx * mx, sxy / count - mx * my, syy / count - my * my]
  // The core's thickness, not its upright box: a sloping line is no higher than a level one.
  const thickness = Math.min(wide, high, count / Math.max(wide, high) + 1)
  const out = (Math.max(wide, high) * thickness * UNCLIP) / (2 * (Math.max(wide, high) + thickness))
  return {
    left: left - out,
    top: upper - out,
    right: right + 1 + out,
    bottom: lower + 1 + out,
    xx,
    xy,
    yy,
    score: sum / count,
  }
}
