import type { Box } from '../../open/source.ts'
import { isFooterWord, isTotalWord } from '../../type/row-words.ts'
import {
  type Glyph,
  type PageCell,
  type PageRow,
  type PageText,
  type Rule,
  textOf,
  type Word,
} from '../page-shapes.ts'
import { type PageColumn, pageColumns } from './columns.ts'
import { headerLines, type PageHeader } from './header-lines.ts'
import { tidyHeaderName } from './header-names.ts'
import { fieldOf, partCells } from './part-cells.ts'
import { type PlacedWord, placeWord } from './place-words.ts'
import { groupRows, type RowGroup } from './row-groups.ts'
import { type TextLine, textLines } from './text-lines.ts'

/** Pages → rows of cells. Columns found on one page serve the next where that prints no header of its own. */
export class PageRows {
  private columns: PageColumn[] | null = null

  rowsOf(page: PageText): PageRow[] {
    const rows = this.placedRows(page)
    if (page.scanned) for (const row of rows) row.scanned = true
    const { source } = page
    if (source) {
      for (const { cells } of rows) for (const cell of cells) if (cell.box) cell.box = boxAt(cell.box, source)
    }
    return rows
  }

  private placedRows(page: PageText): PageRow[] {
    const read = withoutPageNumber(textLines(page.words))
    // A speck alone on a line would be taken for a name over the lines below it.
    const lines = page.scanned ? read.filter(({ words }) => words.some(isText)) : read
    const headers = headerLines(lines)
    const rows: PageRow[] = []
    let from = 0
    const first = headers[0]
    if (!first && this.columns) return this.tableRows(page, null, lines, this.columns)
    for (const line of lines.slice(0, first?.at ?? lines.length)) rows.push(titleRow(page.page, line))
    headers.forEach((header, index) => {
      from = header.at + header.lines
      const next = headers[index + 1]
      const { body, titles } = withoutTitles(lines.slice(from, next?.at ?? lines.length), Boolean(next))
      const rules = rulesOf(page, header, body)
      const columns = pageColumns(header.words, body, rules)
      this.columns = columns
      rows.push(...this.tableRows(page, header, body, columns))
      for (const line of titles) rows.push(titleRow(page.page, line))
    })
    return rows
  }

  private tableRows(
    page: PageText,
    header: PageHeader | null,
    body: TextLine[],
    columns: PageColumn[],
  ): PageRow[] {
    const placed: PlacedWord[] = []
    const alone: RowGroup[] = []
    for (const line of body) {
      if (isAlone(line)) alone.push({ middle: line.middle, words: lineAsTitle(line) })
      else for (const word of line.words) placed.push(...placeWord(word, columns))
    }
    const groups = [...groupRows(placed, columns, page.rules), ...alone].sort((a, b) => a.middle - b.middle)
    const rows = groups.map((group) => ({ page: page.page, cells: cellsOf(group.words, columns.length) }))
    const names = columns.map(({ header: word }) => {
      if (!word) return ''
      const { text, glyphs } = cellOf([word])
      return page.scanned ? tidyHeaderName(text, glyphs) : text
    })
    const fields = names.map((name) => (name === '' ? null : fieldOf(name)))
    if (page.scanned) for (const row of rows) partCells(row.cells, fields)
    if (!header) return rows
    const headerCells = columns.map((column, at) =>
      column.header ? { ...cellOf([column.header]), text: names[at] as string } : blankCell(),
    )
    return [{ page: page.page, cells: headerCells }, ...rows]
  }
}

/** A box of the levelled copy → the upright box around it in the page's picture. */
function boxAt(box: Box, source: (u: number, v: number) => { x: number; y: number }): Box {
  const [left, top, right, bottom] = box
  const corners = [source(left, top), source(right, top), source(left, bottom), source(right, bottom)]
  const [xs, ys] = [corners.map((each) => each.x), corners.map((each) => each.y)]
  return [
    Math.round(Math.min(...xs)),
    Math.round(Math.min(...ys)),
    Math.round(Math.max(...xs)),
    Math.round(Math.max(...ys)),
  ]
}

