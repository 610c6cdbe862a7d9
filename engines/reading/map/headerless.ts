import { createHash } from 'node:crypto'
import type { RawRow, SheetSource } from '../open/source.ts'
import type { ColumnGuess, Field, KnownNames, TableLayout } from '../shapes.ts'
import { parseDate } from '../type/dates.ts'
import { parseDecimal } from '../type/decimals.ts'
import { cleaned } from '../type/plain-text.ts'
import { isTotalWord } from '../type/row-words.ts'
import { multiplies } from './arithmetic.ts'
import { type ColumnContent, contentOf } from './column-content.ts'
import { guessKind } from './guess-kind.ts'
import { sampleRow } from './sample-row.ts'
import { contextOf } from './title-context.ts'

const LINES_NEEDED = 3
const SAMPLE_ROWS = 20

interface Column {
  at: number
  content: ColumnContent
  texts: string[]
}

/**
 * A list that begins without a header: columns by what stands in them and by quantity × price = amount. Null unless
 * names, a quantity and several lines of one shape are there, as they are not in a letter or a contract.
 */
export function headerlessTable(
  rows: RawRow[],
  sheet: SheetSource,
  fileName: string,
  names?: KnownNames,
): TableLayout | null {
  const body = linesOfOneShape(rows)
  const first = body[0]
  if (!first || body.length < LINES_NEEDED || body.length < rows.length * 0.6) return null
  const titles = rows.slice(0, rows.indexOf(first))
  const width = Math.max(...body.map((row) => row.cells.length))
  const columns = Array.from({ length: width }, (_, at): Column => {
    const texts = body.map((row) => cleaned(row.cells[at] ?? ''))
    return { at, content: contentOf(body, at, names), texts: texts.filter(Boolean) }
  }).filter((column) => column.texts.length > 0)
  const context = contextOf(titles, sheet.name, fileName)
  const fields = new Assignment(columns)
  fields.dates()
  fields.figures(body)
  fields.names()
  const partnerIsCustomer = fields.isCustomer
  const kind = guessKind([], [], context.title ?? '', sheet.name, fileName)
  const known = kind.confidence > 0.5 ? kind.kind : fields.has('partner') ? 'sales' : 'stock'
  const guesses = fields.guesses(
    width,
    known === 'purchase' || !partnerIsCustomer ? 'supplier_raw' : 'customer_raw',
  )
  const has = (field: Field) => guesses.some((guess) => guess.field === field)
  if (!has('qty') || !has('product_raw')) return null
  if (known !== 'stock' && !fields.has('partner')) return null
  return {
    sheet: sheet.name,
    sheet_index: sheet.index,
    header_row: first.row,
    header_rows: 0,
    last_row: null,
    kind: known,
    kind_confidence: Math.min(kind.confidence, 0.6),
    columns: guesses,
    fingerprint: fingerprintOf(guesses),
    sample_rows: body.slice(0, SAMPLE_ROWS).map(sampleRow),
    context,
    fill_down: [],
    pivot: [],
    group_heading: null,
  }
}

/** Rows with as many filled cells as most have, give or take one, and figures among them. */
function linesOfOneShape(rows: RawRow[]): RawRow[] {
  const filled = rows.map((row) => row.cells.filter((cell) => cleaned(cell) !== '').length)
  const seen = new Map<number, number>()
  for (const count of filled) seen.set(count, (seen.get(count) ?? 0) + 1)
  const usual = [...seen].sort((one, other) => other[1] - one[1])[0]?.[0] ?? 0
  if (usual < 4) return []
  return rows.filter((row, at) => {
    if (Math.abs((filled[at] as number) - usual) > 2) return false
    if (isTotalWord(row.cells.find((cell) => cleaned(cell)) ?? '')) return false
    return row.cells.some((cell) => Boolean(parseDecimal(cleaned(cell))))
  })
}

