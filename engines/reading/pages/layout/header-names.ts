import { headerFields } from '../../map/header-dictionary.ts'
import { headerText, meaningsOf } from '../../map/header-text.ts'
import { cleaned } from '../../type/plain-text.ts'
import type { Glyph } from '../page-shapes.ts'

const NAMES = [...headerFields.keys()].filter((name) => /^\p{Script=Han}{2,}$/u.test(name))
/** Of a short name half is read from one character: nobody may have been surer of it. */
const SHORT_UNSURE = 0.97

/**
 * A column's name as OCR read it → as it is printed: strokes of rules around it are left out, and where one character is
 * misread or lost, the only known name that fits is taken.
 */
export function tidyHeaderName(text: string, glyphs: Glyph[] = []): string {
  const plain = text.replace(/^[^\p{L}\p{N}(（]+|[^\p{L}\p{N})）]+$/gu, '')
  const own = headerText(cleaned(plain)).text
  if (own.length < 2 || meaningsOf(own).whole) return plain
  const unruled = own.replace(/(?<=\p{Script=Han})[1Il|丨](?=\p{Script=Han})/gu, '')
  if (meaningsOf(unruled).whole) return unruled
  const sure = glyphs.reduce((low, glyph) => Math.min(low, glyph.sure), 1)
  if (own.length === 2 && sure > SHORT_UNSURE) return plain
  const offered = otherReadings(glyphs).find((reading) => meaningsOf(reading).whole)
  if (offered) return offered
  const near = NAMES.filter(
    (name) => (own.length === 2 ? name.length === 2 : name.length > 2) && isOneOff(unruled, name),
  )
  const meant = new Set(near.map((name) => headerFields.get(name)?.[0]?.field))
  return near.length > 0 && meant.size === 1 ? (near[0] as string) : plain
}

/** One character replaced by what else the recogniser saw there, likeliest first. */
function otherReadings(glyphs: Glyph[]): string[] {
  const texts = glyphs.map((glyph) => glyph.text)
  return glyphs.flatMap((glyph, at) =>
    [...(glyph.others ?? '')].map((other) => texts.with(at, other).join('')),
  )
}

/** The same but for one character, which was misread or lost. */
function isOneOff(read: string, name: string): boolean {
  if (read.length === name.length) return [...read].filter((each, at) => each !== name[at]).length === 1
  if (read.length !== name.length - 1) return false
  let at = 0
  while (at < read.length && read[at] === name[at]) at++
  return read.slice(at) === name.slice(at + 1)
}
