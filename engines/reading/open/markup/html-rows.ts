import { parseDate } from '../../type/dates.ts'
import { parseDecimal } from '../../type/decimals.ts'
import { plainNumber } from '../number-texts.ts'
import type { Merge, RawRow } from '../source.ts'
import { attributeOf, type MarkupSink, unescapeMarkup } from './markup-scanner.ts'

const SPAN_MAX = 2_000
const COLSPAN_MAX = 300
const TEXT_BREAKS = new Set([
  'br',
  'p',
  'div',
  'li',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'center',
  'caption',
  'body',
])
const UNSEEN = new Set([
  'head',
  'title',
  'script',
  'xml',
  'select',
  'o:documentproperties',
  'x:excelworkbook',
])
const VOID = new Set(['br', 'img', 'input', 'hr', 'meta', 'link', 'col', 'wbr'])

/** A table being read. */
interface Table {
  cells: string[]
  /** For each column how many more rows a cell from above reaches over. */
  spans: number[]
  merges: { left: number; right: number; rows: number }[]
  hidden: boolean
  inRow: boolean
}

interface OpenCell {
  text: string
  attributes: string
}

/**
 * The rows of all tables of a page, one after the other, and the texts between them as rows of one cell. A table within
 * a cell hands out its own rows; what remains of the outer cell follows. Cells reached by a row or column span are blank.
 */
export class HtmlRows implements MarkupSink {
  rows: RawRow[] = []
  readonly merges: Merge[] = []
  private readonly columnsMax: number
  private readonly tables: Table[] = []
  private readonly outerCells: (OpenCell | null)[] = []
  private cell: OpenCell | null = null
  private row = 0
  private between = ''
  private inStyle = false
  private unseen = ''
  private unseenDepth = 0
  private readonly paddedClasses = new Set<string>()

  constructor(columnsMax: number) {
    this.columnsMax = columnsMax
  }

  open(name: string, attributes: string) {
    if (this.unseen) {
      if (name === this.unseen) this.unseenDepth++
      // Not all that opens a head closes it.
      if (name === 'body' || name === 'table')
        this.unseen = this.unseen === 'head' || name === 'body' ? '' : this.unseen
      if (this.unseen) {
        this.inStyle = name === 'style'
        return
      }
    }
    if (name === 'style') this.inStyle = true
    else if (name === 'table') this.openTable()
    else if (name === 'tr') this.openRow(attributes)
    else if (name === 'td' || name === 'th') this.openCell(attributes)
    else if (name === 'input' && this.cell) this.takeInput(attributes)
    else if (UNSEEN.has(name) || (!VOID.has(name) && isUnseen(attributes))) {
      this.unseen = name
      this.unseenDepth = 1
    } else if (TEXT_BREAKS.has(name)) this.breakText()
  }

  close(name: string) {
    this.inStyle = false
    if (this.unseen) {
      if (name === this.unseen && --this.unseenDepth <= 0) this.unseen = ''
      return
    }
    if (name === 'td' || name === 'th') this.closeCell()
    else if (name === 'tr') this.closeRow()
    else if (name === 'table') this.closeTable()
    else if (TEXT_BREAKS.has(name)) this.breakText()
  }

  text(raw: string) {
    if (this.inStyle) this.takeStyles(raw)
    else if (this.unseen) return
    else if (this.cell) {
      if (this.cell.text.length < 100_000) this.cell.text += raw
    } else if (this.between.length < 10_000) this.between += raw
  }

  /** To be called at the end of the page. */
  finish() {
    while (this.tables.length > 0) this.closeTable()
    this.flushBetween()
  }

  private breakText() {
    if (this.cell) this.cell.text += '\n'
    else if (this.tables.length === 0) this.flushBetween()
  }

  private flushBetween() {
    const text = unescapeMarkup(this.between).replace(/\s+/g, ' ').trim()
    this.between = ''
    if (text) this.rows.push({ row: ++this.row, cells: [text] })
  }

  private openTable() {
    this.flushBetween()
    const outer = this.tables.at(-1)
    if (outer) {
      // The cells so far stand before the inner table, the rest of the row behind it.
      const cell = this.cell
      if (cell) {
        this.closeCell()
        this.outerCells.push({ text: '', attributes: '' })
      } else this.outerCells.push(null)
      this.emit(outer)
    }
    this.cell = null
    this.tables.push({ cells: [], spans: [], merges: [], hidden: false, inRow: false })
  }

  private closeTable() {
    this.closeRow()
    this.tables.pop()
    this.between = ''
    this.cell = this.tables.length > 0 ? (this.outerCells.pop() ?? null) : null
  }