class Assignment {
  isCustomer = true
  private readonly columns: Column[]
  private readonly chosen = new Map<number, { field: Field | 'partner'; confidence: number; why: string }>()

  constructor(columns: Column[]) {
    this.columns = columns
  }

  has(field: Field | 'partner'): boolean {
    return [...this.chosen.values()].some((each) => each.field === field)
  }

  private free(): Column[] {
    return this.columns.filter((column) => !this.chosen.has(column.at))
  }

  private put(column: Column | undefined, field: Field | 'partner', confidence: number, why = 'content') {
    if (column && !this.has(field)) this.chosen.set(column.at, { field, confidence, why })
  }

  /** Of several columns of days the goods' own spans the least time; expiry lies behind it, manufacture before. */
  dates() {
    const dated = this.free()
      .filter(({ content }) => content.dates + content.months >= 0.8)
      .map((column) => {
        const days = column.texts.flatMap((text) => parseDate(text) || []).sort()
        const span = Number(days.at(-1)?.slice(0, 4)) * 12 + Number(days.at(-1)?.slice(5, 7))
        return {
          column,
          first: days[0] ?? '',
          months: span - Number(days[0]?.slice(0, 4)) * 12 - Number(days[0]?.slice(5, 7)),
        }
      })
      .sort((one, other) => one.months - other.months)
    const [own, ...rest] = dated
    if (!own) return
    this.put(own.column, 'occurred_on', 0.7)
    for (const other of rest) this.put(other.column, other.first > own.first ? 'expires_on' : 'mfg_on', 0.6)
  }

  /** Figures by arithmetic; alone, whole numbers of few digits are the quantity. */
  figures(body: RawRow[]) {
    const numeric = this.free().filter(({ content, texts }) => content.numbers >= 0.9 && !texts.every(isCode))
    for (const qty of numeric) {
      for (const price of numeric) {
        for (const amount of numeric) {
          if (new Set([qty.at, price.at, amount.at]).size < 3 || this.has('amount')) continue
          if (
            qty.texts.some((text) => /\.\d*[1-9]/.test(text)) &&
            !price.texts.some((text) => text.includes('.'))
          )
            continue
          if (!multiplies({ qty: qty.at, price: price.at, amount: amount.at }, body)) continue
          const swap = isWhole(price) && !isWhole(qty)
          this.put(swap ? price : qty, 'qty', 0.75, 'arithmetic')
          this.put(swap ? qty : price, 'price', 0.75, 'arithmetic')
          this.put(amount, 'amount', 0.8, 'arithmetic')
        }
      }
    }
    const counts = numeric.filter((column) => isWhole(column) && !isRunning(column))
    const single = numeric.filter((column) => !isRunning(column))
    this.put(
      counts.find((column) => !this.chosen.has(column.at)) ?? (single.length === 1 ? single[0] : undefined),
      'qty',
      0.5,
    )
  }

  names() {
    this.put(
      this.best((content) => content.units, 0.8),
      'unit',
      0.7,
    )
    this.put(
      this.best((content) => content.approvals, 0.6),
      'approval_no',
      0.8,
    )
    this.put(
      this.best((content) => content.known_customers, 0.3),
      'partner',
      0.85,
    )
    this.put(
      this.best((content) => content.known_products, 0.3),
      'product_raw',
      0.85,
    )
    const partner = this.best((content) => (content.institutions >= 0.3 ? content.partners : 0), 0.5)
    this.put(partner, 'partner', 0.65)
    this.put(
      this.best((content) => content.specs, 0.6),
      'spec_raw',
      0.6,
    )
    const companies = this.best((content) => content.companies, 0.6)
    if (companies && !this.has('partner')) this.isCustomer = false
    this.put(companies, this.has('partner') ? 'manufacturer' : 'partner', 0.5)
    this.codes()
    this.product()
    this.money()
  }

