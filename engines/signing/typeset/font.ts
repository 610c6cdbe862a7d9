import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/** The family name inside the font files, as Typst and resvg look for it. */
export const FONT_FAMILY = 'Noto Sans S Chinese'

export interface Font {
  path: string
  bytes: Buffer
  /** Glyph of a code point; 0 when the font has none. */
  glyph: (codePoint: number) => number
  /** Width of a glyph, in thousandths of the font size. */
  width: (glyph: number) => number
}

const loaded = new Map<string, Font>()

/** A face of the Chinese font, loaded once. */
export function font(face: 'Regular' | 'Bold'): Font {
  const known = loaded.get(face)
  if (known) return known
  const require = createRequire(import.meta.url)
  const folder = join(dirname(require.resolve('@embedpdf/fonts-sc')), '../fonts')
  const path = join(folder, `NotoSansHans-${face}.otf`)
  const bytes = readFileSync(path)
  const made = { path, bytes, glyph: glyphReader(bytes), width: widthReader(bytes) }
  loaded.set(face, made)
  return made
}

function table(bytes: Buffer, tag: string): Buffer {
  const count = bytes.readUInt16BE(4)
  for (let index = 0; index < count; index++) {
    const at = 12 + index * 16
    if (bytes.toString('latin1', at, at + 4) !== tag) continue
    const offset = bytes.readUInt32BE(at + 8)
    return bytes.subarray(offset, offset + bytes.readUInt32BE(at + 12))
  }
  throw new Error(`the font has no table ${tag}`)
}

/** From the character map of the whole of Unicode (format 12). */
function glyphReader(bytes: Buffer): (codePoint: number) => number {
  const cmap = table(bytes, 'cmap')
  let groups: Buffer | undefined
  for (let index = 0; index < cmap.readUInt16BE(2); index++) {
    const offset = cmap.readUInt32BE(4 + index * 8 + 4)
    if (cmap.readUInt16BE(offset) === 12)
      groups = cmap.subarray(offset + 16, offset + 16 + cmap.readUInt32BE(offset + 12) * 12)
  }
  if (!groups) throw new Error('the font has no character map of format 12')
  const found = groups
  return (codePoint) => {
    let low = 0
    let high = found.length / 12 - 1
    while (low <= high) {
      const middle = (low + high) >> 1
      const start = found.readUInt32BE(middle * 12)
      if (codePoint < start) high = middle - 1
      else if (codePoint > found.readUInt32BE(middle * 12 + 4)) low = middle + 1
      else return found.readUInt32BE(middle * 12 + 8) + codePoint - start
    }
    return 0
  }
}

function widthReader(bytes: Buffer): (glyph: number) => number {
  const perEm = table(bytes, 'head').readUInt16BE(18)
  const known = table(bytes, 'hhea').readUInt16BE(34)
  const widths = table(bytes, 'hmtx')
  return (glyph) => (widths.readUInt16BE(Math.min(glyph, known - 1) * 4) * 1000) / perEm
}

/** White space and line ends have no glyph and need none. */
const NEEDS_NO_GLYPH = /^[\s\u200b]$/u

/** The characters of a text that the font cannot draw, each once, in their order. */
export function missingCharacters(text: string, face: 'Regular' | 'Bold' = 'Regular'): string[] {
  const { glyph } = font(face)
  const missing = new Set<string>()
  for (const character of text) {
    if (!NEEDS_NO_GLYPH.test(character) && glyph(character.codePointAt(0) ?? 0) === 0) missing.add(character)
  }
  return [...missing]
}

/** Width of a text in font sizes: a Chinese character is 1. */
export function textWidth(text: string, face: 'Regular' | 'Bold' = 'Regular'): number {
  const { glyph, width } = font(face)
  let sum = 0
  for (const character of text) sum += width(glyph(character.codePointAt(0) ?? 0))
  return sum / 1000
}
