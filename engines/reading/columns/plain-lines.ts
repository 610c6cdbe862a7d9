import { type ByteRows, cellsOf } from '../open/byte-rows.ts'
import type { Field, ReadLine, TableLayout } from '../shapes.ts'
import { type LineBuilder, RETURN, RETURN_REMARK } from '../type/line-builder.ts'
import { hashed, hashFigure, hashText, part } from '../type/line-digest.ts'
import { amountDiffers, isLostLot } from '../type/line-issues.ts'
import { cleaned } from '../type/plain-text.ts'
import { endsLikeTotal } from '../type/row-rules.ts'
import { DateCells } from '../type/typed-cells.ts'
import { DecimalColumn } from './decimal-column.ts'
import { columnsFor, type LineColumns, putLine } from './line-columns.ts'
import { beginRows, NAMED, ODD, type RowState, rowState } from './row-state.ts'
import { TextColumn, type TypedCell } from './text-column.ts'

/**
 * Whether the lines of a table can be told by their columns: one line a row, all of it in the row. Anything else (pivots,
 * names printed once, heading rows, dates in parts) is read row by row.
 */
export function isPlainList({ layout, at }: LineBuilder): boolean {
  const { pivot, fill_down: filled, date_parts: parts, group_heading: group, column_range: range } = layout
  if (pivot.length > 0 || filled.length > 0 || parts || group || range) return false
  return at.occurred_on >= 0 && at.qty >= 0 && at.product_raw >= 0
}

/**
 * Types the rows of a plain list column by column: of each column a distinct cell once, figures from their bytes. Only lines
 * on which nothing is doubtful are made so; every other row goes to the builder, in its place.
 */
export class PlainLines {
  private readonly builder: LineBuilder
  private readonly texts: TextColumn[]
  /** Of the digest what no column tells. */
  private readonly same = { high: 0, low: 0 }
  private readonly qty: DecimalColumn
  private readonly price: DecimalColumn | null
  private readonly amount: DecimalColumn | null
  private state: RowState = rowState(0)
  private columns: LineColumns = columnsFor(0)
  private prices = new Float64Array(0)

  constructor(builder: LineBuilder) {
    this.builder = builder
    const { at, layout } = builder
    const optional = (field: Field) => (at[field] < 0 ? null : new DecimalColumn(at[field]))
    const year = layout.context.month?.slice(0, 4)
    this.texts = [dayColumn(at.occurred_on, year ? Number(year) : undefined)]
    for (const field of TEXTS) {
      const instead = field === 'customer_raw' ? (layout.context.customer ?? '') : ''
      if (at[field] >= 0) this.texts.push(textColumn(field, at[field], instead, layout))
      else this.addSame(field, instead)
    }
    this.texts.push(...flaggedColumns(builder))
    this.qty = new DecimalColumn(at.qty)
    this.price = optional('price')
    this.amount = optional('amount')
  }

  /** The lines of a block, in their order. */
  linesOf(rows: ByteRows): LineColumns {
    this.makeRoom(rows.count)
    const { state, columns } = this
    beginRows(state, rows.count, this.same)
    for (const column of this.texts) column.type(rows, state)
    this.qty.type(rows, state, columns.qty, false)
    if (this.price) this.price.type(rows, state, this.prices, false)
    else this.prices.fill(Number.NaN, 0, rows.count)
    if (this.amount) this.amount.type(rows, state, columns.amount_fen, true)
    else columns.amount_fen.fill(Number.NaN, 0, rows.count)
    return this.gather(rows)
  }

  private addSame(field: keyof typeof part, text: string) {
    hashText(text, part[field])
    this.same.high ^= hashed.high
    this.same.low ^= hashed.low
  }

  private makeRoom(rows: number) {
    if (this.prices.length >= rows) return
    this.state = rowState(rows * 2)
    this.columns = columnsFor(rows * 2)
    this.prices = new Float64Array(rows * 2)
  }

