import { open } from 'node:fs/promises'
import sharp, { type Sharp } from 'sharp'
import { ReadingError } from '../../reading-error.ts'

/** Longer sides are made smaller before reading: a page's text is well above the height needed there. */
export const SIDE_MAX = 3000
/** About what a telephone of twice today's resolution takes. */
export const PIXELS_MAX = 120_000_000

sharp.concurrency(1)
sharp.cache(false)

/** A picture in grey, one byte a pixel. */
export interface Grey {
  width: number
  height: number
  data: Uint8Array
}

/** A picture in colour, three bytes a pixel. */
export interface Colour {
  width: number
  height: number
  data: Uint8Array
}

/** A photo or scan as the camera meant it (its EXIF turn applied), on white. Throws 'corrupt', 'too-large', 'unsupported'. */
export async function loadPicture(source: string | Buffer): Promise<Colour> {
  try {
    const image = sharp(source, { limitInputPixels: PIXELS_MAX, failOn: 'error' })
    return await colourOf(
      image
        .autoOrient()
        .resize({ width: SIDE_MAX, height: SIDE_MAX, fit: 'inside', withoutEnlargement: true }),
    )
  } catch (error) {
    const reason = (error as Error).message
    if (/pixel limit|too large|exceeds/i.test(reason)) throw new ReadingError('too-large', { reason })
    const found = await undecodable(source)
    if (found || /unsupported image format/i.test(reason))
      throw new ReadingError('unsupported', { found: found ?? 'picture', reason })
    throw new ReadingError('corrupt', { reason })
  }
}

/** Formats whose decoders this build of libvips lacks, by their first bytes: not the file's fault. */
async function undecodable(source: string | Buffer): Promise<'heic' | 'bmp' | null> {
  let start = source
  if (typeof start === 'string') {
    const file = await open(start)
    try {
      start = (await file.read(Buffer.alloc(16), 0, 16, 0)).buffer
    } finally {
      await file.close()
    }
  }
  const text = start.toString('latin1', 0, 16)
  if (text.startsWith('BM')) return 'bmp'
  return /^.{4}ftyp(hei[cxms]|hev[cxms]|mif1|msf1)/s.test(text) ? 'heic' : null
}

async function colourOf(image: Sharp): Promise<Colour> {
  const { data, info } = await image
    .flatten({ background: '#ffffff' })
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true })
  if (info.channels === 3) return { width: info.width, height: info.height, data }
  const rgb = new Uint8Array(info.width * info.height * 3)
  for (let at = 0; at < info.width * info.height; at++) {
    const value = data[at * info.channels] as number
    rgb.fill(value, at * 3, at * 3 + 3)
  }
  return { width: info.width, height: info.height, data: rgb }
}

/** Quarter turns clockwise. */
export async function turnedColour(picture: Colour, quarters: number): Promise<Colour> {
  if (quarters % 4 === 0) return picture
  const { data, info } = await sharp(picture.data, {
    raw: { width: picture.width, height: picture.height, channels: 3 },
  })
    .rotate(90 * (quarters % 4))
    .raw()
    .toBuffer({ resolveWithObject: true })
  return { width: info.width, height: info.height, data }
}

/** Quarter turns clockwise. */
export function turnedGrey(picture: Grey, quarters: number): Grey {
  const { width, height, data } = picture
  const turn = ((quarters % 4) + 4) % 4
  if (turn === 0) return picture
  const out = new Uint8Array(data.length)
  const across = turn === 2 ? width : height
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const value = data[y * width + x] as number
      if (turn === 1) out[x * across + (height - 1 - y)] = value
      else if (turn === 2) out[(height - 1 - y) * across + (width - 1 - x)] = value
      else out[(width - 1 - x) * across + y] = value
    }
  }
  return { width: across, height: turn === 2 ? height : width, data: out }
}

/** A part of a grey picture, scaled to the size asked for. The part may reach over the picture's edges: white there. */
export function scaledPart(
  picture: Grey,
  left: number,
  top: number,
  width: number,
  height: number,
  toWidth: number,
  toHeight: number,
): Uint8Array {
  const out = new Uint8Array(toWidth * toHeight)
  const [stepX, stepY] = [width / toWidth, height / toHeight]
  // Shrinking by more than a half averages so many samples a side, or thin strokes vanish.
  const taps = Math.max(1, Math.round(Math.max(stepX, stepY)))
  for (let y = 0; y < toHeight; y++) {
    for (let x = 0; x < toWidth; x++) {
      let sum = 0
      for (let ty = 0; ty < taps; ty++) {
        for (let tx = 0; tx < taps; tx++) {
          sum += sample(
            picture,
            left + (x + (tx + 0.5) / taps) * stepX - 0.5,
            top + (y + (ty + 0.5) / taps) * stepY - 0.5,
          )
        }
      }
      out[y * toWidth + x] = sum / (taps * taps)
    }
  }
  return out
}

/** The grey at a place between pixels. */
export function sample(picture: Grey, x: number, y: number): number {
  const { width, height, data } = picture
  if (x < 0 || y < 0 || x > width - 1 || y > height - 1) {
    if (x < -1 || y < -1 || x > width || y > height) return 255
    const [cx, cy] = [Math.min(Math.max(x, 0), width - 1), Math.min(Math.max(y, 0), height - 1)]
    return data[Math.round(cy) * width + Math.round(cx)] as number
  }
  const [x0, y0] = [x | 0, y | 0]
  const [fx, fy] = [x - x0, y - y0]
  const at = y0 * width + x0
  const right = x0 + 1 < width ? 1 : 0
  const down = y0 + 1 < height ? width : 0
  const upper = (data[at] as number) * (1 - fx) + (data[at + right] as number) * fx
  const lower = (data[at + down] as number) * (1 - fx) + (data[at + down + right] as number) * fx
  return upper * (1 - fy) + lower * fy
}
