import { splitProduct, withoutMaker } from '../map/column-content.ts'
import { maskedRow } from '../map/side-by-side.ts'
import { DOUBTFUL_BELOW, type RawRow } from '../open/source.ts'
import {
  type Field,
  fields,
  type LineIssue,
  type PivotColumn,
  type Reading,
  type ReadingCounts,
  type ReadLine,
  type TableLayout,
} from '../shapes.ts'
import { negated, toFen } from './decimals.ts'
import { issuesOf, type Printed } from './line-issues.ts'
import { RowRules } from './row-rules.ts'
import type { HeadingField, Headings } from './row-words.ts'
import { DateCells, decimalOf, TextCells } from './typed-cells.ts'

export const RETURN = /退|冲红|红字|红冲/
export const RETURN_REMARK = /^(销退|销售退|退货|退回|采购退|进货退|购进退|红冲|冲红)/

/** Makes lines of the rows of one table, one row after the other: fills down, types, signs, and notes what is doubtful. */
export class LineBuilder {
  /** With the mapping in it. */
  readonly layout: TableLayout
  readonly counts: ReadingCounts
  readonly at: Record<Field, number>
  private readonly rules: RowRules
  private readonly texts: Record<string, TextCells> = {}
  private readonly dates: DateCells
  private readonly expiries: DateCells
  private readonly unitHint: string
  private readonly filled: number[]
  private readonly lastFilled: string[] = []
  /** For each filled column the one whose name it goes with, -1 when it stands for itself. */
  private readonly leaderOf: number[]
  readonly firstRow: number
  /** Columns of this table: from the first to before the last. */
  private readonly firstOwn: number
  private readonly lastOwn: number
  readonly lastRow: number
  private headings: Headings = {}
  /** Of a file made of pages: how sure the heading was that each field comes from, and the cells filled down. */
  private readonly headingSure: Partial<Record<HeadingField, number>> = {}
  private readonly filledSure: number[] = []

  constructor(layout: TableLayout, mapping: Record<number, Field | null>, counts: ReadingCounts) {
    const mapped = withMapping(layout, mapping)
    this.layout = mapped
    this.firstRow = mapped.header_row + mapped.header_rows
    this.lastRow = mapped.last_row ?? Number.POSITIVE_INFINITY
    this.firstOwn = mapped.column_range?.[0] ?? 0
    this.lastOwn = mapped.column_range ? mapped.column_range[1] + 1 : Number.POSITIVE_INFINITY
    this.counts = counts
    this.at = columnTable(mapped)
    this.rules = new RowRules(mapped)
    const month = mapped.context.month
    this.dates = new DateCells(month ? Number(month.slice(0, 4)) : undefined)
    this.expiries = new DateCells(undefined, true)
    const qtyColumn = mapped.columns.find((guess) => guess.field === 'qty')
    this.unitHint = qtyColumn?.unit_hint ?? mapped.context.unit ?? ''
    this.filled = mapped.fill_down
    this.leaderOf = this.filled.map((column) => this.leaderColumn(column))
    for (const field of TEXT_FIELDS) this.texts[field] = new TextCells()
  }

  private dateOf(cells: string[]): string | null {
    const parts = this.layout.date_parts
    if (!parts) return this.dates.of(cells[this.at.occurred_on])
    const part = (column: number) => (cells[column] ?? '').replace(/[^\d]/g, '')
    const [year, month, day] = [part(parts.year), part(parts.month), part(parts.day ?? -1)]
    if (year === '' && month === '') return ''
    const full = year.length === 2 ? `20${year}` : year
    return this.dates.of(day === '' ? `${full}-${month}` : `${full}-${month}-${day}`)
  }

  private leaderColumn(column: number): number {
    const field = this.layout.columns.find((guess) => guess.column === column)?.field
    if (!field || !FOLLOWERS.has(field)) return -1
    return field.startsWith('customer_')
      ? this.at.customer_raw
      : Math.max(this.at.product_raw, this.at.product_and_spec)
  }

