import type { Field, KnownNames } from '../../shapes.ts'
import { parseDate } from '../../type/dates.ts'
import { parseDecimal } from '../../type/decimals.ts'
import type { PageCell, PageRow } from '../page-shapes.ts'
import { lower, proveArithmetic, raise } from './arithmetic.ts'
import { hasHole, tidyDate, tidyFigure, tidyText } from './figures.ts'
import { isOfStems } from './name-stems.ts'
import { tidyName } from './names.ts'
import { type Line, type Section, sectionsOf } from './sections.ts'
import { commonSign, isSpec, tidySpec } from './spec-text.ts'
import { countKey, vote } from './votes.ts'

/** What the recogniser says of itself counts as sure from here on; nothing else speaks for such a cell. */
const GLYPHS_SURE = 0.975
const UNPROVEN = 0.7
/** A digit or a blank amid characters is seldom printed in a name, and often left of a seal or a rule. */
const ODD_NAME = /\p{Script=Han}[\d\s.|]\p{Script=Han}/u

const NAMES: Field[] = ['customer_raw', 'supplier_raw', 'product_raw', 'manufacturer']
const FIGURES: Field[] = ['qty', 'price', 'amount', 'pack_factor']
const DATES: Field[] = ['occurred_on', 'expires_on', 'mfg_on']
const UNITS =
  /^(盒|瓶|支|片|袋|包|件|箱|个|套|台|把|只|条|粒|贴|板|听|桶|罐|副|根|卷|块|张|枚|对|组|kg|g|ml|筒|管|剂|丸)$/

/**
 * Mends and judges what OCR read, in place: `sure` becomes what arithmetic, masters, grammar and repetition say of a cell, not
 * what the recogniser says of itself. Rows that a file's own text gave are left alone.
 */
export function proveRows(rows: PageRow[], known: KnownNames | null) {
  const scanned = rows.filter((row) => row.scanned)
  if (scanned.length === 0) return
  for (const section of sectionsOf(scanned)) {
    tidy(section, known)
    const counts = votes(section)
    // Only now: what arithmetic proves outweighs what was said before.
    for (const line of section.lines) judge(line, counts, known)
    judgeDates(section.lines)
    proveArithmetic(section)
  }
}

function tidy({ lines, totals }: Section, known: KnownNames | null) {
  const sign = commonSign(lines.flatMap((line) => line.at.spec_raw ?? line.at.product_and_spec ?? []))
  for (const { at } of lines) {
    for (const field of FIGURES) if (at[field]) tidyFigure(at[field])
    for (const field of DATES) if (at[field]) tidyDate(at[field])
    for (const [field, cell] of Object.entries(at)) {
      if (!FIGURES.includes(field as Field) && !DATES.includes(field as Field)) tidyText(cell)
    }
    for (const field of ['spec_raw', 'product_and_spec'] as const) if (at[field]) tidySpec(at[field], sign)
    if (at.unit) tidyUnit(at.unit)
    for (const field of NAMES) if (at[field]) tidyName(at[field], knownFor(field, known))
  }
  for (const { at } of totals) for (const field of FIGURES) if (at[field]) tidyFigure(at[field])
}

function knownFor(field: Field, known: KnownNames | null): ((text: string) => boolean) | null {
  if (!known) return null
  if (field === 'product_raw') return (text) => known.product(text)
  return field === 'customer_raw' ? (text) => known.customer(text) : null
}

function tidyUnit(cell: PageCell) {
  const own = cell.text.replace(/[^\p{Script=Han}A-Za-z]/gu, '')
  if (UNITS.test(own)) return
  const last = own.at(-1) ?? ''
  if (own.length === 2 && UNITS.test(last)) {
    cell.repaired = { from: cell.text, by: 'unit' }
    cell.text = last
    cell.sure = 0.7
  }
}

interface Counts {
  product: Map<string, number>
  spec: Map<string, number>
  lot: Map<string, number>
  expiry: Map<string, number>
  customer: Map<string, number>
  supplier: Map<string, number>
}

const WITHIN = {
  product: [] as Field[],
  spec: ['product_raw'] as Field[],
  lot: ['product_raw', 'spec_raw'] as Field[],
  expiry: ['product_raw', 'lot'] as Field[],
}

