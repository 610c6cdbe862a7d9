import { ReadingError } from '../reading-error.ts'
import type { ReadingLimits } from '../shapes.ts'
import { NumberTexts } from './number-texts.ts'
import type { RawRow } from './source.ts'
import type { PackedStrings } from './xlsx-strings.ts'
import type { NumberStyle } from './xlsx-styles.ts'
import { textOfItem, unescapeXml } from './xlsx-xml.ts'

const GREATER = 62
const SLASH = 47
const QUOTE = 34
const ROW_CHARS_MAX = 32_000_000

export interface SheetWords {
  strings: PackedStrings
  styles: NumberStyle[]
  from1904: boolean
}

/**
 * Rows of a worksheet out of its XML, piece by piece. It knows only what a worksheet may hold (row, c, f, v, is, t) and
 * walks the characters once; a general XML parser costs five times as much. Cells become the text a person would read:
 * dates by their style, zeros a number format shows, whole digits where the screen shows 2.02E+11.
 */
export async function* sheetRows(
  pieces: AsyncGenerator<string>,
  words: SheetWords,
  limits: ReadingLimits,
): AsyncGenerator<RawRow[]> {
  const scanner = new SheetScanner(words, limits)
  for await (const piece of pieces) {
    const rows = scanner.feed(piece)
    if (rows.length > 0) yield rows
  }
  scanner.finish()
}

class SheetScanner {
  private readonly words: SheetWords
  private readonly limits: ReadingLimits
  private readonly numbers: NumberTexts
  private carried = ''
  private prefix: string | null = null
  private row = 0
  private ended = false
  // Where the scanner stands and what the cell's opening tag said.
  private at = 0
  private column = 0
  private style = 0
  private type = 0

  constructor(words: SheetWords, limits: ReadingLimits) {
    this.words = words
    this.numbers = new NumberTexts(words.styles, words.from1904)
    this.limits = limits
  }

  feed(piece: string): RawRow[] {
    if (this.ended) return []
    const text = this.carried ? this.carried + piece : piece
    if (this.prefix === null) {
      const root = /<([\w.-]+:)?worksheet[\s>]/.exec(text)
      if (!root) {
        this.carried = text
        if (text.length > 100_000) throw new ReadingError('corrupt', { reason: 'not a worksheet' })
        return []
      }
      this.prefix = root[1] ?? ''
    }
    const rows = this.takeRows(text)
    const end = text.indexOf(`</${this.prefix}sheetData>`, Math.max(0, this.at - 1))
    const none = end < 0 && new RegExp(`<${this.prefix}sheetData\\s*/>`).test(text.slice(0, 20_000))
    if (end >= 0 || none) {
      this.ended = true
      this.carried = ''
    }
    return rows
  }

  finish() {
    if (!this.ended) throw new ReadingError('corrupt', { reason: 'sheet ends early' })
  }

  /** Reads all finished rows; the rest of the text is carried to the next piece. */
  private takeRows(text: string): RawRow[] {
    const open = `<${this.prefix}row`
    const close = `</${this.prefix}row>`
    const rows: RawRow[] = []
    const lastClose = text.lastIndexOf(close)
    this.at = 0
    for (;;) {
      const start = text.indexOf(open, this.at)
      if (start < 0) break
      const tagEnd = text.indexOf('>', start)
      if (tagEnd < 0) break
      if (!this.isRowTag(text, start + open.length)) {
        this.at = tagEnd + 1
        continue
      }
      this.row = rowNumber(text, start + open.length, tagEnd) || this.row + 1
      if (text.charCodeAt(tagEnd - 1) === SLASH) {
        this.at = tagEnd + 1
        continue
      }
      if (tagEnd > lastClose) {
        this.row--
        this.carry(text, start)
        return rows
      }
      this.at = tagEnd + 1
      const cells = this.readCells(text)
      if (cells.length > 0) {
        const { row } = this
        rows.push(isHidden(text, start, tagEnd) ? { row, cells, hidden: true } : { row, cells })
      }
    }
    // A tag cut in two at the end of the piece must not be lost.
    const tail = text.lastIndexOf('<')
    this.carry(text, Math.max(this.at, tail < 0 ? text.length : tail))
    return rows
  }

  private isRowTag(text: string, after: number): boolean {
    const code = text.charCodeAt(after)
    return code <= 32 || code === GREATER || code === SLASH
  }

  private carry(text: string, from: number) {
    this.carried = text.slice(from)
    if (this.carried.length > ROW_CHARS_MAX) throw new ReadingError('too-large', { row: this.row + 1 })
  }

  /** From behind <row …> to behind </row>. */
  private readCells(text: string): string[] {
    const cells: string[] = []
    const prefixLength = (this.prefix as string).length
    let next = 0
    for (;;) {
      const start = text.indexOf('<', this.at)
      if (start < 0) throw new ReadingError('corrupt', { row: this.row })
      const name = start + 1 + prefixLength
      if (text.charCodeAt(start + 1) === SLASH) {
        this.at = text.indexOf('>', start) + 1
        return cells
      }
      if (text.charCodeAt(name) !== 99 /* c */ || !this.isRowTag(text, name + 1)) {
        this.at = text.indexOf('>', start) + 1
        continue
      }
      this.column = next
      const empty = this.readCellTag(text, name + 1)
      next = this.column + 1
      if (empty) continue
      const value = this.readValue(text)
      if (value === '') continue
      if (this.column >= this.limits.columns)
        throw new ReadingError('too-large', { columns: this.column + 1 })
      while (cells.length < this.column) cells.push('')
      cells[this.column] = value
    }
  }

