import type { PageText, Rule, Word } from '../page-shapes.ts'
import { frameOf, type PageFrame } from './page-frame.ts'
import { pageRules } from './page-rules.ts'
import type { PdfDocument } from './pdfium.ts'

/** A page with fewer characters is a picture of a page. */
const TEXT_MIN = 24
const CHARS_MAX = 200_000

interface PlacedGlyph {
  text: string
  left: number
  top: number
  right: number
  bottom: number
}

/** The text of a PDF's page with a place for each character, upright; null when the page holds a picture instead. */
export function pageGlyphs(document: PdfDocument, page: number): { text: PageText; turn: number } | null {
  return document.withPage(page, (handle) => {
    let frame = frameOf(document, handle, 0)
    let glyphs = placedGlyphs(document, handle, frame)
    if (glyphs.filter((glyph) => glyph.text.trim() !== '').length < TEXT_MIN) return null
    const turn = turnOf(glyphs)
    if (turn !== 0) {
      frame = frameOf(document, handle, turn)
      glyphs = placedGlyphs(document, handle, frame)
    }
    const rules = pageRules(document, handle, frame)
    const words = wordsOf(glyphs, rules)
    return { text: { page, width: frame.width, height: frame.height, words, rules, scanned: false }, turn }
  })
}

/** Quarter turns clockwise that make the page's text read from left to right. */
export function pageTurn(document: PdfDocument, handle: number): number {
  return turnOf(placedGlyphs(document, handle, frameOf(document, handle, 0)))
}

function placedGlyphs(document: PdfDocument, handle: number, frame: PageFrame): PlacedGlyph[] {
  const { pdfium } = document
  const text = pdfium.FPDFText_LoadPage(handle)
  if (!text) return []
  try {
    const count = Math.min(pdfium.FPDFText_CountChars(text), CHARS_MAX)
    return document.withMemory(16, (address) => {
      const glyphs: PlacedGlyph[] = []
      for (let at = 0; at < count; at++) {
        const code = pdfium.FPDFText_GetUnicode(text, at)
        if (pdfium.FPDFText_IsGenerated(text, at) === 1 || code < 32 || code > 0x10ffff) continue
        if (!pdfium.FPDFText_GetLooseCharBox(text, at, address)) continue
        const [l, t, r, b] = [0, 4, 8, 12].map((offset) => document.float(address + offset)) as [
          number,
          number,
          number,
          number,
        ]
        const xs = [frame.x(l, t), frame.x(r, b)]
        const ys = [frame.y(l, t), frame.y(r, b)]
        const glyph = {
          text: plainCharacter(code),
          left: Math.min(...xs),
          right: Math.max(...xs),
          top: Math.min(...ys),
          bottom: Math.max(...ys),
        }
        if (glyph.bottom - glyph.top > 0.5) glyphs.push(glyph)
      }
      return glyphs
    })
  } finally {
    pdfium.FPDFText_ClosePage(text)
  }
}

/** Kangxi radicals stand in some fonts' tables for the characters that look like them. */
function plainCharacter(code: number): string {
  const text = String.fromCodePoint(code)
  return (code >= 0x2f00 && code <= 0x2fdf) || code === 0xa0 ? text.normalize('NFKC') : text
}

function turnOf(glyphs: PlacedGlyph[]): number {
  const votes = [0, 0, 0, 0]
  for (let at = 1; at < glyphs.length; at++) {
    const [before, after] = [glyphs[at - 1] as PlacedGlyph, glyphs[at] as PlacedGlyph]
    const dx = (after.left + after.right - before.left - before.right) / 2
    const dy = (after.top + after.bottom - before.top - before.bottom) / 2
    const size = Math.max(after.bottom - after.top, after.right - after.left)
    if (Math.hypot(dx, dy) > size * 1.5) continue
    const direction = Math.abs(dx) >= Math.abs(dy) ? (dx >= 0 ? 0 : 2) : dy > 0 ? 3 : 1
    votes[direction] = (votes[direction] as number) + 1
  }
  return votes.indexOf(Math.max(...votes))
}

/** Runs in the order of the file: a gap, another line, two blanks or a drawn rule begins a new word. */
function wordsOf(glyphs: PlacedGlyph[], rules: Rule[]): Word[] {
  const vertical = rules.filter((rule) => rule.vertical)
  const words: Word[] = []
  let word: Word | null = null
  let last: PlacedGlyph | null = null
  const seen = new Set<string>()
  for (const glyph of glyphs) {
    // Bold is sometimes printed by printing twice.
    const key = `${glyph.text}${Math.round(glyph.left / 3)}:${Math.round(glyph.top / 3)}`
    if (glyph.text !== ' ' && seen.has(key)) continue
    seen.add(key)
    if (!word || !last || breaks(last, glyph, vertical)) {
      word = { glyphs: [], left: glyph.left, top: glyph.top, right: glyph.right, bottom: glyph.bottom }
      words.push(word)
    }
    word.glyphs.push({ text: glyph.text, left: glyph.left, right: glyph.right, sure: 1 })
    word.right = Math.max(word.right, glyph.right)
    word.top = Math.min(word.top, glyph.top)
    word.bottom = Math.max(word.bottom, glyph.bottom)
    last = glyph
  }
  return words.map(trimmed).filter((each) => each.glyphs.length > 0)
}

function breaks(last: PlacedGlyph, glyph: PlacedGlyph, vertical: Rule[]): boolean {
  const height = Math.min(last.bottom - last.top, glyph.bottom - glyph.top)
  const middle = (glyph.top + glyph.bottom) / 2
  if (middle < last.top + height * 0.2 || middle > last.bottom - height * 0.2) return true
  const gap = glyph.left - last.right
  if (gap > height * 0.45 || gap < -height * 0.6) return true
  if (last.text === ' ' && glyph.text === ' ') return true
  return vertical.some(
    (rule) =>
      rule.from <= middle && rule.to >= middle && rule.at > last.right - 2 && rule.at < glyph.left + 2,
  )
}

function trimmed(word: Word): Word {
  const { glyphs } = word
  while (glyphs.at(-1)?.text.trim() === '') glyphs.pop()
  while (glyphs[0]?.text.trim() === '') glyphs.shift()
  word.left = glyphs[0]?.left ?? word.left
  word.right = glyphs.at(-1)?.right ?? word.right
  return word
}
