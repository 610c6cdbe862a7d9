import { scoreOf } from '../../map/find-header.ts'
import type { Field } from '../../shapes.ts'
import { cleaned } from '../../type/plain-text.ts'
import { isFooterWord, isTotalWord, labelledHeadings } from '../../type/row-words.ts'
import { fieldOf } from '../layout/part-cells.ts'
import type { PageCell, PageRow } from '../page-shapes.ts'

/** A line of a table, its cells by what their columns are. */
export interface Line {
  row: PageRow
  at: Partial<Record<Field, PageCell>>
}

/** The lines under one header (repeated on every page), the rows that total them, and the names they stand under. */
export interface Section {
  lines: Line[]
  totals: Line[]
  headings: PageCell[]
}

/** Rows → tables: lines under the same header words belong together, whatever page they are on. */
export function sectionsOf(rows: PageRow[]): Section[] {
  const sections = new Map<string, Section>()
  let fields: (Field | null)[] | null = null
  let section: Section | null = null
  for (const row of rows) {
    const texts = row.cells.map((cell) => cell.text)
    if (scoreOf(texts) >= 4) {
      const key = texts.join('|')
      fields = texts.map((text) => fieldOf(text))
      section = sections.get(key) ?? { lines: [], totals: [], headings: [] }
      sections.set(key, section)
      continue
    }
    const first = cleaned(texts.find((text) => text !== '') ?? '')
    if (!section || !fields || first === '' || row.cells.length < 2) continue
    const filled = row.cells.filter((cell) => cell.text !== '')
    if (isHeading(filled)) {
      section.headings.push(...filled)
      continue
    }
    const line = lineOf(row, fields)
    if (texts.some((text) => text !== '' && isTotalWord(text))) section.totals.push(line)
    else if (!isFooterWord(first) && Object.keys(line.at).length >= 2) section.lines.push(line)
  }
  return [...sections.values()]
}

/** 客户：…医院, or a name alone over the lines it belongs to. */
function isHeading(filled: PageCell[]): boolean {
  const text = filled.map((cell) => cell.text).join('  ')
  if (filled.length > 3 || isTotalWord(text) || isFooterWord(text)) return false
  return filled.length === 1 || labelledHeadings(text) !== null
}

function lineOf(row: PageRow, fields: (Field | null)[]): Line {
  const at: Line['at'] = {}
  row.cells.forEach((cell, column) => {
    const field = fields[column]
    if (field && !at[field] && cell.text !== '') at[field] = cell
  })
  for (const [column, field] of fields.entries()) {
    const cell = row.cells[column]
    if (field && !at[field] && cell) at[field] = cell
  }
  return { row, at }
}

/** Puts another text into a cell and notes on what ground. */
export function repair(cell: PageCell, text: string, by: string, sure: number) {
  if (cell.text === text) return
  cell.repaired = { from: cell.repaired?.from ?? cell.text, by }
  cell.text = text
  cell.sure = sure
}
