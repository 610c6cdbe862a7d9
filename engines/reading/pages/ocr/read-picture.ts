import type { Glyph, PageText, Word } from '../page-shapes.ts'
import { mayBeUnit, median } from '../page-shapes.ts'
import { detectText, type TextBox } from './detect.ts'
import { type Models, models } from './models.ts'
import { turnedBoxes, uprightTurn } from './orient.ts'
import { type Colour, type Grey, turnedGrey } from './picture.ts'
import { recognise } from './recognise.ts'
import { type Straight, straighten } from './straighten.ts'
import { evenGrey } from './tone.ts'

/** The first look only needs places and slopes. */
const FIRST_SIDE = 1056
/** Where lines stand so close that the first look took several for one, and the page for one lying on its side. */
const CLOSER_SIDE = 1500
/** Height of a line of text at which the detector parts neighbouring lines well. */
const DETECT_HEIGHT = 17
const DETECT_PIXELS = 1_700_000
const RUNS_MAX = 4_000
const RUNS_MIN = 3
/** A quantity, maybe with its unit read along. */
const SHORT_FIGURE = /^\d[\d.]{0,3}\s?\p{Script=Han}{0,2}$/u
const SURE_ENOUGH = 0.86
/** What second looks may cost on a page of which hardly anything can be read. */
const SECOND_LOOKS_MAX = 90

/** A page read from its picture, and by how many quarter turns clockwise that stands upright. */
export interface ReadPicture {
  text: PageText
  turn: number
}

/** Reads the text of a photo or scan: places are pixels of the picture turned upright. */
export async function readPicture(picture: Colour, page: number): Promise<ReadPicture> {
  const net = await models()
  const raw = evenGrey(picture)
  const read = await readFrom(net, raw, page, FIRST_SIDE)
  return liesOnItsSide(read.text.words) ? readFrom(net, raw, page, CLOSER_SIDE) : read
}

/** Hardly any run of more than a character: lines were read across. */
function liesOnItsSide(words: Word[]): boolean {
  return words.length >= 20 && median(words.map((word) => word.glyphs.length)) <= 1
}

async function readFrom(net: Models, raw: Grey, page: number, side: number): Promise<ReadPicture> {
  const { turn, boxes } = await firstLook(net, raw, side)
  const grey = turnedGrey(raw, turn)
  const size = { page, width: grey.width, height: grey.height, rules: [], scanned: true }
  if (boxes.length < RUNS_MIN) return { text: { ...size, words: [] }, turn }
  const straight = straighten(grey, turnedBoxes(boxes, raw, turn))
  const words = await readStraight(net, straight)
  return { text: { ...size, words, source: straight.source }, turn }
}

/** Quarter turns clockwise that put a photo or scan upright. */
export async function turnOfPicture(picture: Colour): Promise<number> {
  const net = await models()
  const raw = evenGrey(picture)
  const first = await firstLook(net, raw, FIRST_SIDE)
  const closer = await firstLook(net, raw, CLOSER_SIDE)
  // Where both looks agree reading comes to the same; else only reading tells.
  return first.turn === closer.turn ? first.turn : (await readPicture(picture, 1)).turn
}

async function firstLook(
  net: Models,
  picture: Grey,
  side: number,
): Promise<{ turn: number; boxes: TextBox[] }> {
  const scale = Math.min(1, side / Math.max(picture.width, picture.height))
  const boxes = (await detectText(net, picture, scale)).slice(0, RUNS_MAX)
  const turn = boxes.length < RUNS_MIN ? 0 : await uprightTurn(net, picture, boxes)
  return { turn: turn % 4, boxes }
}

async function readStraight(net: Models, straight: Straight): Promise<Word[]> {
  const { picture } = straight
  const scale = Math.min(
    1,
    DETECT_HEIGHT / straight.textHeight,
    Math.sqrt(DETECT_PIXELS / (picture.width * picture.height)),
  )
  const boxes = (await detectText(net, picture, scale)).slice(0, RUNS_MAX)
  const height = median(boxes.map((box) => box.bottom - box.top))
  const words: Word[] = []
  let secondLooks = 0
  for (const box of boxes) {
    if (box.bottom - box.top > 4 * height || box.right - box.left < height * 0.2) continue
    const plain = await recognise(net, picture, box)
    const again = secondLooks < SECOND_LOOKS_MAX && (plain.length === 0 || least(plain) <= SURE_ENOUGH)
    if (again) secondLooks++
    const glyphs = again || isShort(plain) ? await readAgain(net, picture, box, plain) : plain
    words.push(...partedWords(glyphs, box).filter((word) => !isNoise(word, height)))
  }
  return words
}