  /** Sorts the row and appends its lines to `lines`. */
  add(given: RawRow, lines: ReadLine[]) {
    this.counts.rows_seen++
    const row = this.firstOwn > 0 || given.cells.length > this.lastOwn ? maskedRow(given, this.layout) : given
    const { cells } = row
    const below = row.row >= this.firstRow && row.row <= this.lastRow
    const date = this.dateOf(cells)
    const qty = decimalOf(cells[this.at.qty])
    if (!(below && this.rules.isPlainLine(cells, date, qty))) {
      const sort = this.rules.sort(row)
      if (sort !== 'line') {
        if (sort === 'group-heading') this.takeHeadings(row)
        this.counts.skipped[sort] = (this.counts.skipped[sort] ?? 0) + 1
        return
      }
    }
    const full = this.filled.length > 0 ? this.fillDown(row) : cells
    const before = lines.length
    if (this.layout.pivot.length > 0) this.addPivot(row, full, lines)
    else lines.push(this.line(row, full, { date, qty }))
    const made = lines.length - before
    this.counts.lines += made
    if (made > 0) this.counts.rows_read++
    else this.counts.skipped['empty-line'] = (this.counts.skipped['empty-line'] ?? 0) + 1
  }

  /** Whether a header of another table was met: no row below it belongs to this one. */
  get ended(): boolean {
    return this.rules.ended
  }

  /** A row already known to be a plain line, and counted, of a table that fills nothing down and is no pivot. */
  plainLine(row: RawRow): ReadLine {
    const { cells } = row
    return this.line(row, cells, { date: this.dateOf(cells), qty: decimalOf(cells[this.at.qty]) })
  }

  /** Blank cells take what stood above them; a filled leader starts anew, and its followers with it. */
  private fillDown({ cells, confidences }: RawRow): string[] {
    const full = cells.slice()
    this.filled.forEach((column, index) => {
      const text = cells[column] ?? ''
      while (full.length < column) full.push('')
      const leader = this.leaderOf[index] as number
      if (isBlank(text) && (leader < 0 || isBlank(cells[leader] ?? '')))
        full[column] = this.lastFilled[column] ?? ''
      else {
        this.lastFilled[column] = text
        this.filledSure[column] = confidences?.[column] ?? 1
      }
    })
    return full
  }

  private takeHeadings(row: RawRow) {
    const { headings } = this.rules
    this.rules.headings = {}
    if (this.filled.length > 0) this.fillDown(row)
    if (headings.product_raw !== undefined) this.headings.spec_raw = ''
    Object.assign(this.headings, headings)
    const sure = leastSure(row)
    for (const field of Object.keys(headings) as HeadingField[]) this.headingSure[field] = sure
  }

  private addPivot(row: RawRow, cells: string[], lines: ReadLine[]) {
    for (const column of this.layout.pivot) {
      const qty = decimalOf(cells[column.column])
      if (qty === '' || qty === '0') continue
      const line = this.line(row, cells, { date: '', qty, printedQty: cells[column.column] ?? '' }, column)
      line.column = column.column
      const { reading } = line
      if (column.text === '') {
        line.issues = [...line.issues, { code: 'reading.missing-date', field: 'occurred_on', text: '' }]
      } else {
        putPivot(reading, column)
        if (column.also?.text) putPivot(reading, column.also)
        line.issues = line.issues.filter((issue) => !isSettled(issue, column))
      }
      if (column.spec) reading.spec_raw = column.spec
      lines.push(line)
    }
  }

  private text(field: Field, cells: string[]): string {
    const column = this.at[field]
    return column < 0 ? '' : (this.texts[field] as TextCells).of(cells[column])
  }

  private line(row: RawRow, cells: string[], printed: Printed, pivot?: PivotColumn): ReadLine {
    const { at, layout } = this
    const priceAt = pivot?.price_column ?? at.price
    const amountAt = pivot ? (pivot.amount_column ?? -1) : at.amount
    const price = priceAt < 0 ? '' : decimalOf(cells[priceAt])
    const amount = amountAt < 0 ? '' : decimalOf(cells[amountAt])
    if (this.filled.length > 0 && at.occurred_on >= 0 && printed.date === '')
      printed.date = this.dateOf(cells)
    const expires = at.expires_on < 0 ? '' : this.expiries.of(cells[at.expires_on])
    const reading = this.reading(cells, printed, price, amount, expires)
    const issues = issuesOf({ cells, at, kind: layout.kind, reading, printed, price, amount, expires })
    const line: ReadLine = { sheet: layout.sheet, row: row.row, cells: row.cells, reading, issues }
    if (row.hidden) line.hidden = true
    if (row.page !== undefined) this.putPlace(line, row, cells)
    return line
  }

