import { ReadingError } from '../../reading-error.ts'
import type { ReadingLimits } from '../../shapes.ts'
import { NumberTexts } from '../number-texts.ts'
import type { Book, Merge, RawRow } from '../source.ts'
import { type NumberStyle, styleOfFormat } from '../xlsx-styles.ts'
import { attributeOf, MarkupScanner, type MarkupSink, unescapeMarkup } from './markup-scanner.ts'

interface SheetFound {
  name: string
  hidden: boolean
}

/** A workbook in the XML of Excel 2002/2003, usually saved as .xls. */
export async function openSpreadsheetXml(
  pieces: () => AsyncGenerator<string>,
  encoding: string,
  limits: ReadingLimits,
): Promise<Book> {
  const outline = new Outline()
  await scanAll(pieces(), outline)
  if (outline.sheets.length > limits.sheets)
    throw new ReadingError('too-large', { sheets: outline.sheets.length })
  if (!outline.ended) throw new ReadingError('corrupt', { reason: 'workbook ends early' })
  const visible = outline.sheets.map((sheet, at) => ({ ...sheet, at })).filter((sheet) => !sheet.hidden)
  return {
    format: 'xml',
    encoding,
    sheets: visible.map(({ name, at }, index) => ({
      name,
      index,
      rows: () => rowsOf(pieces(), at, outline.styles, limits),
      merges: async () => outline.merges.get(at) ?? [],
    })),
    hidden_sheets: outline.sheets.filter((sheet) => sheet.hidden).map((sheet) => sheet.name),
    close() {},
  }
}

async function scanAll(pieces: AsyncGenerator<string>, sink: MarkupSink) {
  const scanner = new MarkupScanner(sink, true)
  for await (const piece of pieces) scanner.feed(piece)
  scanner.end()
}

function attribute(attributes: string, name: string): string | null {
  const value = attributeOf(attributes, `(?:\\w+:)?${name}`)
  return value === null ? null : unescapeMarkup(value)
}

/** First pass: the sheets, their merges, the number formats of the styles. */
class Outline implements MarkupSink {
  readonly sheets: SheetFound[] = []
  readonly styles = new Map<string, NumberStyle>()
  readonly merges = new Map<number, Merge[]>()
  ended = false
  private style = ''
  private readonly place = new Place()
  private visible: string | null = null

  open(name: string, attributes: string) {
    if (name === 'worksheet') {
      this.sheets.push({ name: attribute(attributes, 'Name') ?? '', hidden: false })
      this.place.reset()
    } else if (name === 'style') this.style = attribute(attributes, 'ID') ?? ''
    else if (name === 'numberformat') {
      const format = attribute(attributes, 'Format') ?? ''
      this.styles.set(this.style, namedFormat(format))
    } else if (name === 'row') this.place.openRow(attributes)
    else if (name === 'cell') this.takeMerge(this.place.openCell(attributes), attributes)
    else if (name === 'visible') this.visible = ''
  }

  close(name: string) {
    if (name === 'workbook') this.ended = true
    if (name === 'visible') {
      const sheet = this.sheets.at(-1)
      if (sheet && /hidden/i.test(this.visible ?? '')) sheet.hidden = true
      this.visible = null
    }
  }

  text(raw: string) {
    if (this.visible !== null) this.visible += raw
  }

  private takeMerge(column: number, attributes: string) {
    const across = Number(attribute(attributes, 'MergeAcross') ?? 0)
    const down = Number(attribute(attributes, 'MergeDown') ?? 0)
    if (!(across > 0 || down > 0)) return
    const sheet = this.sheets.length - 1
    const merges = this.merges.get(sheet) ?? []
    this.merges.set(sheet, merges)
    if (merges.length < 100_000)
      merges.push({
        top: this.place.row,
        bottom: this.place.row + down,
        left: column,
        right: column + across,
      })
  }
}

function namedFormat(format: string): NumberStyle {
  if (/^(General|Short|Medium|Long) Date$/i.test(format)) return { as: 'date' }
  if (/^(Short|Medium|Long) Time$/i.test(format)) return { as: 'time' }
  if (
    /^(General|Fixed|Standard|Percent|Scientific|Currency|Euro Currency|Yes\/No|True\/False|On\/Off)( Number)?$/i.test(
      format,
    )
  )
    return { as: 'number' }
  return styleOfFormat(format)
}

