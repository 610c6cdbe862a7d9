/**
 * What both ways of reading a page (a PDF's own text, or OCR) hand to the layout. All places are pixels of the page's
 * picture as `renderPage` gives it: upright, origin top left; of a PDF at 144 dots an inch (2 pixels a point).
 */
export interface Glyph {
  text: string
  left: number
  right: number
  /** 0..1; 1 where the file itself says which character it is. */
  sure: number
  /** What else it could be, likeliest first, where the reader was not sure. */
  others?: string
}

/** Characters printed on one line without a gap that could part two cells. */
export interface Word {
  glyphs: Glyph[]
  left: number
  top: number
  right: number
  bottom: number
}

/** A drawn line: `at` is its x when vertical, else its y; it reaches `from` … `to` on the other axis. */
export interface Rule {
  vertical: boolean
  at: number
  from: number
  to: number
}

export interface PageText {
  /** 1-based. */
  page: number
  width: number
  height: number
  words: Word[]
  rules: Rule[]
  /** Read by OCR. */
  scanned: boolean
  /** Of a scan or photo: its words stand on a levelled copy; where a place of that copy is in the page's picture. */
  source?: (u: number, v: number) => { x: number; y: number }
}

/** One cell: its text, where it stands and how sure each of its characters is. */
export interface PageCell {
  text: string
  box: [number, number, number, number] | null
  sure: number
  /** The characters of `text` one by one, where they were read by OCR. */
  glyphs?: Glyph[]
  /** What was put right, and on what ground: 'amount' 'known-name' 'repeated' 'spec'. */
  repaired?: { from: string; by: string }
}

export interface PageRow {
  page: number
  scanned?: boolean
  cells: PageCell[]
}

/** Where the job stands, for a bar on a page. */
export interface PageProgress {
  page: number
  pages: number
}

const UNIT_GLYPH = /[盒瓶支袋包套个件片台]/

/** Whether what was read, or the next likely reading of it, is a unit goods are counted in. */
export function mayBeUnit(glyph: Glyph): boolean {
  return UNIT_GLYPH.test(`${glyph.text}${glyph.others ?? ''}`)
}

export function textOf(word: Word): string {
  return word.glyphs.map((glyph) => glyph.text).join('')
}

export function middleOf(word: { top: number; bottom: number }): number {
  return (word.top + word.bottom) / 2
}

export function median(values: number[]): number {
  if (values.length === 0) return 0
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[sorted.length >> 1] as number
}
