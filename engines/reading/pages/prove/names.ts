import type { Glyph, PageCell } from '../page-shapes.ts'
import { areAlike, lookalikes, stems } from './name-stems.ts'
import { repair } from './sections.ts'

/** The longest list of readings tried against the names a company knows. */
const TRIES_MAX = 400

/**
 * Brings a name to one that is known: by `known` where the recogniser's second choices lead to exactly such a name, else
 * by the stems names are built of.
 */
export function tidyName(
  cell: PageCell,
  known: ((text: string) => boolean) | null,
): 'known' | 'stem' | 'plain' {
  const { glyphs } = cell
  if (!glyphs || cell.text === '') return 'plain'
  const stemmed = byStems(glyphs)
  if (known) {
    const found =
      [stemmed, cell.text].find((text) => known(text)) ?? readings(glyphs).find((text) => known(text))
    if (found) {
      repair(cell, found, 'known-name', 0.9)
      return 'known'
    }
  }
  if (stemmed === cell.text) return 'plain'
  repair(cell, stemmed, 'stem', 0.75)
  return 'stem'
}

/** Other readings of a text: one or two unsure characters replaced by what else they may be. */
function readings(glyphs: Glyph[]): string[] {
  const places = glyphs
    .map((glyph, at) => ({
      at,
      others: glyph.sure > 0.93 ? lookalikes(glyph.text) : `${glyph.others ?? ''}${lookalikes(glyph.text)}`,
    }))
    .filter((place) => place.others !== '')
    .sort((a, b) => (glyphs[a.at] as Glyph).sure - (glyphs[b.at] as Glyph).sure)
    .slice(0, 8)
  const texts: string[] = []
  const plain = glyphs.map((glyph) => glyph.text)
  for (const { at, others } of places) {
    for (const other of others) texts.push(plain.with(at, other).join(''))
  }
  for (const [index, one] of places.entries()) {
    for (const two of places.slice(index + 1)) {
      for (const first of one.others.slice(0, 4)) {
        for (const second of two.others.slice(0, 4)) {
          if (texts.length >= TRIES_MAX) return texts
          texts.push(plain.with(one.at, first).with(two.at, second).join(''))
        }
      }
    }
  }
  return texts
}

/** Each stem that is there but for one character which was unsure, looks alike, or was dropped. */
function byStems(glyphs: Glyph[]): string {
  let current = glyphs
  for (const stem of stems()) {
    const text = current.map((glyph) => glyph.text).join('')
    if (text.length < stem.length - 1 || text.includes(stem)) continue
    current = withStem(current, stem) ?? current
  }
  return current.map((glyph) => glyph.text).join('')
}

function withStem(glyphs: Glyph[], stem: string): Glyph[] | null {
  for (let at = 0; at + stem.length <= glyphs.length; at++) {
    let wrong = -1
    let count = 0
    for (let offset = 0; offset < stem.length && count < 2; offset++) {
      if (glyphs[at + offset]?.text === stem[offset]) continue
      count++
      wrong = offset
    }
    if (count !== 1) continue
    const glyph = glyphs[at + wrong] as Glyph
    const wanted = stem[wrong] as string
    const offered = glyph.others?.includes(wanted) ?? false
    if (
      areAlike(glyph.text, wanted)
        ? glyph.sure < 0.995 || stem.length >= 3
        : glyph.sure < (offered ? 0.93 : 0.6)
    ) {
      if (isOtherStem(glyphs, at, stem.length, glyph.text, wrong, stem)) continue
      return glyphs.with(at + wrong, { ...glyph, text: wanted, sure: Math.min(glyph.sure, 0.75), others: '' })
    }
  }
  return stem.length >= 4
    ? withDropped(glyphs, stem)
    : DROPPED_KNOWN.has(stem)
      ? withDropped(glyphs, stem)
      : null
}

/** 氯 for 氧 would turn one real stem into another: what was read is a stem itself. */
function isOtherStem(
  glyphs: Glyph[],
  at: number,
  length: number,
  read: string,
  wrong: number,
  stem: string,
): boolean {
  const text = glyphs
    .slice(at, at + length)
    .map((glyph) => glyph.text)
    .join('')
  return (
    stems().some((each) => each.length >= 3 && each !== stem && text.includes(each) && each.includes(read)) &&
    wrong >= 0
  )
}

/** Rare characters the recogniser leaves out altogether. */
const DROPPED_KNOWN = new Set(['缬沙坦', '川芎嗪', '甲钴胺'])
const RARE = /[一缬芎嗪胍藿哌孢钴唑噻嘧啶苄酞胱喹膦羧溴桉蒎]/

function withDropped(glyphs: Glyph[], stem: string): Glyph[] | null {
  const text = glyphs.map((glyph) => glyph.text).join('')
  for (let drop = 0; drop < stem.length; drop++) {
    if (!RARE.test(stem[drop] as string)) continue
    const short = stem.slice(0, drop) + stem.slice(drop + 1)
    const at = text.indexOf(short)
    if (at < 0 || text.length !== glyphs.length) continue
    // 沙坦 of 厄贝沙坦 lacks nothing.
    if (stems().some((each) => each.includes(short) && text.includes(each))) continue
    const near = glyphs[Math.min(at + drop, glyphs.length - 1)] as Glyph
    const added = { text: stem[drop] as string, left: near.left, right: near.left, sure: 0.7 }
    return glyphs.toSpliced(at + drop, 0, added)
  }
  return null
}