  /** Puts the lines one behind the other; rows that are odd are read by the builder. */
  private gather(rows: ByteRows): LineColumns {
    const { builder, columns, state, prices } = this
    const { counts, firstRow, lastRow } = builder
    const { qty, amount_fen: fen, digest_high: high, digest_low: low, issue_counts: issues } = columns
    const stock = builder.layout.kind === 'stock'
    const rowOf = new Int32Array(rows.count)
    const made = new Map<number, ReadLine>()
    let plain = 0
    columns.size = 0
    for (let row = 0; row < rows.count; row++) {
      const number = rows.numbers[row] as number
      const quantity = qty[row] as number
      let amount = fen[row] as number
      const usable = state.flags[row] === NAMED && !Number.isNaN(quantity) && !builder.ended
      const within = number >= firstRow && number <= lastRow
      if (!(usable && within) || amountDiffers(quantity, prices[row] as number, amount)) {
        this.addOdd(rows, row, made)
        continue
      }
      // A return is negative, however its amount is printed.
      if (quantity < 0 && amount > 0 && !stock) amount = -amount
      const line = columns.size++
      hashFigure(quantity, part.qty)
      const [qtyHigh, qtyLow] = [hashed.high, hashed.low]
      hashFigure(amount, part.amount)
      high[line] = (state.high[row] as number) ^ qtyHigh ^ hashed.high
      low[line] = (state.low[row] as number) ^ qtyLow ^ hashed.low
      qty[line] = quantity
      fen[line] = amount
      issues[line] = 0
      rowOf[line] = row
      plain++
    }
    counts.rows_seen += plain
    counts.rows_read += plain
    counts.lines += plain
    columns.expected = Math.ceil(counts.lines / rows.share)
    columns.line = (line) => {
      const row = rowOf[line] as number
      return (
        made.get(line) ?? builder.plainLine({ row: rows.numbers[row] as number, cells: cellsOf(rows, row) })
      )
    }
    return columns
  }

  private addOdd(rows: ByteRows, row: number, made: Map<number, ReadLine>) {
    const lines: ReadLine[] = []
    this.builder.add({ row: rows.numbers[row] as number, cells: cellsOf(rows, row) }, lines)
    for (const line of lines) {
      made.set(this.columns.size, line)
      putLine(this.columns, line)
    }
  }
}

/** A month or a day; what is no date makes its row odd. */
function dayColumn(column: number, year: number | undefined): TextColumn {
  const dates = new DateCells(year)
  const type = (raw: string): TypedCell => {
    const date = dates.of(raw)
    return date ? { text: date, flags: 0 } : { text: '', flags: ODD }
  }
  return new TextColumn(column, { type, part: part.day })
}

const NAMES = new Set<Field>([
  'customer_raw',
  'supplier_raw',
  'product_raw',
  'product_and_spec',
  'product_code',
])

const TEXTS = ['customer_raw', 'supplier_raw', 'product_raw', 'spec_raw', 'lot', 'serial', 'doc_no'] as const

/** A field that is part of the digest; `instead` stands for a blank. */
function textColumn(
  field: (typeof TEXTS)[number],
  column: number,
  instead: string,
  layout: TableLayout,
): TextColumn {
  const name = NAMES.has(field)
  const missing = neededOf(layout).includes(field) && instead === '' ? ODD : 0
  const type = (raw: string): TypedCell => {
    const text = cleaned(raw)
    let flags = text === '' ? missing : 0
    if (name && raw !== '') flags |= endsLikeTotal(raw) ? ODD : NAMED
    if (field === 'lot' && isLostLot(text)) flags |= ODD
    return { text: text || instead, flags }
  }
  // A lot may be ASCII and odd: 2.02407E+11.
  const ascii = field === 'lot' ? {} : { ascii: name ? NAMED : 0 }
  return new TextColumn(column, { type, part: part[field], ...ascii })
}

/** What a line of the kind must name; without it there is an issue. */
function neededOf({ kind }: TableLayout): Field[] {
  if (kind === 'stock') return ['product_raw']
  return [kind === 'sales' ? 'customer_raw' : 'supplier_raw', 'product_raw']
}

/** Columns outside the digest that may make a row odd. */
function flaggedColumns({ at, layout }: LineBuilder): TextColumn[] {
  const columns: TextColumn[] = []
  const add = (field: Field, isOdd: (raw: string) => boolean, ascii?: number) => {
    if (at[field] < 0) return
    const type = (raw: string) => ({ text: '', flags: raw !== '' && isOdd(raw) ? ODD : 0 })
    columns.push(new TextColumn(at[field], { type, part: null, ...(ascii === undefined ? {} : { ascii }) }))
  }
  const expiries = new DateCells(undefined, true)
  add('expires_on', (raw) => expiries.of(raw) === null)
  add('product_and_spec', endsLikeTotal, 0)
  add('product_code', endsLikeTotal, 0)
  if (layout.kind === 'stock') return columns
  add('doc_type', (raw) => RETURN.test(cleaned(raw)), 0)
  add('remark', (raw) => RETURN_REMARK.test(cleaned(raw)), 0)
  return columns
}