  private openRow(attributes: string) {
    if (this.tables.length === 0) this.openTable()
    this.closeRow()
    const table = this.tables.at(-1) as Table
    table.inRow = true
    table.hidden = isUnseen(attributes)
  }

  private closeRow() {
    const table = this.tables.at(-1)
    if (!table) return
    this.closeCell()
    if (table.inRow) this.emit(table)
    table.inRow = false
    table.hidden = false
    this.between = ''
  }

  private emit(table: Table) {
    const row = ++this.row
    const { cells, spans } = table
    for (const merge of table.merges)
      this.merges.push({ top: row, bottom: row + merge.rows - 1, left: merge.left, right: merge.right })
    for (let column = 0; column < spans.length; column++)
      if ((spans[column] as number) > 0) spans[column] = (spans[column] as number) - 1
    for (const merge of table.merges) {
      for (let column = merge.left; column <= merge.right; column++) {
        while (spans.length <= column) spans.push(0)
        spans[column] = merge.rows - 1
      }
    }
    const filled = cells.some((cell) => cell !== '')
    if (filled) this.rows.push(table.hidden ? { row, cells, hidden: true } : { row, cells })
    table.cells = []
    table.merges = []
  }

  private openCell(attributes: string) {
    if (this.tables.length === 0) this.openTable()
    const table = this.tables.at(-1) as Table
    if (!table.inRow) this.openRow('')
    this.closeCell()
    this.cell = { text: '', attributes }
  }

  private closeCell() {
    const { cell } = this
    const table = this.tables.at(-1)
    this.cell = null
    if (!cell || !table) return
    const { cells, spans } = table
    while ((spans[cells.length] ?? 0) > 0) cells.push('')
    const left = cells.length
    if (left >= this.columnsMax) return
    cells.push(this.valueOf(cell))
    const across = spanOf(cell.attributes, 'colspan', Math.min(COLSPAN_MAX, this.columnsMax - left))
    for (let more = 1; more < across; more++) cells.push('')
    const down = spanOf(cell.attributes, 'rowspan', SPAN_MAX)
    if (down > 1 || across > 1) table.merges.push({ left, right: left + across - 1, rows: down })
  }

  private takeInput(attributes: string) {
    if (/hidden|button|submit|checkbox|radio|image/i.test(attributeOf(attributes, 'type') ?? '')) return
    if (this.cell) this.cell.text += attributeOf(attributes, 'value') ?? ''
  }

  /** What the cell says: its text, and the number behind it where Office left one. */
  private valueOf(cell: OpenCell): string {
    const text = unescapeMarkup(cell.text)
      .replace(/[ \t]*[\r\n]+[ \t]*/g, '\n')
      .trim()
    if (!cell.attributes.includes(':')) return text
    const asText = attributeOf(cell.attributes, 'x:str')
    if (asText) return unescapeMarkup(asText)
    const stored = attributeOf(cell.attributes, 'x:num')
    if (!stored || !/^-?[\d.]+(e[+-]?\d+)?$/i.test(stored)) return text
    if (text === '') return plainNumber(stored)
    if (this.isPadded(cell.attributes) || /^[-+(]?0\d/.test(text)) return text
    const isDate = !parseDecimal(text) && parseDate(text)
    return !isDate && (parseDecimal(text) !== null || /^#+$/.test(text)) ? plainNumber(stored) : text
  }

  private isPadded(attributes: string): boolean {
    if (/mso-number-format:\s*["'\\]*0{2,}["'\\;]/i.test(attributes)) return true
    const name = attributeOf(attributes, 'class')
    return name !== null && this.paddedClasses.has(name.toLowerCase())
  }

  private takeStyles(css: string) {
    for (const rule of css.slice(0, 500_000).matchAll(/\.([\w-]+)\s*\{([^}]*)\}/g)) {
      if (/mso-number-format:\s*["'\\]*0{2,}["'\\;]/i.test(rule[2] as string))
        this.paddedClasses.add((rule[1] as string).toLowerCase())
    }
  }
}

function isUnseen(attributes: string): boolean {
  return attributes.length > 8 && /display\s*:\s*none|visibility\s*:\s*hidden/i.test(attributes)
}

function spanOf(attributes: string, name: string, most: number): number {
  if (!attributes.toLowerCase().includes(name)) return 1
  const span = Number(attributeOf(attributes, name) ?? 1)
  return Number.isInteger(span) && span > 1 ? Math.min(span, most) : 1
}
