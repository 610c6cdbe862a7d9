import { readFile } from 'node:fs/promises'
import { ReadingError } from '../reading-error.ts'
import { PageRows } from './layout/page-rows.ts'
import { loadPicture } from './ocr/picture.ts'
import { readPicture } from './ocr/read-picture.ts'
import type { PageRow, PageText } from './page-shapes.ts'
import { pageGlyphs } from './pdf/page-glyphs.ts'
import { PdfDocument } from './pdf/pdfium.ts'
import { drawPage, SCAN_SCALE } from './pdf/render.ts'

export type PageKind = 'pdf' | 'picture'

/** One page as it comes: its rows, and the quarter turns clockwise that put its picture upright. */
export interface ReadPage {
  page: number
  pages: number
  rows: PageRow[]
  turn: number
  scanned: boolean
  width: number
  height: number
}

const PAGES_MAX = 400
const SCANS_MAX = 60
const SCAN_PIXELS = 8_000_000

/** Reads page after page. Runs in the process it is called in: `openPages` keeps it in one of its own. */
export async function* readPages(path: string, kind: PageKind): AsyncGenerator<ReadPage> {
  const rows = new PageRows()
  if (kind === 'picture') {
    const { text, turn } = await readPicture(await loadPicture(path), 1)
    yield pageOf(text, turn, 1, rows)
    return
  }
  const document = await PdfDocument.open(await readFile(path))
  try {
    if (document.pages > PAGES_MAX) throw new ReadingError('too-large', { pages: document.pages })
    let scans = 0
    for (let page = 1; page <= document.pages; page++) {
      const printed = pageGlyphs(document, page)
      if (printed) {
        yield pageOf(printed.text, printed.turn, document.pages, rows)
        continue
      }
      if (++scans > SCANS_MAX) throw new ReadingError('too-large', { scanned_pages: scans })
      yield pageOf(...(await scannedPage(document, page)), document.pages, rows)
    }
  } finally {
    document.close()
  }
}

/** A page without text is drawn and read like a photo; places are brought back to its picture at 144 dots an inch. */
async function scannedPage(document: PdfDocument, page: number): Promise<[PageText, number]> {
  const picture = document.withPage(page, (handle) => drawPage(document, handle, 0, SCAN_SCALE, SCAN_PIXELS))
  const { text, turn } = await readPicture(picture, page)
  const frame = document.withPage(page, (handle) => drawnSize(document, handle, turn))
  const by = frame.width / text.width
  const { source } = text
  return [
    {
      ...text,
      ...frame,
      source: (u, v) => {
        const at = source ? source(u, v) : { x: u, y: v }
        return { x: at.x * by, y: at.y * by }
      },
    },
    turn,
  ]
}

function drawnSize(document: PdfDocument, handle: number, turn: number): { width: number; height: number } {
  const [width, height] = [
    document.pdfium.FPDF_GetPageWidthF(handle) * 2,
    document.pdfium.FPDF_GetPageHeightF(handle) * 2,
  ]
  return turn % 2 === 0 ? { width, height } : { width: height, height: width }
}

function pageOf(text: PageText, turn: number, pages: number, rows: PageRows): ReadPage {
  const found = rows.rowsOf(text)
  // Of a file's own text nothing has to be proven: what its cells are made of stays here.
  if (!text.scanned) for (const { cells } of found) for (const cell of cells) delete cell.glyphs
  return {
    page: text.page,
    pages,
    rows: found,
    turn,
    scanned: text.scanned,
    width: Math.round(text.width),
    height: Math.round(text.height),
  }
}
