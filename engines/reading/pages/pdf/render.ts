import type { Colour } from '../ocr/picture.ts'
import { frameOf, SCALE } from './page-frame.ts'
import { heapOf, type PdfDocument } from './pdfium.ts'

const BGRA = 4
const WHITE = 0xffffffff
const ANNOTATIONS = 1

/** A page's picture; `scale` 1 is 144 dots an inch. Nothing larger than `pixelsMax` is drawn: the scale is lowered. */
export function drawPage(
  document: PdfDocument,
  handle: number,
  turn: number,
  scale: number,
  pixelsMax: number,
): Colour {
  const { pdfium } = document
  const frame = frameOf(document, handle, turn)
  const fit = Math.min(scale, Math.sqrt(pixelsMax / (frame.width * frame.height)))
  const [width, height] = [
    Math.max(1, Math.round(frame.width * fit)),
    Math.max(1, Math.round(frame.height * fit)),
  ]
  const bitmap = pdfium.FPDFBitmap_Create(width, height, 0)
  try {
    pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, WHITE)
    pdfium.FPDF_RenderPageBitmap(bitmap, handle, 0, 0, width, height, turn, ANNOTATIONS)
    const buffer = pdfium.FPDFBitmap_GetBuffer(bitmap)
    const stride = pdfium.FPDFBitmap_GetStride(bitmap)
    const heap = heapOf(pdfium)
    const data = new Uint8Array(width * height * 3)
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const from = buffer + y * stride + x * BGRA
        const to = (y * width + x) * 3
        data[to] = heap[from + 2] as number
        data[to + 1] = heap[from + 1] as number
        data[to + 2] = heap[from] as number
      }
    }
    return { width, height, data }
  } finally {
    pdfium.FPDFBitmap_Destroy(bitmap)
  }
}

/** The scale at which a scanned page is read: about 200 dots an inch. */
export const SCAN_SCALE = 200 / (72 * SCALE)
