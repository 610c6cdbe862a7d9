import sharp from 'sharp'
import { SigningError } from '../signing-error.ts'

export interface PictureLimits {
  bytes: number
  pixels: number
  /** Shorter and longer side of what is kept, in pixels. */
  least: number
  most: number
}

export const PICTURE_LIMITS: PictureLimits = { bytes: 5_000_000, pixels: 25_000_000, least: 120, most: 1200 }

/** Straight RGBA, four bytes a pixel. */
export interface Picture {
  width: number
  height: number
  rgba: Buffer
}

/**
 * Makes a photo or scan of a seal into a transparent PNG: the paper becomes clear, margins are cut off, the size is limited,
 * metadata is gone. Errors: `picture-too-large` (bytes or pixels, seen before it is unpacked), `bad-picture` with a reason:
 * `format` (no PNG or JPEG), `too-small`, `blank`.
 */
export async function cleanPicture(
  file: Uint8Array,
  limits: PictureLimits = PICTURE_LIMITS,
): Promise<Buffer> {
  const { width, height, rgba } = await readPicture(file, limits)
  const paper = paperColour(rgba)
  let inked = 0
  for (let at = 0; at < rgba.length; at += 4) if (clear(rgba, at, paper) > 40) inked++
  if (inked < (width * height) / 2000) throw new SigningError('bad-picture', { reason: 'blank' })
  const cut = await sharp(rgba, { raw: { width, height, channels: 4 } })
    .trim({ background: { r: 0, g: 0, b: 0, alpha: 0 }, threshold: 20 })
    .resize(limits.most, limits.most, { fit: 'inside', withoutEnlargement: true })
    .png()
    .toBuffer({ resolveWithObject: true })
  if (Math.min(cut.info.width, cut.info.height) < limits.least)
    throw new SigningError('bad-picture', { reason: 'too-small' })
  return cut.data
}

/** Unpacks a PNG or JPEG within the limits. */
export async function readPicture(
  file: Uint8Array,
  limits: PictureLimits = PICTURE_LIMITS,
): Promise<Picture> {
  if (file.length > limits.bytes) throw new SigningError('picture-too-large', { bytes: file.length })
  const isPng = file[0] === 0x89 && file[1] === 0x50
  const isJpeg = file[0] === 0xff && file[1] === 0xd8
  if (!isPng && !isJpeg) throw new SigningError('bad-picture', { reason: 'format' })
  try {
    const opened = sharp(file, { limitInputPixels: limits.pixels, failOn: 'error' }).rotate()
    const { data, info } = await opened
      .toColourspace('srgb')
      .ensureAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true })
    return { width: info.width, height: info.height, rgba: data }
  } catch (error) {
    if (/pixel limit/.test((error as Error).message)) throw new SigningError('picture-too-large')
    throw new SigningError('bad-picture', { reason: 'format' })
  }
}

/** The paper is the commonest light colour; photographed paper is grey or yellow, never quite white. */
function paperColour(rgba: Buffer): [number, number, number] {
  const counts = new Map<number, number>()
  for (let at = 0; at < rgba.length; at += 4) {
    const [red, green, blue] = [rgba[at] ?? 0, rgba[at + 1] ?? 0, rgba[at + 2] ?? 0]
    if ((rgba[at + 3] ?? 0) < 128 || Math.min(red, green, blue) < 140) continue
    const key = ((red >> 3) << 10) | ((green >> 3) << 5) | (blue >> 3)
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  let [best, most] = [0x7fff, 0]
  for (const [key, count] of counts) if (count > most) [best, most] = [key, count]
  return [((best >> 10) & 31) * 8 + 4, ((best >> 5) & 31) * 8 + 4, (best & 31) * 8 + 4]
}

/** Takes the paper out of one pixel: what is between ink and paper keeps the ink's colour and becomes thin. Returns its alpha. */
function clear(rgba: Buffer, at: number, paper: [number, number, number]): number {
  let away = 0
  for (let channel = 0; channel < 3; channel++)
    away = Math.max(away, (paper[channel] ?? 255) - (rgba[at + channel] ?? 0))
  const ink = Math.min(1, Math.max(0, (away - 28) / 110))
  for (let channel = 0; channel < 3 && ink > 0; channel++) {
    const light = paper[channel] ?? 255
    rgba[at + channel] = Math.max(
      0,
      Math.min(255, light - (light - (rgba[at + channel] ?? 0)) / Math.max(ink, 0.35)),
    )
  }
  const alpha = Math.round((rgba[at + 3] ?? 0) * ink)
  rgba[at + 3] = alpha
  return alpha
}