/** A run not read surely is looked at again, cut a little closer and a little wider: the surest reading counts. */
async function readAgain(net: Models, picture: Grey, box: TextBox, plain: Glyph[]): Promise<Glyph[]> {
  let best = plain
  if (plain.length > 0 && isShort(plain)) return (await signedReading(net, picture, box, plain)) ?? plain
  const high = box.bottom - box.top
  for (const by of [-0.07, 0.08]) {
    const cut = {
      left: box.left - high * by,
      right: box.right + high * by,
      top: box.top - high * by,
      bottom: box.bottom + high * by,
    }
    const other = await recognise(net, picture, cut)
    if (other.length >= best.length && average(other) > average(best)) best = other
    if (best.length > 0 && least(best) > SURE_ENOUGH) break
  }
  return best
}

function isShort(glyphs: Glyph[]): boolean {
  return SHORT_FIGURE.test(glyphs.map((glyph) => glyph.text).join(''))
}

/** A minus is faint and thin: the detector often leaves it outside the box of a short figure. */
async function signedReading(
  net: Models,
  picture: Grey,
  box: TextBox,
  plain: Glyph[],
): Promise<Glyph[] | null> {
  const height = box.bottom - box.top
  const glyphs = await recognise(net, picture, { ...box, left: box.left - height * 0.5 })
  const [sign, ...rest] = glyphs
  const isSigned = sign && /[-—－]/.test(sign.text) && isShort(rest)
  if (isSigned && sign.sure > 0.5) return [{ ...sign, text: '-' }, ...rest]
  const first = plain[0]
  if (!first || !hasStroke(picture, first.left - height * 0.55, first.left, box)) return null
  return [{ text: '-', left: first.left - height * 0.4, right: first.left, sure: 0.6 }, ...plain]
}

/** Whether a level stroke, and nothing above or below it, stands in a strip of the picture. */
function hasStroke(picture: Grey, from: number, to: number, box: TextBox): boolean {
  const height = box.bottom - box.top
  let longest = 0
  let run = 0
  for (let x = Math.max(0, Math.round(from)); x < to - height * 0.03; x++) {
    const middle = darkest(picture, x, box.top + height * 0.38, box.top + height * 0.68)
    const around = Math.min(
      darkest(picture, x, box.top + height * 0.12, box.top + height * 0.3),
      darkest(picture, x, box.top + height * 0.76, box.top + height * 0.92),
    )
    run = middle < 185 && around > 200 ? run + 1 : 0
    longest = Math.max(longest, run)
  }
  return longest > height * 0.11
}

function darkest({ width, height, data }: Grey, x: number, from: number, to: number): number {
  let dark = 255
  for (let y = Math.max(0, Math.round(from)); y < Math.min(height, to); y++) {
    dark = Math.min(dark, data[y * width + x] ?? 255)
  }
  return dark
}

function least(glyphs: Glyph[]): number {
  return glyphs.reduce((low, glyph) => Math.min(low, glyph.sure), 1)
}

function average(glyphs: Glyph[]): number {
  return glyphs.length === 0 ? 0 : glyphs.reduce((sum, glyph) => sum + glyph.sure, 0) / glyphs.length
}

/** Wood, cloth and what is left of a seal are read as a few characters that nobody is sure of. */
function isNoise(word: Word, height: number): boolean {
  const sure = average(word.glyphs)
  const high = word.bottom - word.top
  if (word.glyphs.every((glyph) => /[.,\-_'`~·。、]/.test(glyph.text)))
    return sure < 0.9 || word.glyphs.length > 2
  const [first] = word.glyphs
  // A unit stands alone in its cell, and is often all that was unsure there.
  if (word.glyphs.length === 1 && first && mayBeUnit(first)) return sure < 0.15
  if (word.glyphs.length === 1 && !/\d/.test(first?.text ?? '')) return sure < 0.6
  if (high > height * 1.45 || high < height * 0.55) return sure < 0.7
  return sure < 0.45
}

/** A run as words: parted where the blank between two characters is wider than a character. */
function partedWords(glyphs: Glyph[], box: { top: number; bottom: number }): Word[] {
  const height = box.bottom - box.top
  const words: Word[] = []
  let word: Word | null = null
  for (const glyph of glyphs) {
    if (glyph.text === '') continue
    if (glyph.text.trim() === '' && !word) continue
    if (!word || glyph.left - word.right > height * 1.1) {
      if (glyph.text.trim() === '') continue
      word = { glyphs: [], left: glyph.left, right: glyph.right, top: box.top, bottom: box.bottom }
      words.push(word)
    }
    word.glyphs.push(glyph)
    word.right = glyph.right
  }
  for (const each of words) {
    while (each.glyphs.at(-1)?.text.trim() === '') each.glyphs.pop()
    each.right = each.glyphs.at(-1)?.right ?? each.right
  }
  return words.filter((each) => each.glyphs.length > 0)
}