/** Lines right above the next table of the page that belong to it. */
function withoutTitles(body: TextLine[], followed: boolean): { body: TextLine[]; titles: TextLine[] } {
  if (!followed) return { body, titles: [] }
  let end = body.length
  while (end > 0 && (body[end - 1] as TextLine).words.length <= 2 && !isTotalWord(firstText(body[end - 1])))
    end--
  return { body: body.slice(0, end), titles: body.slice(end) }
}

function isText(word: Word): boolean {
  return /[\p{L}\p{N}]/u.test(textOf(word))
}

function firstText(line: TextLine | undefined): string {
  return line?.words[0] ? textOf(line.words[0]) : ''
}

const PAGE_NUMBER =
  /^(?:-?\d{1,3}[/|]\d{1,3}-?|第?\d{1,3}页(?:[,，/]?共?\d{1,3}页)?|-\d{1,3}-|Page\d{1,3}(?:of\d{1,3})?)$/i

/** 1/2 at the foot of a page would be read as a heading over what goes on on the next. */
function withoutPageNumber(lines: TextLine[]): TextLine[] {
  const isNumber = (line: TextLine | undefined) =>
    line && PAGE_NUMBER.test(line.words.map(textOf).join('').replace(/\s+/g, ''))
  const from = isNumber(lines[0]) ? 1 : 0
  return lines.slice(from, isNumber(lines.at(-1)) ? -1 : undefined)
}

const HEADING =
  /^(客户|购货|往来|单位|收货|医院|终端|品名|商品|产品|药品|品种|供应商|供货|业务员|部门)[^:：\d]{0,4}[:：]/

/** Headings, totals' words and remarks stand on lines of their own and never wrap into a neighbour. */
function isAlone(line: TextLine): boolean {
  const first = firstText(line)
  if (line.words.length <= 3 && HEADING.test(first)) return true
  return isFooterWord(first) && line.words.length <= 4
}

/** The whole line as the text of the first cell. */
function lineAsTitle(line: TextLine): PlacedWord[] {
  return line.words.map((word, at) => ({ column: at, word }))
}

function titleRow(page: number, line: TextLine): PageRow {
  return { page, cells: [cellOf(line.words)] }
}

function rulesOf(page: PageText, header: PageHeader, body: TextLine[]): Rule[] {
  const top = Math.min(...header.words.map((word) => word.top)) - 20
  const bottom = (body.at(-1)?.bottom ?? top) + 20
  return page.rules.filter((rule) =>
    rule.vertical ? rule.to > top && rule.from < bottom : rule.at > top && rule.at < bottom,
  )
}

function cellsOf(words: PlacedWord[], count: number): PageCell[] {
  const cells: PageCell[] = []
  for (let column = 0; column < count; column++) {
    const own = words.filter((each) => each.column === column).map((each) => each.word)
    cells.push(own.length > 0 ? cellOf(own) : blankCell())
  }
  return cells
}

function blankCell(): PageCell {
  return { text: '', box: null, sure: 1 }
}

/** Words of one cell: lines below one another are one text, words on a line keep a blank between. */
export function cellOf(words: Word[]): PageCell {
  const glyphs: Glyph[] = []
  for (const line of textLines(words)) {
    const before = glyphs.at(-1)
    const first = line.words[0]?.glyphs[0]
    if (before && first && /[A-Za-z]/.test(before.text) && /[A-Za-z]/.test(first.text)) glyphs.push(BLANK)
    let right = Number.POSITIVE_INFINITY
    for (const word of line.words) {
      if (word.left - right > line.height * 0.25) glyphs.push(BLANK)
      glyphs.push(...word.glyphs)
      right = word.right
    }
  }
  const kept = glyphs.filter((glyph, at) => glyph.text !== ' ' || (at > 0 && glyphs[at - 1]?.text !== ' '))
  while (kept.at(-1)?.text === ' ') kept.pop()
  return {
    text: kept.map((glyph) => glyph.text).join(''),
    box: [
      Math.round(Math.min(...words.map((word) => word.left))),
      Math.round(Math.min(...words.map((word) => word.top))),
      Math.round(Math.max(...words.map((word) => word.right))),
      Math.round(Math.max(...words.map((word) => word.bottom))),
    ],
    sure: kept.reduce((least, glyph) => Math.min(least, glyph.sure), 1),
    glyphs: kept,
  }
}

const BLANK: Glyph = { text: ' ', left: 0, right: 0, sure: 1 }