  /** Where the row stands on its page; what was read with little certainty, there or in a row above, is told. */
  private putPlace(line: ReadLine, { page, boxes, confidences }: RawRow, full: string[]) {
    if (page !== undefined) line.page = page
    if (boxes) line.boxes = boxes
    if (!confidences) return
    const doubt = (field: Field, text: string) =>
      line.issues.push({ code: 'reading.doubtful-cell', field, text })
    const own = confidences.slice()
    for (const column of this.filled)
      if (isBlank(line.cells[column] ?? '')) own[column] = this.filledSure[column] ?? null
    line.confidences = own
    const named = new Set<Field>()
    for (const { column, field } of this.layout.columns) {
      if (!field) continue
      named.add(field)
      const sure = own[column]
      if (typeof sure === 'number' && sure < DOUBTFUL_BELOW) doubt(field, full[column] ?? '')
    }
    for (const field of Object.keys(this.headings) as HeadingField[]) {
      const { [field]: text = '' } = this.headings
      if (text !== '' && !named.has(field) && (this.headingSure[field] ?? 1) < DOUBTFUL_BELOW)
        doubt(field, text)
    }
  }

  private reading(
    cells: string[],
    printed: Printed,
    price: string | null,
    amount: string | null,
    expires: string | null,
  ): Reading {
    const { at, layout } = this
    const { context } = layout
    const date = printed.date
    const onDay = date && date.length === 10 ? date : null
    const monthCell = at.month < 0 ? '' : this.dates.of(cells[at.month])
    const mfg = at.mfg_on < 0 ? '' : this.dates.of(cells[at.mfg_on])
    const pack = at.pack_factor < 0 ? '' : decimalOf(cells[at.pack_factor])
    const docType = this.text('doc_type', cells)
    const remark = this.text('remark', cells)
    const qty = printed.qty || null
    const sign = this.signOf(qty, docType, remark)
    const signedQty = qty !== null && sign.flip ? negated(qty) : qty
    let fen = amount ? toFen(amount) : null
    if (fen !== null && fen > 0 && (sign.flip || (sign.isReturn && signedQty?.charCodeAt(0) === 45)))
      fen = -fen
    return {
      occurred_on: onDay ?? (layout.kind === 'stock' && !date ? (context.snapshot_on ?? null) : null),
      month: onDay
        ? onDay.slice(0, 7)
        : date || (monthCell ? monthCell.slice(0, 7) : (context.month ?? null)),
      customer_raw:
        this.text('customer_raw', cells) || this.headingFor('customer_raw') || (context.customer ?? ''),
      customer_code: this.text('customer_code', cells),
      customer_tax_id: this.text('customer_tax_id', cells),
      customer_address: this.text('customer_address', cells),
      customer_province: this.text('customer_province', cells),
      customer_city: this.text('customer_city', cells),
      customer_county: this.text('customer_county', cells),
      supplier_raw: this.text('supplier_raw', cells) || this.headingFor('supplier_raw'),
      distributor_raw: this.text('distributor_raw', cells),
      ...this.product(cells),
      product_code: this.text('product_code', cells),
      lot: this.text('lot', cells),
      serial: this.text('serial', cells),
      qty: signedQty,
      unit: this.text('unit', cells) || this.unitHint,
      pack_factor: pack || null,
      price: price || null,
      amount_fen: fen,
      manufacturer: this.text('manufacturer', cells),
      approval_no: this.text('approval_no', cells),
      mfg_on: mfg && mfg.length === 10 ? mfg : null,
      expires_on: expires || null,
      doc_no: this.text('doc_no', cells),
      doc_type: docType,
      salesperson: this.text('salesperson', cells),
      remark,
      is_return: sign.isReturn,
    }
  }

  private headingFor(field: Field): string {
    return this.headings[field as HeadingField] ?? ''
  }