function votes({ lines }: Section): Counts {
  const product = vote(lines, 'product_raw', WITHIN.product)
  const spec = vote(lines, 'spec_raw', WITHIN.spec)
  const lot = vote(lines, 'lot', WITHIN.lot)
  const expiry = vote(lines, 'expires_on', WITHIN.expiry)
  return {
    product,
    spec,
    lot,
    expiry,
    customer: vote(lines, 'customer_raw', []),
    supplier: vote(lines, 'supplier_raw', []),
  }
}

function judge(line: Line, counts: Counts, known: KnownNames | null) {
  const { at } = line
  const often = (map: Map<string, number>, field: Field, within: Field[]) =>
    map.get(countKey(line, field, within)) ?? 0
  for (const [name, cell] of Object.entries(at)) {
    const field = name as Field
    if (cell.text === '') {
      cell.sure = FIGURES.includes(field) || DATES.includes(field) ? 0.5 : 0.7
      continue
    }
    const glyphs = cell.sure
    if (cell.repaired) cell.sure = Math.min(cell.sure, 0.75)
    else cell.sure = glyphs >= GLYPHS_SURE ? 0.85 : Math.min(glyphs, UNPROVEN)
    if (FIGURES.includes(field)) judgeFigure(cell, glyphs)
    else if (field === 'product_raw') {
      if (known?.product(cell.text)) cell.sure = cell.repaired ? 0.9 : 0.95
      else if (isOfStems(cell.text) && glyphs > 0.3) raise(cell, 0.85)
      else if (known) lower(cell, UNPROVEN)
    } else if (field === 'customer_raw' || field === 'supplier_raw') {
      const map = field === 'customer_raw' ? counts.customer : counts.supplier
      if (field === 'customer_raw' && !cell.repaired && known?.customer(cell.text)) cell.sure = 0.95
      else if (often(map, field, []) >= 2 && glyphs > 0.9) raise(cell, 0.85)
    }
    if (NAMES.includes(field) && cell.sure < 0.9 && (hasHole(cell) || ODD_NAME.test(cell.text)))
      lower(cell, 0.6)
    if (field === 'spec_raw') {
      if (!isSpec(cell.text)) lower(cell, cell.sure >= 0.85 ? 0.82 : UNPROVEN)
      else if (often(counts.spec, field, WITHIN.spec) >= 2 && glyphs > 0.6) raise(cell, 0.88)
      else if (glyphs > 0.85 || cell.repaired?.by === 'spec') cell.sure = Math.max(cell.sure, 0.82)
    } else if (field === 'lot') {
      if (often(counts.lot, field, WITHIN.lot) >= 2 && glyphs > 0.7) raise(cell, 0.93)
    } else if (field === 'unit') {
      if (!UNITS.test(cell.text)) lower(cell, 0.5)
      else if (glyphs > 0.8) raise(cell, 0.93)
    } else if (field === 'expires_on') {
      if (!parseDate(cell.text)) lower(cell, 0.4)
      else if (often(counts.expiry, field, WITHIN.expiry) >= 2) raise(cell, 0.95)
    }
  }
}

function judgeFigure(cell: PageCell, glyphs: number) {
  if (!parseDecimal(cell.text)) lower(cell, 0.3)
  // A single stroke may have lost its sign or a neighbour; only arithmetic makes it sure.
  else if (glyphs < 0.99) lower(cell, UNPROVEN)
}

/** Dates of a list mostly rise and lie in one or two months: one that fits between its neighbours is hardly misread. */
function judgeDates(lines: Line[]) {
  const cells = lines.flatMap((line) => line.at.occurred_on ?? [])
  const days = cells.map((cell) => parseDate(cell.text) || '')
  const months = new Map<string, number>()
  for (const day of days) months.set(day.slice(0, 7), (months.get(day.slice(0, 7)) ?? 0) + 1)
  let rising = 0
  for (let at = 1; at < days.length; at++) if ((days[at] as string) >= (days[at - 1] as string)) rising++
  const sorted = days.length > 3 && rising >= (days.length - 1) * 0.85
  cells.forEach((cell, at) => {
    const day = days[at] as string
    if (day.length !== 10) {
      lower(cell, 0.4)
      return
    }
    const [before, after] = [days[at - 1], days[at + 1]]
    const fits = (!before || before <= day) && (!after || day <= after)
    const common = (months.get(day.slice(0, 7)) ?? 0) > days.length * 0.1
    if (!common) lower(cell, 0.5)
    else if (sorted && !fits) lower(cell, 0.6)
    else if (sorted && cell.sure > 0.5) cell.sure = Math.max(cell.sure, cell.repaired ? 0.82 : 0.93)
  })
}
