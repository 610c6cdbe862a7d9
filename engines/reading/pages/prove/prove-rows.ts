import type { Field, KnownNames } from '../../shapes.ts'
import { parseDate } from '../../type/dates.ts'
import { parseDecimal } from '../../type/decimals.ts'
import type { PageCell, PageRow } from '../page-shapes.ts'
import { lower, proveArithmetic, raise } from './arithmetic.ts'
import { tidyDate, tidyFigure, tidyPoints, tidyText, usualStep } from './figures.ts'
import { doubtLostHyphens, judgeLot } from './judge-lots.ts'
import {
  doubtOddName,
  judgeHeading,
  judgePartner,
  judgeProduct,
  NAME_SURE,
  tidyHeading,
} from './judge-names.ts'
import { tidyName } from './names.ts'
import { type Line, repair, type Section, sectionsOf } from './sections.ts'
import { commonSign, isSpec, tidySpec } from './spec-text.ts'
import { countKey, vote } from './votes.ts'

/** What the recogniser says of itself counts as sure from here on; nothing else speaks for such a cell. */
const GLYPHS_SURE = 0.975
/** Where fewer misreadings look sure to the recogniser: measured on generated scans and photos. */
const SURE_FROM: Partial<Record<Field, number>> = {
  customer_raw: NAME_SURE,
  supplier_raw: NAME_SURE,
  spec_raw: 0.9,
  lot: 0.95,
  doc_no: 0.9,
}
const UNPROVEN = 0.7
/** What no spec is printed with, and a count that lost its unit. */
const ODD_SPEC = /[=~_?!]|[*×xX]\d+$/
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
    const step = usualStep(namesOf(section))
    for (const line of section.lines) judge(line, counts, known, step)
    for (const heading of section.headings) judgeHeading(heading, known, step)
    judgeDates(section.lines)
    proveArithmetic(section)
    doubtNegativePrices(section.lines)
    doubtOddDecimals(section.lines)
    doubtCutNames(section.lines)
    doubtLostHyphens(section.lines)
  }
}

function namesOf({ lines, headings }: Section): PageCell[] {
  return [...lines.flatMap(({ at }) => NAMES.flatMap((field) => at[field] ?? [])), ...headings]
}

function tidy({ lines, totals, headings }: Section, known: KnownNames | null) {
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
    if (at.product_raw) tidyRoman(at.product_raw)
  }
  fillUnits(lines)
  tidyPoints(lines.flatMap((line) => line.at.qty ?? []))
  for (const cell of headings) {
    tidyHeading(cell)
    tidyName(cell, null)
  }
  for (const { at } of totals) for (const field of FIGURES) if (at[field]) tidyFigure(at[field])
}

function knownFor(field: Field, known: KnownNames | null): ((text: string) => boolean) | null {
  if (!known) return null
  if (field === 'product_raw') return (text) => known.product(text)
  return field === 'customer_raw' ? (text) => known.customer(text) : null
}

/** (Ⅰ) behind a name is read as a figure; NFKC makes the numeral letters anyway. */
function tidyRoman(cell: PageCell) {
  const plain = cell.text.replace(
    /([（(])([1lIi|]{1,3})([)）])$/,
    (_, open, strokes, close) => `${open}${'I'.repeat(strokes.length)}${close}`,
  )
  if (plain !== cell.text) repair(cell, plain, 'numeral', Math.min(cell.sure, 0.75))
}

function tidyUnit(cell: PageCell) {
  const own = cell.text.replace(/[^\p{Script=Han}A-Za-z]/gu, '')
  if (UNITS.test(own)) {
    repair(cell, own, 'unit', Math.min(cell.sure, 0.85))
    return
  }
  const offered = cell.glyphs?.length === 1 ? [...(cell.glyphs[0]?.others ?? '')] : []
  const unit = offered.find((each) => UNITS.test(each)) ?? (/^[金会食宝含盆念盘]$/.test(own) ? '盒' : '')
  if (unit !== '') {
    repair(cell, unit, 'unit', 0.6)
    return
  }
  const last = own.at(-1) ?? ''
  if (own.length === 2 && UNITS.test(last)) {
    cell.repaired = { from: cell.text, by: 'unit' }
    cell.text = last
    cell.sure = 0.7
  }
}