  private product(cells: string[]): { product_raw: string; spec_raw: string } {
    const { context } = this.layout
    const spec = this.text('spec_raw', cells)
    if (this.at.product_raw >= 0) return { product_raw: this.text('product_raw', cells), spec_raw: spec }
    if (this.at.product_and_spec < 0) {
      const heading = this.headings.product_raw
      if (heading === undefined)
        return { product_raw: context.product ?? '', spec_raw: spec || (context.spec ?? '') }
      const parts = spec || this.headings.spec_raw ? null : splitProduct(withoutMaker(heading))
      return parts
        ? { product_raw: parts.product, spec_raw: parts.spec }
        : { product_raw: heading, spec_raw: spec || (this.headings.spec_raw ?? '') }
    }
    const joined = this.text('product_and_spec', cells)
    if (spec && joined.endsWith(spec) && joined.length > spec.length) {
      return { product_raw: joined.slice(0, -spec.length).trim(), spec_raw: spec }
    }
    const parts = spec ? null : splitProduct(joined)
    return parts
      ? { product_raw: parts.product, spec_raw: parts.spec }
      : { product_raw: joined, spec_raw: spec }
  }

  /** A return is negative however it is printed: by its sign, by its document's type, or by its remark. */
  private signOf(qty: string | null, docType: string, remark: string): { isReturn: boolean; flip: boolean } {
    if (this.layout.kind === 'stock') return NO_RETURN
    const negative = qty !== null && qty.charCodeAt(0) === 45
    if (negative) return PRINTED_RETURN
    if (docType !== '' ? RETURN.test(docType) : remark !== '' && RETURN_REMARK.test(remark))
      return TYPED_RETURN
    return NO_RETURN
  }
}

const NO_RETURN = { isReturn: false, flip: false }
const PRINTED_RETURN = { isReturn: true, flip: false }
const TYPED_RETURN = { isReturn: true, flip: true }

const FIGURES_AND_DATES = new Set<Field>([
  'occurred_on',
  'month',
  'qty',
  'pack_factor',
  'price',
  'amount',
  'mfg_on',
  'expires_on',
])
const TEXT_FIELDS = fields.filter((field) => !FIGURES_AND_DATES.has(field))
const FOLLOWERS = new Set<Field>([
  'spec_raw',
  'manufacturer',
  'approval_no',
  'product_code',
  'unit',
  'pack_factor',
  'customer_code',
  'customer_tax_id',
  'customer_address',
  'customer_province',
  'customer_city',
  'customer_county',
])

function putPivot(reading: Reading, column: { field: PivotColumn['field']; text: string }) {
  if (column.field === 'month') reading.month = column.text
  else if (column.field === 'occurred_on') {
    reading.occurred_on = column.text
    reading.month = column.text.slice(0, 7)
  } else reading[column.field] = column.text
}

/** What a pivot's header names is not missing in the row. */
function isSettled(issue: LineIssue, { field, also }: PivotColumn): boolean {
  if (issue.field === field || issue.field === also?.field) return true
  const dated = [field, also?.field].some((each) => each === 'month' || each === 'occurred_on')
  return issue.field === 'occurred_on' && dated
}

/** A name may stand in any of a heading's cells. */
function leastSure({ cells, confidences }: RawRow): number {
  let least = 1
  cells.forEach((text, column) => {
    if (!isBlank(text)) least = Math.min(least, confidences?.[column] ?? 1)
  })
  return least
}

function isBlank(text: string): boolean {
  return text === '' || text.trim() === ''
}

function withMapping(layout: TableLayout, mapping: Record<number, Field | null>): TableLayout {
  if (Object.keys(mapping).length === 0) return layout
  const claimed = new Set(Object.values(mapping))
  const columns = layout.columns.map((guess) => {
    const field = mapping[guess.column]
    if (field !== undefined) return { ...guess, field, why: 'mapping', confidence: 1 }
    // A person gave the field to another column: a guess does not keep it.
    return guess.field && claimed.has(guess.field)
      ? { ...guess, field: null, why: 'none', confidence: 0 }
      : guess
  })
  const pivot = claimed.has('qty') ? [] : layout.pivot
  return { ...layout, columns, pivot }
}

/** Field → column, -1 where the table has none. */
function columnTable(layout: TableLayout): Record<Field, number> {
  const at = {} as Record<Field, number>
  for (const field of fields) at[field] = -1
  for (const guess of layout.columns) if (guess.field) at[guess.field] = guess.column
  return at
}
