import type { Field, KnownNames } from '../../shapes.ts'
import { labelledHeadings } from '../../type/row-words.ts'
import type { PageCell } from '../page-shapes.ts'
import { lower, raise } from './arithmetic.ts'
import { hasHole } from './figures.ts'
import { isOfStems } from './name-stems.ts'

/** A digit or a blank amid characters is seldom printed in a name, and often left of a seal or a rule. */
const ODD_NAME =
  /\p{Script=Han}[\d\s.|]\p{Script=Han}|^[a-z]{1,3}\p{Script=Han}|[-（(][1lI|]{1,3}[)）]|[（(][)）]|-[)）]|^.{1,2}$/u
/** From here on the recogniser's word counts for a name that nothing else speaks for. */
export const NAME_SURE = 0.955
const REPEATED_SURE = 0.9
const UNSURE = 0.6

/** What speaks for a name beside its characters: masters, and on how many lines it was read alike. */
export interface NameGrounds {
  known: KnownNames | null
  often: number
}

/** A customer's or supplier's name; `glyphs` is how sure its least sure character was. */
export function judgePartner(cell: PageCell, glyphs: number, field: Field, { known, often }: NameGrounds) {
  if (field === 'customer_raw' && !cell.repaired && known?.customer(cell.text)) cell.sure = 0.95
  else if (often >= 2 && glyphs > REPEATED_SURE) raise(cell, 0.85)
}

export function judgeProduct(
  cell: PageCell,
  glyphs: number,
  { known, often }: NameGrounds,
  unproven: number,
) {
  if (known?.product(cell.text)) cell.sure = cell.repaired ? 0.9 : 0.95
  else if (isOfStems(cell.text) && glyphs > 0.3) raise(cell, 0.85)
  else if (known) lower(cell, unproven)
  else if (often >= 3 && glyphs > 0.93) raise(cell, 0.82)
}

/** A character that was lost, or one that no name has there, outweighs what the others say; `step` is from one to the next. */
export function doubtOddName(cell: PageCell, step: number) {
  if (cell.sure >= 0.9) return
  if (hasHole(cell, step) || ODD_NAME.test(cell.text) || isUnbalanced(cell.text)) lower(cell, UNSURE)
}

/** A name that stands over its lines: all of them inherit what is said of it here. */
export function judgeHeading(cell: PageCell, known: KnownNames | null, step: number) {
  const glyphs = cell.sure
  const { customer_raw: customer, product_raw: product } = labelledHeadings(cell.text) ?? {}
  if (customer && known?.customer(customer)) cell.sure = 0.95
  else if (product && (known?.product(product) || isOfStems(product))) cell.sure = 0.85
  else cell.sure = glyphs >= NAME_SURE && !cell.repaired ? 0.85 : Math.min(glyphs, UNSURE)
  doubtOddName(cell, step)
}

/** Marks beside a heading are remains of rules: read along they would become part of its name. */
export function tidyHeading(cell: PageCell) {
  if (!/[\p{L}\p{N}]/u.test(cell.text)) cell.text = ''
  else cell.text = cell.text.replace(/^(\p{Script=Han}{2,6}[:：])[1Il|.]$/u, '$1')
}

function isUnbalanced(text: string): boolean {
  return (text.match(/[（(]/g)?.length ?? 0) !== (text.match(/[)）]/g)?.length ?? 0)
}
