import type { Glyph } from '../page-shapes.ts'
import type { Models } from './models.ts'
import { type Grey, scaledPart } from './picture.ts'

const HEIGHT = 48
const WIDTH_MAX = 2400
/** The network answers once for so many pixels of its input. */
const STRIDE = 8
const OTHERS = 6

/** A box's text with a place and a sureness for each character. */
export async function recognise(
  models: Models,
  picture: Grey,
  box: { left: number; top: number; right: number; bottom: number },
): Promise<Glyph[]> {
  const [wide, high] = [box.right - box.left, box.bottom - box.top]
  const width = Math.min(WIDTH_MAX, Math.max(24, Math.round((HEIGHT * wide) / high)))
  const padded = Math.ceil(width / STRIDE) * STRIDE
  const grey = scaledPart(picture, box.left, box.top, wide, high, width, HEIGHT)
  const plane = HEIGHT * padded
  const input = new Float32Array(3 * plane)
  for (let y = 0; y < HEIGHT; y++) {
    for (let x = 0; x < width; x++) {
      const value = (grey[y * width + x] as number) / 127.5 - 1
      const at = y * padded + x
      input[at] = value
      input[plane + at] = value
      input[2 * plane + at] = value
    }
  }
  const { data, dims } = await models.recognise.run(input, [1, 3, HEIGHT, padded])
  const scale = wide / width
  return decode(data, dims[1] as number, dims[2] as number, models.characters).map((step) => ({
    text: step.text,
    left: Math.min(box.right, box.left + step.from * STRIDE * scale),
    right: Math.min(box.right, box.left + step.to * STRIDE * scale),
    sure: step.sure,
    others: step.others,
  }))
}

interface Step {
  text: string
  from: number
  to: number
  sure: number
  others: string
}

interface Peak {
  text: string
  at: number
  end: number
  sure: number
  /** The step at which it is surest. */
  peak: number
}

/** CTC: repeated answers are one character, blanks part them. */
function decode(data: Float32Array, steps: number, classes: number, characters: string[]): Step[] {
  const read: Peak[] = []
  let last = 0
  for (let step = 0; step < steps; step++) {
    const offset = step * classes
    let best = 0
    let probability = data[offset] as number
    for (let each = 1; each < classes; each++) {
      const value = data[offset + each] as number
      if (value > probability) {
        probability = value
        best = each
      }
    }
    const open = read.at(-1)
    if (best === last && best !== 0 && open) {
      open.end = step
      if (probability > open.sure) {
        open.sure = probability
        open.peak = step
      }
    } else if (best !== 0) {
      read.push({ text: characters[best] ?? '', at: step, end: step, sure: probability, peak: step })
    }
    last = best
  }
  return read.map((each, index) => ({
    ...placed(each, read[index - 1], read[index + 1]),
    others: each.sure > 0.995 ? '' : othersAt(data, each.peak * classes, classes, each.text, characters),
  }))
}

/** What else the network saw there, likeliest first. */
function othersAt(
  data: Float32Array,
  offset: number,
  classes: number,
  text: string,
  characters: string[],
): string {
  const seen: { text: string; value: number }[] = []
  for (let each = 1; each < classes; each++) {
    const value = data[offset + each] as number
    if (value < 0.0004) continue
    const other = characters[each] ?? ''
    if (other !== text && other.trim() !== '') seen.push({ text: other, value })
  }
  seen.sort((a, b) => b.value - a.value)
  return seen
    .slice(0, OTHERS)
    .map((each) => each.text)
    .join('')
}

/** A character reaches half way to its neighbours, and not further than it is likely to be wide. */
function placed(each: Peak, before: Peak | undefined, after: Peak | undefined): Omit<Step, 'others'> {
  const half = /[\p{Script=Han}（）【】，。：；]/u.test(each.text) ? 1.9 : 1.15
  const middle = (each.at + each.end + 1) / 2
  const from = before ? Math.max((before.end + each.at + 1) / 2, middle - half) : middle - half
  const to = after ? Math.min((each.end + 1 + after.at) / 2, middle + half) : middle + half
  return { text: each.text, from: Math.max(0, from), to, sure: each.sure }
}

/** Quarter turns are told by the boxes' shapes; whether text stands on its head this network tells. 0..1 = surely upside down. */
export async function upsideDown(
  models: Models,
  picture: Grey,
  box: { left: number; top: number; right: number; bottom: number },
): Promise<number> {
  const [width, height] = [192, 48]
  const [wide, high] = [box.right - box.left, box.bottom - box.top]
  const used = Math.min(width, Math.max(24, Math.round((height * wide) / high)))
  // Of a long run its beginning is enough.
  const part = Math.min(wide, (width * high) / height)
  const grey = scaledPart(picture, box.left, box.top, part, high, used, height)
  const plane = width * height
  const input = new Float32Array(3 * plane)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < used; x++) {
      const value = (grey[y * used + x] as number) / 127.5 - 1
      for (let channel = 0; channel < 3; channel++) input[channel * plane + y * width + x] = value
    }
  }
  const { data } = await models.upright.run(input, [1, 3, height, width])
  return data[1] as number
}
