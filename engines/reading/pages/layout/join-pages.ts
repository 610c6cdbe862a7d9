import { scoreOf } from '../../map/find-header.ts'
import { parseDate } from '../../type/dates.ts'
import { parseDecimal } from '../../type/decimals.ts'
import { isTotalWord } from '../../type/row-words.ts'
import type { PageRow } from '../page-shapes.ts'

/** Titles and a header may stand above what goes on from the page before. */
const LOOKED_AT = 7

/** Pages → one list of rows; a row broken by the end of a page is made whole again. */
export function joinPages(pages: PageRow[][]): PageRow[] {
  const rows: PageRow[] = []
  for (const page of pages) {
    const open = rows.findLast(isLine)
    const at = page.findIndex((row) => row.cells.length === open?.cells.length && !isHeader(row))
    const half = page[at]
    if (open && half && at < LOOKED_AT && isHalfOf(half, open)) {
      append(open, half)
      rows.push(...page.toSpliced(at, 1))
    } else rows.push(...page)
  }
  return rows
}

function isLine(row: PageRow): boolean {
  return row.cells.filter((cell) => cell.text !== '').length >= 3
}

function isHeader(row: PageRow): boolean {
  return scoreOf(row.cells.map((cell) => cell.text)) >= 3
}

/** Short pieces of text only, each under a text of the row above; a single one in the first column is a heading. */
function isHalfOf(half: PageRow, open: PageRow): boolean {
  const filled = half.cells.flatMap((cell, column) => (cell.text === '' ? [] : [column]))
  if (filled.length === 0 || (filled.length === 1 && filled[0] === 0)) return false
  return filled.every((column) => {
    const text = half.cells[column]?.text ?? ''
    const figure = Boolean(parseDecimal(text)) || Boolean(parseDate(text))
    return open.cells[column]?.text !== '' && text.length <= 14 && !figure && !isTotalWord(text)
  })
}

function append(open: PageRow, half: PageRow) {
  half.cells.forEach((cell, column) => {
    const upper = open.cells[column]
    if (!upper || cell.text === '') return
    upper.text += cell.text
    if (upper.glyphs && cell.glyphs) upper.glyphs = [...upper.glyphs, ...cell.glyphs]
    upper.sure = Math.min(upper.sure, cell.sure)
  })
}
