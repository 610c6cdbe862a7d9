import type { PdfDocument } from './pdfium.ts'

/** Pixels a point: 144 dots an inch. */
export const SCALE = 2

/** From the page's own space to the pixels of its picture, upright. */
export interface PageFrame {
  width: number
  height: number
  /** Quarter turns clockwise on top of the page's own, so that its text reads from left to right. */
  turn: number
  x(px: number, py: number): number
  y(px: number, py: number): number
}

/** The frame of a page whose picture is turned by `turn` quarters clockwise. */
export function frameOf(document: PdfDocument, page: number, turn: number): PageFrame {
  const { pdfium } = document
  const across = pdfium.FPDF_GetPageWidthF(page) * SCALE
  const down = pdfium.FPDF_GetPageHeightF(page) * SCALE
  const width = Math.max(1, Math.round(turn % 2 === 0 ? across : down))
  const height = Math.max(1, Math.round(turn % 2 === 0 ? down : across))
  // PageToDevice answers in whole pixels: asked a thousand times larger it gives the matrix exactly enough.
  const fine = 1000
  const at = (px: number, py: number) =>
    document.withMemory(8, (address) => {
      pdfium.FPDF_PageToDevice(page, 0, 0, width * fine, height * fine, turn, px, py, address, address + 4)
      return [document.int(address) / fine, document.int(address + 4) / fine] as const
    })
  const [x0, y0] = at(0, 0)
  const [x1, y1] = at(100, 0)
  const [x2, y2] = at(0, 100)
  const [ax, ay, bx, by] = [(x1 - x0) / 100, (y1 - y0) / 100, (x2 - x0) / 100, (y2 - y0) / 100]
  return {
    width,
    height,
    turn,
    x: (px, py) => x0 + px * ax + py * bx,
    y: (px, py) => y0 + px * ay + py * by,
  }
}
