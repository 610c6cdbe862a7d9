import { Resvg } from '@resvg/resvg-js'
import { SigningError } from '../signing-error.ts'
import { FONT_FAMILY, font, missingCharacters, textWidth } from '../typeset/font.ts'

export interface SealWords {
  /** The company's full registered name, on the arc. */
  name: string
  /** Below the star: 合同专用章, 发票专用章; nothing for the company's own seal. */
  kind?: string
  /** The registered number of the seal, on the lower arc. */
  number?: string
}

export interface Drawing {
  svg: string
  png: Buffer
}

/** Diameter a seal is printed with, in millimetres, and the pixels a millimetre has in its picture. */
export const SEAL_MM = 42
const DOTS_PER_MM = 20
const RED = '#d7000f'
const LONGEST = 80

interface Arc {
  text: string
  radius: number
  size: number
  /** How much of the circle the text may take, in degrees. */
  most: number
  /** Space between characters, in font sizes. */
  gap: number
  below: boolean
}

/**
 * Draws a round company seal in millimetres: ring, star, the name on the upper arc, its kind, its number on the lower arc. Long
 * names get smaller and then narrower letters; none is cut. SVG is for keeping, PNG (transparent) for print and screens, since a
 * browser would draw the SVG with a font of its own. Errors: `missing-glyph`, `bad-document` (no name, or over 80 characters).
 */
export function drawSeal(words: SealWords): Drawing {
  const name = words.name.trim()
  const kind = words.kind?.trim() ?? ''
  const number = words.number?.trim() ?? ''
  if (name === '' || name.length > LONGEST || kind.length > 20 || number.length > 20)
    throw new SigningError('bad-document', { reason: 'seal-words' })
  const missing = missingCharacters(name + kind + number, 'Bold')
  if (missing.length > 0) throw new SigningError('missing-glyph', { characters: missing.join(' ') })
  const middle = SEAL_MM / 2
  const latin = /^[\x20-\u024f]*$/.test(name)
  const nameArc: Arc = {
    text: name,
    radius: middle - 2.1,
    size: latin ? 4.4 : 5.6,
    most: number !== '' ? 236 : kind !== '' ? 250 : 272,
    gap: latin ? 0.06 : 0.22,
    below: false,
  }
  const parts = [
    `<circle cx="${middle}" cy="${middle}" r="${middle - 0.9}" fill="none" stroke="${RED}" stroke-width="1.2"/>`,
    `<path d="${star(middle, middle - 0.4, 6.2)}" fill="${RED}"/>`,
    ...onArc(nameArc, middle),
    kind === '' ? '' : straight(kind, middle),
    ...(number === ''
      ? []
      : onArc({ text: number, radius: middle - 2, size: 2.3, most: 80, gap: 0.3, below: true }, middle)),
  ]
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${SEAL_MM}mm" height="${SEAL_MM}mm" viewBox="0 0 ${SEAL_MM} ${SEAL_MM}" font-family="${FONT_FAMILY}" font-weight="700" fill="${RED}">${parts.join('')}</svg>`
  return { svg, png: toPng(svg, SEAL_MM * DOTS_PER_MM) }
}

/** Draws an SVG of ours to a PNG of this width in pixels; only our font is there, nothing is fetched. */
export function toPng(svg: string, width: number): Buffer {
  const drawn = new Resvg(svg, {
    fitTo: { mode: 'width', value: width },
    font: { fontFiles: [font('Bold').path], loadSystemFonts: false, defaultFontFamily: FONT_FAMILY },
  })
  return drawn.render().asPng()
}

function star(x: number, y: number, radius: number): string {
  const points = Array.from({ length: 10 }, (_, index) => {
    const far = index % 2 === 0 ? radius : radius * 0.382
    const angle = (index * Math.PI) / 5 - Math.PI / 2
    return `${round(x + far * Math.cos(angle))},${round(y + far * Math.sin(angle))}`
  })
  return `M${points.join('L')}Z`
}

/** Each character stands for itself, turned to the middle: the same picture from every renderer of text on a path. */
function onArc(arc: Arc, middle: number): string[] {
  const perDegree = (Math.PI / 180) * (arc.radius - arc.size * 0.4)
  const characters = [...arc.text]
  const widths = characters.map((one) => textWidth(one, 'Bold') + arc.gap)
  const wanted = (widths.reduce((sum, one) => sum + one, 0) - arc.gap) * arc.size
  const squeeze = Math.min(1, (arc.most * perDegree) / wanted)
  // Half of what is lacking is taken from the height, the rest from the width alone.
  const size = arc.size * Math.max(Math.sqrt(squeeze), 0.55)
  const narrow = (squeeze * arc.size) / size
  const whole = (wanted * squeeze) / perDegree
  const turn = arc.below ? -1 : 1
  let at = (-turn * whole) / 2
  return characters.map((one, index) => {
    const own = ((textWidth(one, 'Bold') * arc.size * squeeze) / perDegree) * turn
    const angle = at + own / 2
    at += (((widths[index] ?? 0) * arc.size * squeeze) / perDegree) * turn
    const base = arc.below ? middle + arc.radius : middle - arc.radius + size * 0.86
    return `<text transform="rotate(${round(angle)} ${middle} ${middle}) translate(${middle} ${round(base)}) scale(${round(narrow)} 1)" font-size="${round(size)}" text-anchor="middle">${escaped(one)}</text>`
  })
}

function straight(text: string, middle: number): string {
  const size = Math.min(4.4, 20 / (textWidth(text, 'Bold') + 0.01))
  return `<text x="${middle}" y="${round(middle + 11.4)}" font-size="${round(size)}" text-anchor="middle">${escaped(text)}</text>`
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (one) => `&#${one.charCodeAt(0)};`)
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000
}