/** Rows and cells count on by themselves unless they name their place. */
class Place {
  row = 0
  private column = -1
  /** Columns that merged cells of this row take up behind their first. */
  private across = 0

  reset() {
    this.row = 0
  }

  openRow(attributes: string) {
    const index = attributes.includes('Index') ? Number(attribute(attributes, 'Index')) : 0
    this.row = index > 0 && index < 10_000_000 ? index : this.row + 1
    this.column = -1
    this.across = 0
  }

  openCell(attributes: string): number {
    const index = attributes.includes('Index') ? Number(attribute(attributes, 'Index')) : 0
    this.column = index > 0 ? index - 1 : this.column + 1 + this.across
    const across = attributes.includes('MergeAcross') ? Number(attribute(attributes, 'MergeAcross')) : 0
    this.across = Math.max(across, 0)
    return this.column
  }
}

async function* rowsOf(
  pieces: AsyncGenerator<string>,
  sheet: number,
  styles: Map<string, NumberStyle>,
  limits: ReadingLimits,
): AsyncGenerator<RawRow[]> {
  const sink = new SheetRows(sheet, styles, limits)
  const scanner = new MarkupScanner(sink, true)
  for await (const piece of pieces) {
    scanner.feed(piece)
    if (sink.rows.length > 0) {
      yield sink.rows
      sink.rows = []
    }
    if (sink.passed) return
  }
  scanner.end()
  if (sink.rows.length > 0) yield sink.rows
}

class SheetRows implements MarkupSink {
  rows: RawRow[] = []
  passed = false
  private readonly wanted: number
  private readonly limits: ReadingLimits
  private readonly styleAt = new Map<string, number>()
  private readonly numbers: NumberTexts
  private readonly place = new Place()
  private sheet = -1
  private cells: string[] = []
  private hidden = false
  private column = 0
  private style = 0
  private type = ''
  private text_: string | null = null
  private inComment = false

  constructor(wanted: number, styles: Map<string, NumberStyle>, limits: ReadingLimits) {
    this.wanted = wanted
    this.limits = limits
    const list = [...styles]
    list.forEach(([id], index) => {
      this.styleAt.set(id, index)
    })
    this.numbers = new NumberTexts(
      list.map(([, style]) => style),
      false,
    )
  }

  open(name: string, attributes: string) {
    if (name === 'worksheet') {
      this.sheet++
      this.passed = this.sheet > this.wanted
    }
    if (this.sheet !== this.wanted) return
    if (name === 'row') {
      this.place.openRow(attributes)
      this.cells = []
      this.hidden = attributes.includes('Hidden') && attribute(attributes, 'Hidden') === '1'
    } else if (name === 'cell') {
      this.column = this.place.openCell(attributes)
      this.style = this.styleAt.get(attribute(attributes, 'StyleID') ?? '') ?? -1
      if (this.column >= this.limits.columns)
        throw new ReadingError('too-large', { columns: this.column + 1 })
    } else if (name === 'comment') this.inComment = true
    else if (name === 'data' && !this.inComment) {
      this.type = attribute(attributes, 'Type') ?? ''
      this.text_ = ''
    }
  }

  close(name: string) {
    if (this.sheet !== this.wanted) return
    if (name === 'comment') this.inComment = false
    else if (name === 'data' && this.text_ !== null) {
      const text = this.shown(unescapeMarkup(this.text_))
      this.text_ = null
      if (text === '') return
      while (this.cells.length < this.column) this.cells.push('')
      this.cells[this.column] = text
    } else if (name === 'row' && this.cells.length > 0) {
      const { row } = this.place
      this.rows.push(this.hidden ? { row, cells: this.cells, hidden: true } : { row, cells: this.cells })
      this.cells = []
    }
  }

  text(raw: string) {
    if (this.text_ !== null && this.text_.length < 200_000) this.text_ += raw
  }

  private shown(text: string): string {
    if (this.type === 'Number') return this.numbers.of(text.trim(), this.style)
    if (this.type === 'DateTime')
      return text
        .trim()
        .replace('T', ' ')
        .replace(/ 00:00:00(\.0+)?$/, '')
        .replace(/\.0+$/, '')
    if (this.type === 'Boolean') return text.trim() === '1' ? 'TRUE' : 'FALSE'
    return text
  }
}
