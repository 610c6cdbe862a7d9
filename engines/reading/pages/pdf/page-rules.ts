import type { Rule } from '../page-shapes.ts'
import type { PageFrame } from './page-frame.ts'
import type { PdfDocument } from './pdfium.ts'

const PATH = 2
const THIN = 4
const SHORTEST = 8
const OBJECTS_MAX = 100_000
const SEGMENTS_MAX = 20_000

interface Point {
  x: number
  y: number
}

/** The lines drawn on a page: thin filled boxes, and the straight strokes of paths. */
export function pageRules(document: PdfDocument, handle: number, frame: PageFrame): Rule[] {
  const { pdfium } = document
  const rules: Rule[] = []
  const count = Math.min(pdfium.FPDFPage_CountObjects(handle), OBJECTS_MAX)
  for (let at = 0; at < count; at++) {
    const object = pdfium.FPDFPage_GetObject(handle, at)
    if (pdfium.FPDFPageObj_GetType(object) !== PATH) continue
    const [one, other] = bounds(document, object, frame)
    if (Math.min(Math.abs(other.x - one.x), Math.abs(other.y - one.y)) <= THIN) addRule(rules, one, other)
    else if (isStroked(document, object)) addStrokes(document, object, frame, rules)
  }
  return rules
}

function bounds(document: PdfDocument, object: number, frame: PageFrame): [Point, Point] {
  return document.withMemory(16, (address) => {
    document.pdfium.FPDFPageObj_GetBounds(object, address, address + 4, address + 8, address + 12)
    const [l, b, r, t] = [0, 4, 8, 12].map((offset) => document.float(address + offset)) as [
      number,
      number,
      number,
      number,
    ]
    return [
      { x: frame.x(l, b), y: frame.y(l, b) },
      { x: frame.x(r, t), y: frame.y(r, t) },
    ]
  })
}

function isStroked(document: PdfDocument, object: number): boolean {
  return document.withMemory(8, (address) => {
    document.pdfium.FPDFPath_GetDrawMode(object, address, address + 4)
    return document.int(address + 4) !== 0
  })
}

function addStrokes(document: PdfDocument, object: number, frame: PageFrame, rules: Rule[]) {
  const { pdfium } = document
  const count = Math.min(pdfium.FPDFPath_CountSegments(object), SEGMENTS_MAX)
  document.withMemory(32, (address) => {
    pdfium.FPDFPageObj_GetMatrix(object, address + 8)
    const [a, b, c, d, e, f] = [8, 12, 16, 20, 24, 28].map((offset) => document.float(address + offset)) as [
      number,
      number,
      number,
      number,
      number,
      number,
    ]
    let last: Point | null = null
    let first: Point | null = null
    for (let at = 0; at < count; at++) {
      const segment = pdfium.FPDFPath_GetPathSegment(object, at)
      pdfium.FPDFPathSegment_GetPoint(segment, address, address + 4)
      const [x, y] = [document.float(address), document.float(address + 4)]
      const [px, py] = [a * x + c * y + e, b * x + d * y + f]
      const point = { x: frame.x(px, py), y: frame.y(px, py) }
      const line = pdfium.FPDFPathSegment_GetType(segment) === 0
      if (line && last) addRule(rules, last, point)
      if (!line) first = point
      if (pdfium.FPDFPathSegment_GetClose(segment) && first) addRule(rules, point, first)
      last = point
    }
  })
}

function addRule(rules: Rule[], one: Point, other: Point) {
  const dx = Math.abs(one.x - other.x)
  const dy = Math.abs(one.y - other.y)
  if (Math.max(dx, dy) < SHORTEST || Math.min(dx, dy) > THIN) return
  const vertical = dy > dx
  rules.push(
    vertical
      ? { vertical, at: (one.x + other.x) / 2, from: Math.min(one.y, other.y), to: Math.max(one.y, other.y) }
      : { vertical, at: (one.y + other.y) / 2, from: Math.min(one.x, other.x), to: Math.max(one.x, other.x) },
  )
}
