import { deflateSync } from 'node:zlib'
import { type Picture, readPicture } from '../seal/clean-picture.ts'
import { SEAL_MM } from '../seal/draw-seal.ts'
import { array, dict, name, type PdfDict, type PdfStream, type PdfValue, ref } from './pdf-value.ts'

/** What is seen of a signature: PNG files as drawSeal, cleanPicture and drawStrokes make them. */
export interface Appearance {
  seal?: Uint8Array
  handwriting?: Uint8Array
  /** Slices of the seal over the right edge of all pages (骑缝章); only with the first signature, since it touches every page. */
  across_pages?: boolean
}

const POINTS_PER_MM = 72 / 25.4
const SEAL = SEAL_MM * POINTS_PER_MM
const PICTURE_BYTES = { bytes: 5_000_000, pixels: 25_000_000, least: 1, most: 1200 }
/** A seal in more slices than this is no longer recognised; further pages share a further seal. */
const MOST_SLICES = 12

/** Adds objects to a revision and numbers them. */
export interface Adder {
  add: (value: PdfValue) => number
}

interface Placed {
  image: number
  x: number
  y: number
  width: number
  height: number
}

/** Draws seal and handwriting into a field of this size (points); returns the number of the form, or of an empty one. */
export async function drawAppearance(
  adder: Adder,
  { seal, handwriting }: Appearance,
  width: number,
  height: number,
): Promise<number> {
  const placed: Placed[] = []
  if (handwriting) {
    const picture = await readPicture(handwriting, PICTURE_BYTES)
    const [wide, high] = fitted(picture, width - (seal ? SEAL * 0.7 : 0), height * 0.42)
    placed.push({ image: addImage(adder, picture), x: 2, y: height - high - 6, width: wide, height: high })
  }
  if (seal) {
    const picture = await readPicture(seal, PICTURE_BYTES)
    const side = Math.min(SEAL, height)
    const [wide, high] = fitted(picture, side, side)
    placed.push({
      image: addImage(adder, picture),
      x: width - wide - 2,
      y: (height - high) / 2,
      width: wide,
      height: high,
    })
  }
  return adder.add(form(width, height, placed))
}

function fitted({ width, height }: Picture, wide: number, high: number): [number, number] {
  const scale = Math.min(wide / width, high / height)
  return [width * scale, height * scale]
}

function addImage(adder: Adder, { width, height, rgba }: Picture): number {
  const colours = Buffer.alloc(width * height * 3)
  const alpha = Buffer.alloc(width * height)
  for (let pixel = 0; pixel < alpha.length; pixel++) {
    rgba.copy(colours, pixel * 3, pixel * 4, pixel * 4 + 3)
    alpha[pixel] = rgba[pixel * 4 + 3] ?? 0
  }
  const image = (raw: Buffer, space: string, mask?: number): PdfStream => ({
    kind: 'stream',
    raw: deflateSync(raw),
    dict: dict({
      Type: name('XObject'),
      Subtype: name('Image'),
      Width: width,
      Height: height,
      ColorSpace: name(space),
      BitsPerComponent: 8,
      Filter: name('FlateDecode'),
      SMask: mask === undefined ? undefined : ref(mask),
    }),
  })
  const mask = adder.add(image(alpha, 'DeviceGray'))
  return adder.add(image(colours, 'DeviceRGB', mask))
}

function form(width: number, height: number, placed: readonly Placed[]): PdfStream {
  const images: Record<string, PdfValue> = {}
  placed.forEach(({ image }, index) => {
    images[`I${index}`] = ref(image)
  })
  const drawn = placed.map(
    (one, index) =>
      `q ${[one.width, 0, 0, one.height, one.x, one.y].map(short).join(' ')} cm /I${index} Do Q`,
  )
  return {
    kind: 'stream',
    raw: Buffer.from(drawn.join('\n'), 'latin1'),
    dict: dict({
      Type: name('XObject'),
      Subtype: name('Form'),
      BBox: array([0, 0, width, height]),
      Resources: dict({ XObject: dict(images) }),
    }),
  }
}

function short(value: number): string {
  return Number(value.toFixed(3)).toString()
}

/** A slice of the seal for each page of this width, as annotations that cannot be moved; in the order of the pages. */
export async function drawAcrossPages(
  adder: Adder,
  seal: Uint8Array,
  pages: readonly { width: number; height: number }[],
): Promise<PdfDict[]> {
  const image = addImage(adder, await readPicture(seal, PICTURE_BYTES))
  const groups = Math.ceil(pages.length / MOST_SLICES)
  const perSeal = Math.ceil(pages.length / groups)
  return pages.map(({ width, height }, index) => {
    const first = Math.floor(index / perSeal) * perSeal
    const slices = Math.min(perSeal, pages.length - first)
    const slice = SEAL / slices
    const left = -slice * (index - first)
    const shown = adder.add(form(slice, SEAL, [{ image, x: left, y: 0, width: SEAL, height: SEAL }]))
    const bottom = height / 2 - SEAL / 2
    return dict({
      Type: name('Annot'),
      Subtype: name('Stamp'),
      // Printed, read only, locked with its content.
      F: 4 + 64 + 128 + 512,
      Rect: array([width - slice, bottom, width, bottom + SEAL]),
      AP: dict({ N: ref(shown) }),
    })
  })
}