/** A single character is easily lost: a product is counted in what its other lines say. Always told doubtful. */
function fillUnits(lines: Line[]) {
  const nameOf = ({ at }: Line) => (at.product_raw ?? at.product_and_spec)?.text ?? ''
  const units = new Map<string, string>()
  for (const line of lines) {
    const unit = line.at.unit?.text ?? ''
    if (UNITS.test(unit) && !units.has(nameOf(line))) units.set(nameOf(line), unit)
  }
  for (const line of lines) {
    const { unit } = line.at
    if (unit?.text === '') repair(unit, units.get(nameOf(line)) ?? '', 'repeated', 0.6)
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
  vote(lines, 'unit', WITHIN.lot)
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

function judge(line: Line, counts: Counts, known: KnownNames | null, step: number) {
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
    else cell.sure = glyphs >= (SURE_FROM[field] ?? GLYPHS_SURE) ? 0.85 : Math.min(glyphs, UNPROVEN)
    if (FIGURES.includes(field)) judgeFigure(cell, glyphs)
    else if (field === 'product_raw') {
      const times = often(counts.product, field, WITHIN.product)
      judgeProduct(cell, glyphs, { known, often: times }, UNPROVEN)
    } else if (field === 'customer_raw' || field === 'supplier_raw') {
      const map = field === 'customer_raw' ? counts.customer : counts.supplier
      judgePartner(cell, glyphs, field, { known, often: often(map, field, []) })
    }
    if (NAMES.includes(field)) doubtOddName(cell, step)
    if (field === 'spec_raw') {
      judgeSpec(cell, glyphs, often(counts.spec, field, WITHIN.spec))
    } else if (field === 'lot') {
      judgeLot(cell, glyphs, often(counts.lot, field, WITHIN.lot))
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
  else if (glyphs < (cell.text.length <= 2 ? 0.99 : GLYPHS_SURE)) lower(cell, UNPROVEN)
}

function judgeSpec(cell: PageCell, glyphs: number, often: number) {
  const read = cell.repaired?.by === 'spec' ? glyphs > 0.75 : glyphs > 0.85
  if (!isSpec(cell.text)) {
    if (cell.repaired?.by === 'spec' && read) cell.sure = Math.max(cell.sure, 0.82)
    else lower(cell, glyphs >= 0.98 && !ODD_SPEC.test(cell.text) ? 0.82 : UNPROVEN)
  } else if (often >= 2 && glyphs > 0.6) raise(cell, 0.88)
  else if (read) cell.sure = Math.max(cell.sure, 0.82)
}

/** Part of a name that another line has whole: its end was lost. */
function doubtCutNames(lines: Line[]) {
  for (const field of NAMES) {
    const cells = lines.flatMap((line) => line.at[field] ?? []).filter((cell) => cell.text !== '')
    const texts = [...new Set(cells.map((cell) => cell.text))]
    for (const cell of cells) {
      const { text } = cell
      const whole = texts.find((each) => each.length > text.length && each.startsWith(text))
      if (whole && !/^[（(]/.test(whole.slice(text.length))) lower(cell, 0.6)
    }
  }
}

/** A column's figures have the same number of decimals: one that differs holds what belongs beside it. */
function doubtOddDecimals(lines: Line[]) {
  for (const field of ['qty', 'price', 'amount'] as const) {
    const cells = lines.flatMap((line) => line.at[field] ?? []).filter((cell) => parseDecimal(cell.text))
    const places = cells.map(({ text }) => /[.](\d+)\D*$/.exec(text)?.[1]?.length ?? 0)
    const usual = [...places].sort((a, b) => a - b)[places.length >> 1]
    if (cells.length < 5 || places.filter((each) => each === usual).length < cells.length * 0.6) continue
    cells.forEach((cell, at) => {
      if (places[at] !== usual && !cell.repaired) lower(cell, 0.6)
      if ((places[at] as number) > (usual as number)) lower(cell, 0.6)
    })
  }
}

/** No price is below zero: what looks so begins with a stroke of a rule, and the amount with it. */
function doubtNegativePrices(lines: Line[]) {
  for (const { at } of lines) {
    if (!at.price?.text.startsWith('-')) continue
    for (const cell of [at.price, at.qty, at.amount]) lower(cell, 0.5)
  }
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
