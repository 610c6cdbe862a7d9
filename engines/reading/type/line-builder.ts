import { splitProduct } from '../map/column-content.ts'
import type { RawRow } from '../open/source.ts'
import type { Field, PivotColumn, Reading, ReadingCounts, ReadLine, TableLayout } from '../shapes.ts'
import { negated, toFen } from './decimals.ts'
import { issuesOf, type Printed } from './line-issues.ts'
import { RowRules } from './row-rules.ts'
import { DateCells, decimalOf, TextCells } from './typed-cells.ts'

const RETURN = /退|冲红|红字|红冲/
const RETURN_REMARK = /^(销退|销售退|退货|退回|采购退|进货退|购进退|红冲|冲红)/

/** Makes lines of the rows of one table, one row after the other: fills down, types, signs, and notes what is doubtful. */
export class LineBuilder {
  private readonly layout: TableLayout
  private readonly counts: ReadingCounts
  private readonly rules: RowRules
  private readonly at: Record<Field, number>
  private readonly texts: Record<string, TextCells> = {}
  private readonly dates: DateCells
  private readonly expiries: DateCells
  private readonly unitHint: string
  private readonly filled: number[]
  private readonly lastFilled: string[] = []
  /** For each filled column the one whose name it goes with, -1 when it stands for itself. */
  private readonly leaderOf: number[]
  private readonly firstRow: number
  private readonly lastRow: number
  private heading = ''

  constructor(layout: TableLayout, mapping: Record<number, Field | null>, counts: ReadingCounts) {
    const mapped = withMapping(layout, mapping)
    this.layout = mapped
    this.firstRow = mapped.header_row + mapped.header_rows
    this.lastRow = mapped.last_row ?? Number.POSITIVE_INFINITY
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

  private leaderColumn(column: number): number {
    const field = this.layout.columns.find((guess) => guess.column === column)?.field
    if (!field || !FOLLOWERS.has(field)) return -1
    return field.startsWith('customer_')
      ? this.at.customer_raw
      : Math.max(this.at.product_raw, this.at.product_and_spec)
  }

  /** Sorts the row and appends its lines to `lines`. */
  add(row: RawRow, lines: ReadLine[]) {
    this.counts.rows_seen++
    const { cells } = row
    const below = row.row >= this.firstRow && row.row <= this.lastRow
    const date = this.dates.of(cells[this.at.occurred_on])
    const qty = decimalOf(cells[this.at.qty])
    if (!(below && this.rules.isPlainLine(cells, date, qty))) {
      const sort = this.rules.sort(row)
      if (sort !== 'line') {
        if (sort === 'group-heading') this.heading = this.rules.heading
        this.counts.skipped[sort] = (this.counts.skipped[sort] ?? 0) + 1
        return
      }
    }
    const full = this.filled.length > 0 ? this.fillDown(cells) : cells
    const before = lines.length
    if (this.layout.pivot.length > 0) this.addPivot(row, full, lines)
    else lines.push(this.line(row, full, { date, qty }))
    const made = lines.length - before
    this.counts.lines += made
    if (made > 0) this.counts.rows_read++
    else this.counts.skipped['empty-line'] = (this.counts.skipped['empty-line'] ?? 0) + 1
  }

  /** Blank cells take what stood above them; a filled leader starts anew, and its followers with it. */
  private fillDown(cells: string[]): string[] {
    const full = cells.slice()
    this.filled.forEach((column, index) => {
      const text = cells[column] ?? ''
      while (full.length < column) full.push('')
      const leader = this.leaderOf[index] as number
      if (!isBlank(text) || (leader >= 0 && !isBlank(cells[leader] ?? ''))) this.lastFilled[column] = text
      else full[column] = this.lastFilled[column] ?? ''
    })
    return full
  }

  private addPivot(row: RawRow, cells: string[], lines: ReadLine[]) {
    for (const column of this.layout.pivot) {
      const qty = decimalOf(cells[column.column])
      if (qty === '' || qty === '0') continue
      const line = this.line(row, cells, { date: '', qty, printedQty: cells[column.column] ?? '' })
      line.column = column.column
      const { reading } = line
      if (column.text === '') {
        line.issues = [...line.issues, { code: 'reading.missing-date', field: 'occurred_on', text: '' }]
      } else {
        putPivot(reading, column)
        line.issues = line.issues.filter(
          (each) => each.field !== column.field && each.field !== 'occurred_on',
        )
      }
      if (column.spec) reading.spec_raw = column.spec
      line.issues = line.issues.filter(
        (issue) => issue.field !== column.field && issue.field !== 'occurred_on',
      )
      lines.push(line)
    }
  }

  private text(field: Field, cells: string[]): string {
    const column = this.at[field]
    return column < 0 ? '' : (this.texts[field] as TextCells).of(cells[column])
  }

  private line(row: RawRow, cells: string[], printed: Printed): ReadLine {
    const { at, layout } = this
    const price = at.price < 0 ? '' : decimalOf(cells[at.price])
    const amount = at.amount < 0 ? '' : decimalOf(cells[at.amount])
    if (this.filled.length > 0 && at.occurred_on >= 0 && printed.date === '')
      printed.date = this.dates.of(cells[at.occurred_on])
    const expires = at.expires_on < 0 ? '' : this.expiries.of(cells[at.expires_on])
    const reading = this.reading(cells, printed, price, amount, expires)
    const issues = issuesOf({ cells, at, kind: layout.kind, reading, printed, price, amount, expires })
    return { sheet: layout.sheet, row: row.row, cells: row.cells, reading, issues }
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
    return this.layout.group_heading === field ? this.heading : ''
  }

  private product(cells: string[]): { product_raw: string; spec_raw: string } {
    const { context } = this.layout
    const spec = this.text('spec_raw', cells)
    if (this.at.product_raw >= 0) return { product_raw: this.text('product_raw', cells), spec_raw: spec }
    if (this.at.product_and_spec < 0) {
      return {
        product_raw: this.headingFor('product_raw') || (context.product ?? ''),
        spec_raw: spec || (context.spec ?? ''),
      }
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

const TEXT_FIELDS: Field[] = [
  'customer_raw',
  'customer_code',
  'customer_tax_id',
  'customer_address',
  'customer_province',
  'customer_city',
  'customer_county',
  'supplier_raw',
  'distributor_raw',
  'product_raw',
  'spec_raw',
  'product_and_spec',
  'product_code',
  'lot',
  'serial',
  'unit',
  'manufacturer',
  'approval_no',
  'doc_no',
  'doc_type',
  'salesperson',
  'remark',
]
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

function putPivot(reading: Reading, column: PivotColumn) {
  if (column.field === 'month') reading.month = column.text
  else if (column.field === 'occurred_on') {
    reading.occurred_on = column.text
    reading.month = column.text.slice(0, 7)
  } else reading[column.field] = column.text
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
  for (const field of ALL_FIELDS) at[field] = -1
  for (const guess of layout.columns) if (guess.field) at[guess.field] = guess.column
  return at
}

const ALL_FIELDS: Field[] = [
  ...TEXT_FIELDS,
  'occurred_on',
  'month',
  'qty',
  'pack_factor',
  'price',
  'amount',
  'mfg_on',
  'expires_on',
]