  /** Attributes r, s and t of <c …>; true when the cell is <c … />. */
  private readCellTag(text: string, from: number): boolean {
    let at = from
    this.style = 0
    this.type = 0
    for (;;) {
      const code = text.charCodeAt(at)
      if (code === GREATER) {
        this.at = at + 1
        return false
      }
      if (code === SLASH) {
        this.at = at + 2
        return true
      }
      if (code <= 32) {
        at++
        continue
      }
      const equals = text.indexOf('=', at)
      const quote = text[equals + 1] as string
      const end = text.indexOf(quote, equals + 2)
      if (equals < 0 || end < 0) throw new ReadingError('corrupt', { row: this.row })
      if (equals === at + 1) {
        if (code === 114 /* r */) this.column = columnOf(text, equals + 2)
        else if (code === 115 /* s */) this.style = numberAt(text, equals + 2)
        else if (code === 116 /* t */) this.type = typeAt(text, equals + 2, end)
      }
      at = end + 1
    }
  }

  /** The text of the cell whose opening tag was just read; leaves behind </c>. */
  private readValue(text: string): string {
    const nameAt = 1 + (this.prefix as string).length
    let value = ''
    for (;;) {
      const start = text.indexOf('<', this.at)
      const name = start + nameAt
      if (text.charCodeAt(start + 1) === SLASH) {
        // </c>
        this.at = text.indexOf('>', start) + 1
        return value
      }
      const tagEnd = text.indexOf('>', start)
      const selfClosed = text.charCodeAt(tagEnd - 1) === SLASH
      this.at = tagEnd + 1
      if (selfClosed) continue
      const code = text.charCodeAt(name)
      if (code === 118 /* v */) {
        const end = text.indexOf('<', this.at)
        value = this.cellText(text, this.at, end)
        this.at = text.indexOf('>', end) + 1
      } else {
        const close =
          code === 105 /* is */ ? `</${this.prefix}is>` : text.slice(start, name).replace('<', '</')
        const end = text.indexOf(close, this.at)
        if (end < 0) throw new ReadingError('corrupt', { row: this.row })
        if (code === 105) value = textOfItem(text.slice(this.at, end))
        this.at = text.indexOf('>', end) + 1
      }
    }
  }

  private cellText(text: string, from: number, to: number): string {
    switch (this.type) {
      case TYPE_SHARED:
        return this.words.strings.at(numberAt(text, from))
      case TYPE_TEXT:
        return unescapeXml(text.slice(from, to))
      case TYPE_BOOLEAN:
        return text.charCodeAt(from) === 49 ? 'TRUE' : 'FALSE'
      case TYPE_ISO_DATE:
        return text
          .slice(from, to)
          .replace('T', ' ')
          .replace(/ 00:00:00(\.0+)?$/, '')
      default:
        return this.numbers.of(text.slice(from, to).trim(), this.style)
    }
  }
}

const TYPE_SHARED = 1
const TYPE_TEXT = 2
const TYPE_BOOLEAN = 3
const TYPE_ISO_DATE = 4

function typeAt(text: string, from: number, end: number): number {
  const code = text.charCodeAt(from)
  if (code === 115 /* s, str */) return end - from === 1 ? TYPE_SHARED : TYPE_TEXT
  if (code === 98) return TYPE_BOOLEAN
  if (code === 100) return TYPE_ISO_DATE
  return code === 101 || code === 105 ? TYPE_TEXT : 0
}

function numberAt(text: string, from: number): number {
  let value = 0
  for (let at = from; ; at++) {
    const digit = text.charCodeAt(at) - 48
    if (!(digit >= 0 && digit <= 9)) return value
    value = value * 10 + digit
  }
}

function isHidden(text: string, start: number, tagEnd: number): boolean {
  // hidden="1" needs ten characters behind <row r="1"; most tags are too short to be cut out and looked at.
  return tagEnd - start > 20 && /\bhidden=["'](1|true)/.test(text.slice(start, tagEnd))
}

/** 0-based column of a reference such as AB12. */
export function columnOf(text: string, from: number): number {
  let column = 0
  for (let at = from; ; at++) {
    const letter = (text.charCodeAt(at) & ~32) - 64
    if (!(letter >= 1 && letter <= 26)) return column - 1
    column = column * 26 + letter
  }
}

function rowNumber(text: string, from: number, tagEnd: number): number {
  for (let at = from; at < tagEnd; at++) {
    const equals = text.charCodeAt(at + 1) === 61
    if (equals && text.charCodeAt(at) === 114 && text.charCodeAt(at - 1) <= 32) {
      return text.charCodeAt(at + 2) === QUOTE || text.charCodeAt(at + 2) === 39 ? numberAt(text, at + 3) : 0
    }
  }
  return 0
}
