import { scoreOf } from '../../map/find-header.ts'
import { headerText, meaningsOf } from '../../map/header-text.ts'
import { cleaned } from '../../type/plain-text.ts'
import { middleOf, textOf, type Word } from '../page-shapes.ts'
import { lineTexts, type TextLine } from './text-lines.ts'

/** A header as it stands on the page: its words, and how many lines of text it takes. */
export interface PageHeader {
  at: number
  lines: number
  words: Word[]
  score: number
}

const HEADER_SCORE = 4

/** The lines that read like the header of a table, from top to bottom. */
export function headerLines(lines: TextLine[]): PageHeader[] {
  const found: PageHeader[] = []
  for (let at = 0; at < lines.length; at++) {
    const header = headerAt(lines, at)
    if (!header) continue
    found.push(header)
    at = header.at + header.lines - 1
  }
  return found
}

function headerAt(lines: TextLine[], at: number): PageHeader | null {
  const line = lines[at] as TextLine
  const score = plainScore(line)
  const wrapped = wrappedHeader(lines, at)
  // 发货 over 日期, 终端 over 名称: the lower halves alone are names of columns too, but say less.
  const below = Math.max(0, ...lines.slice(at + 1, at + 3).map(plainScore))
  const whole = wrapped && wrapped.score > Math.max(score, below) + 0.9 && wrapped.score >= HEADER_SCORE
  if (whole && (below >= HEADER_SCORE || score < HEADER_SCORE)) return wrapped
  if (score >= HEADER_SCORE && lineTexts(line).length >= 3) return blockAround(lines, at)
  return null
}

function plainScore(line: TextLine): number {
  return scoreOf(stacked([line]).map(textOf))
}

/**
 * A header's line with the halves of names that are printed in two: above and below it where they stand in the middle of
 * their cell (序 / 号), below it where they hang from its top (有效期 / 至).
 */
function blockAround(lines: TextLine[], at: number): PageHeader {
  const line = lines[at] as TextLine
  let [first, last] = [at, at]
  const overlaps = (word: Word) => line.words.some((each) => each.left < word.right && word.left < each.right)
  while (first > 0 && first > at - 2) {
    const above = lines[first - 1] as TextLine
    const near = line.middle - above.middle
    if (
      near > line.height * 1.2 ||
      !above.words.every((word) => isHalf(word) && (near < line.height * 0.8 || !overlaps(word)))
    )
      break
    first--
  }
  while (last + 1 < lines.length && last < at + 2) {
    const below = lines[last + 1] as TextLine
    if (below.middle - line.middle > line.height * 1.3 || !below.words.every(isHalf)) break
    last++
  }
  const words = stacked(lines.slice(first, last + 1))
  const score = scoreOf(words.map(textOf))
  const single = stacked([line])
  const singleScore = scoreOf(single.map(textOf))
  if (score < singleScore - 0.5) return { at, lines: 1, words: single, score: singleScore }
  return { at: first, lines: last - first + 1, words, score }
}

/** A piece of a column's name: short, and no figure of the first row. */
function isHalf(word: Word): boolean {
  const text = textOf(word)
  return text.length <= 5 && !/\d/.test(text)
}

/** A header printed over two or three tight lines: words that overlap from left to right are one name. */
function wrappedHeader(lines: TextLine[], at: number): PageHeader | null {
  let best: PageHeader | null = null
  for (let count = 2; count <= 3; count++) {
    const part = lines.slice(at, at + count)
    const first = part[0] as TextLine
    const last = part.at(-1) as TextLine
    if (part.length < count || last.middle - first.middle > first.height * (count - 0.6)) break
    if (part.some(isTitle)) break
    const words = stacked(part)
    const score = scoreOf(words.map(textOf))
    if (!best || score > best.score) best = { at, lines: count, words, score }
  }
  return best
}

/** A title or a label with its text (查询条件：…) above a header is no part of it. */
function isTitle({ words }: TextLine): boolean {
  return words.some((word) => word.glyphs.length > 10 || /[:：]|\d{4}/.test(textOf(word)))
}

/**
 * Halves of names that stand above one another are put together, top first. Boxes of a scan are higher than its type, so that
 * halves may even have been taken for one line.
 */
function stacked(lines: TextLine[]): Word[] {
  const words: Word[] = []
  const parts = lines.flatMap((line) => line.words.flatMap(splitHeader))
  const halves = parts.flatMap((word) => partedOver(word, parts))
  for (const word of halves.sort((a, b) => middleOf(a) - middleOf(b))) {
    const above = words.find((each) => standsOver(each, word))
    if (!above) words.push({ ...word, glyphs: [...word.glyphs] })
    else {
      above.glyphs.push(...word.glyphs)
      above.left = Math.min(above.left, word.left)
      above.right = Math.max(above.right, word.right)
      above.bottom = Math.max(above.bottom, word.bottom)
    }
  }
  return words.sort((a, b) => a.left - b.left)
}

/** 包装原始 over 单位 and 数量: one run over the halves of two names is two halves itself. */
function partedOver(word: Word, parts: Word[]): Word[] {
  const under = parts.filter((each) => standsOver(word, each)).sort((a, b) => a.left - b.left)
  const [one, two] = under
  if (under.length !== 2 || !one || !two || two.left < one.right || known(textOf(word))) return [word]
  const middle = (one.right + two.left) / 2
  const cut = word.glyphs.findIndex((glyph) => (glyph.left + glyph.right) / 2 > middle)
  return cut <= 0 ? [word] : [slice(word, 0, cut), slice(word, cut, word.glyphs.length)]
}

function standsOver(upper: Word, lower: Word): boolean {
  const shared = Math.min(upper.right, lower.right) - Math.max(upper.left, lower.left)
  const narrower = Math.min(upper.right - upper.left, lower.right - lower.left)
  return shared > narrower * 0.35 && middleOf(lower) - middleOf(upper) > (lower.bottom - lower.top) * 0.25
}

/** Two names read as one word (数量单位) are parted where both halves are names of columns. */
function splitHeader(word: Word): Word[] {
  const text = textOf(word)
  if (text.length < 4 || text.length > 20) return [word]
  const whole = known(text)
  for (let cut = text.length - 2; cut >= 2; cut--) {
    if (word.glyphs.length !== text.length || !known(text.slice(0, cut))) continue
    // A name that is one as a whole too (数量单位) is parted only where it is printed with a blank.
    if (whole && gapAt(word, cut) < (word.bottom - word.top) * 0.5) continue
    const rest = splitHeader(slice(word, cut, text.length))
    if (rest.every((each) => known(textOf(each)))) return [slice(word, 0, cut), ...rest]
  }
  return whole ? [word] : withoutStroke(word)
}

/** A rule read along at the beginning hides that the rest is several names. */
function withoutStroke(word: Word): Word[] {
  const count = word.glyphs.length
  if (count < 6 || count !== textOf(word).length || known(textOf(word).slice(0, 2))) return [word]
  const rest = splitHeader(slice(word, 1, count))
  return rest.length > 1 && rest.every((each) => known(textOf(each))) ? rest : [word]
}

function gapAt({ glyphs }: Word, cut: number): number {
  return (glyphs[cut]?.left ?? 0) - (glyphs[cut - 1]?.right ?? 0)
}

function slice(word: Word, from: number, to: number): Word {
  const glyphs = word.glyphs.slice(from, to)
  return { ...word, glyphs, left: glyphs[0]?.left ?? word.left, right: glyphs.at(-1)?.right ?? word.right }
}

function known(text: string): boolean {
  return meaningsOf(headerText(cleaned(text)).text).whole
}
