import type { Field } from '../../shapes.ts'
import type { PageCell } from '../page-shapes.ts'
import { lower, raise } from './arithmetic.ts'
import type { Line } from './sections.ts'

/** Letters and figures that small print makes one of. */
const TWINS = ['8B', '0OD', '1I', '5S', '2Z', '6G']
const TWIN_SURE = 0.96
const UNSURE = 0.6
/** Year and month, then a running number: whole without a hyphen. */
const BY_MONTH = /^2\d(?:0[1-9]|1[0-2])\d{3}$/

/** A lot; `glyphs` is how sure its least sure character was, `often` on how many lines of the product it was read alike. */
export function judgeLot(cell: PageCell, glyphs: number, often: number) {
  if (often >= 2 && glyphs > 0.7) raise(cell, 0.93)
  // A day with a stroke of the rule before it; a stroke or words of a seal beside it.
  if (/^\d20[12]\d[01]\d[0-3]\d$/.test(cell.text) || /\p{Script=Han}/u.test(cell.text)) lower(cell, UNSURE)
  // All lines of a lot may be misread alike: they are printed alike.
  if (cell.glyphs?.some(({ text, sure, others }) => sure < TWIN_SURE && isTwin(text, others ?? '')))
    lower(cell, UNSURE)
}

function isTwin(text: string, others: string): boolean {
  const twins = TWINS.find((each) => each.includes(text))
  return twins !== undefined && [...others.slice(0, 2)].some((other) => twins.includes(other))
}

/** Where lots of the column have a hyphen, figures alone that are as long without it may have lost theirs. */
export function doubtLostHyphens(lines: Line[]) {
  const cells = lines.flatMap((line) => line.at['lot' satisfies Field] ?? [])
  const lengths = new Set(cells.flatMap(({ text }) => (/^\d+-\d{1,2}$/.test(text) ? text.length - 1 : [])))
  for (const cell of cells) {
    const { text } = cell
    if (/^\d+$/.test(text) && lengths.has(text.length) && !BY_MONTH.test(text)) lower(cell, UNSURE)
  }
}