  /** A column of money by itself: the same for a product wherever it is sold is its price, else it is the amount. */
  private money() {
    if (this.has('price') || this.has('amount')) return
    const left = this.free().filter(({ content, texts }) => content.numbers >= 0.9 && !texts.every(isCode))
    const product = [...this.chosen].find(([, each]) => each.field === 'product_raw')?.[0]
    const goods = this.columns.find((column) => column.at === product)
    const [money] = left
    if (left.length !== 1 || !money || !goods || money.texts.length !== goods.texts.length) return
    const seen = new Map<string, Set<string>>()
    goods.texts.forEach((name, at) => {
      seen.set(name, (seen.get(name) ?? new Set()).add(money.texts[at] as string))
    })
    const repeats = goods.texts.length - seen.size
    const values = [...seen.values()].reduce((sum, each) => sum + each.size, 0) - seen.size
    if (repeats >= 2) this.put(money, values <= repeats * 0.3 ? 'price' : 'amount', 0.4)
  }

  private best(share: (content: ColumnContent) => number, least: number): Column | undefined {
    const fits = this.free().filter(({ content }) => share(content) >= least)
    return fits.sort((one, other) => share(other.content) - share(one.content))[0]
  }

  /** Long codes of which nearly each is another are documents, the rest are lots. */
  private codes() {
    const codes = this.free().filter(({ texts }) => texts.filter(isCode).length >= texts.length * 0.8)
    for (const column of codes) {
      const length = column.texts.reduce((sum, text) => sum + text.length, 0) / column.texts.length
      const document = length >= 11 || column.texts.every((text) => /^[A-Z]{2,4}-?\d{8,}/i.test(text))
      this.put(column, document ? 'doc_no' : 'lot', 0.5)
    }
  }

  /** Of the columns of Chinese names that are left: the one beside the spec, else the one with the longest names. */
  private product() {
    const names = this.free().filter(
      ({ texts, content }) =>
        content.numbers < 0.2 &&
        texts.filter((text) => /[\p{Script=Han}]{2}/u.test(text)).length >= texts.length * 0.7,
    )
    const spec = [...this.chosen].find(([, each]) => each.field === 'spec_raw')?.[0]
    const length = ({ texts }: Column) => texts.reduce((sum, text) => sum + text.length, 0) / texts.length
    const beside = names.find((column) => spec !== undefined && column.at === spec - 1)
    const longest = names
      .filter((column) => length(column) >= 3)
      .sort((one, other) => length(other) - length(one))[0]
    this.put(beside ?? longest, 'product_raw', beside ? 0.6 : 0.45)
  }

  guesses(width: number, partner: 'customer_raw' | 'supplier_raw'): ColumnGuess[] {
    return Array.from({ length: width }, (_, column): ColumnGuess => {
      const chosen = this.chosen.get(column)
      if (!chosen) return { column, header: '', field: null, confidence: 0, why: 'none' }
      const { field, confidence, why } = chosen
      return { column, header: '', field: field === 'partner' ? partner : field, confidence, why }
    })
  }
}

function isCode(text: string): boolean {
  return /^[A-Z]{0,4}[-\d][A-Z\d/.-]{3,}$/i.test(text) && /\d{4}/.test(text) && !text.includes('.')
}

function isWhole({ texts }: Column): boolean {
  return texts.every((text) => /^[-(]?\d{1,6}(\.0+)?\)?$/.test(text))
}

/** 1, 2, 3 …: the number of the row. */
function isRunning({ texts }: Column): boolean {
  return (
    texts.length > 2 &&
    /^0*[01]$/.test(texts[0] ?? '') &&
    texts.every((text, index) => Number(text) === Number(texts[0]) + index)
  )
}

function fingerprintOf(guesses: ColumnGuess[]): string {
  const fields = guesses.map((guess) => guess.field ?? '').join('\u001f')
  return createHash('sha256').update(`no header\u001f${fields}`).digest('hex').slice(0, 16)
}
