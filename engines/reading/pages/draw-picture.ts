import { readFile } from 'node:fs/promises'
import sharp from 'sharp'
import { ReadingError } from '../reading-error.ts'
import { type Colour, loadPicture, turnedColour } from './ocr/picture.ts'
import { turnOfPicture } from './ocr/read-picture.ts'
import { pageGlyphs } from './pdf/page-glyphs.ts'
import { PdfDocument } from './pdf/pdfium.ts'
import { drawPage, SCAN_SCALE } from './pdf/render.ts'
import type { PageKind } from './read-pages.ts'

/** A page's picture, upright: the pixels that boxes of its cells are counted in. */
export interface DrawnPage {
  bytes: Uint8Array
  type: 'image/jpeg'
  width: number
  height: number
}

const QUALITY = 82
const PIXELS_MAX = 12_000_000

/** Draws one page (1-based) as `readPages` sees it. */
export async function drawPicture(path: string, kind: PageKind, page: number): Promise<DrawnPage> {
  return encoded(kind === 'picture' ? await uprightPhoto(path, page) : await pdfPage(path, page))
}

async function uprightPhoto(path: string, page: number): Promise<Colour> {
  if (page !== 1) throw new ReadingError('no-rows', { page })
  const picture = await loadPicture(path)
  return turnedColour(picture, await turnOfPicture(picture))
}

async function pdfPage(path: string, page: number): Promise<Colour> {
  const document = await PdfDocument.open(await readFile(path))
  try {
    if (page < 1 || page > document.pages) throw new ReadingError('no-rows', { page })
    const printed = pageGlyphs(document, page)
    const turn = printed
      ? printed.turn
      : await turnOfPicture(
          document.withPage(page, (handle) => drawPage(document, handle, 0, SCAN_SCALE, PIXELS_MAX)),
        )
    return document.withPage(page, (handle) => drawPage(document, handle, turn, 1, PIXELS_MAX))
  } finally {
    document.close()
  }
}

async function encoded({ width, height, data }: Colour): Promise<DrawnPage> {
  const bytes = await sharp(data, { raw: { width, height, channels: 3 } })
    .jpeg({ quality: QUALITY })
    .toBuffer()
  return { bytes, type: 'image/jpeg', width, height }
}
