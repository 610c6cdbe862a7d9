import type { CellRow } from './read-cells.ts'
import type { ImportIssue } from './shapes.ts'
import type { Sheet, SheetColumn } from './sheet.ts'
import { canonicalDecimal } from './sheet-cells.ts'

export type Values = Record<string, unknown>

export interface ParsedRow {
  row_no: number
  /** Only fields whose cell was filled: an empty cell says nothing. */
  values: Values
  issues: ImportIssue[]
}

/** Reads the cells of one row as the fields they were mapped to; what cannot be read is an issue, never an error. */
export function parseRow(
  sheet: Sheet,
  fields: readonly (readonly [index: number, column: SheetColumn])[],
  row: CellRow,
): ParsedRow {
  const values: Values = {}
  const issues: ImportIssue[] = []
  for (const [index, column] of fields) {
    const text = (row.cells[index] ?? '').trim()
    if (text === '') continue
    const read = readCell(column, text)
    if ('issue' in read && read.issue) {
      issues.push({ field: column.field, value: text.slice(0, 100), ...read.issue })
      if (read.issue.severity === 'error') continue
    }
    values[column.field] = read.value
    // What an institution calls itself is worth keeping when only its kind was given.
    if (column.field === 'kind' && sheet.kind === 'institutions' && read.wide)
      values.category ??= text.slice(0, 60)
  }
  const missing = sheet.columns.filter((column) => column.required && values[column.field] === undefined)
  for (const column of missing)
    if (!issues.some((issue) => issue.field === column.field && issue.severity === 'error'))
      issues.push({ field: column.field, code: 'required', value: '', severity: 'error' })
  if (typeof values.valid_to === 'string' && String(values.valid_from) > values.valid_to)
    issues.push({
      field: 'valid_to',
      code: 'ends-before-start',
      value: String(values.valid_to),
      severity: 'error',
    })
  return { row_no: row.row_no, values, issues }
}

interface Read {
  value?: unknown
  issue?: { code: string; severity: 'error' | 'warning' }
  /** A choice that was told by a wider word than its own label. */
  wide?: boolean
}

const bad = (code: string): Read => ({ issue: { code, severity: 'error' } })

function readCell(column: SheetColumn, text: string): Read {
  switch (column.type) {
    case 'choice':
      return readChoice(column, text)
    case 'list': {
      const items = [
        ...new Set(
          text
            .split(/[;；|、\n]/)
            .map((item) => item.trim())
            .filter(Boolean),
        ),
      ]
      return items.some((item) => item.length > 200) || items.length > 50 ? bad('too-long') : { value: items }
    }
    case 'units':
      return readUnits(text)
    case 'date': {
      const day = readDay(text)
      return day ? { value: day } : bad('not-a-date')
    }
    case 'month': {
      const month = readMonth(text)
      return month ? { value: month } : bad('not-a-month')
    }
    case 'money': {
      const fen = readFen(text)
      return fen === null ? bad('not-an-amount') : { value: fen }
    }
    case 'decimal': {
      const plain = text.normalize('NFKC').replace(/[,¥￥\s元]/g, '')
      return /^\d{1,12}(\.\d{1,6})?$/.test(plain) ? { value: canonicalDecimal(plain) } : bad('not-a-number')
    }
    case 'integer': {
      const plain = text.normalize('NFKC')
      return /^\d{1,9}$/.test(plain) ? { value: Number(plain) } : bad('not-a-number')
    }
    case 'yes-no': {
      const plain = text.normalize('NFKC').toLowerCase()
      if (['是', 'y', 'yes', '1', 'true', '√', '启用', '有效'].includes(plain)) return { value: true }
      if (['否', 'n', 'no', '0', 'false', '×', '停用', '无效'].includes(plain)) return { value: false }
      return bad('not-yes-or-no')
    }
    default:
      return text.length > (column.max ?? 200) ? bad('too-long') : { value: text }
  }
}

function readChoice(column: SheetColumn, text: string): Read {
  const plain = (one: string) => one.normalize('NFKC').toLowerCase().replace(/\s+/g, '')
  const wanted = plain(text)
  for (const choice of column.choices ?? []) {
    if ([choice.code, choice.zh, choice.en].some((word) => plain(word) === wanted))
      return { value: choice.code }
    if (choice.words?.some((word) => plain(word) === wanted)) return { value: choice.code, wide: true }
  }
  return column.otherwise === undefined
    ? bad('unknown-choice')
    : { value: column.otherwise, wide: true, issue: { code: 'taken-as-other', severity: 'warning' } }
}

function readUnits(text: string): Read {
  const units: { unit: string; factor: string }[] = []
  for (const part of text.split(/[;；,，、\n]/)) {
    if (part.trim() === '') continue
    const step = /^\s*([^\d=＝:：]{1,20}?)\s*[=＝:：]\s*(\d{1,12}(?:\.\d{1,6})?)\s*$/.exec(part)
    if (!step || Number(step[2]) <= 0) return bad('not-a-unit-ladder')
    units.push({ unit: step[1] ?? '', factor: canonicalDecimal(step[2] ?? '') })
  }
  if (new Set(units.map(({ unit }) => unit)).size !== units.length) return bad('unit-twice')
  return { value: sortedUnits(units) }
}

/** Ladders that say the same read alike: smallest unit first. */
export function sortedUnits(units: readonly { unit: string; factor: string }[]) {
  return [...units].sort((a, b) => Number(a.factor) - Number(b.factor) || (a.unit < b.unit ? -1 : 1))
}

/** 2026-07, 2026/7, 202607, 2026年7月 or any of its days → 2026-07-01. */
function readMonth(text: string): string | null {
  const plain = text.normalize('NFKC').trim()
  const parts = /^(\d{4})[-/.年](\d{1,2})月?$/.exec(plain) ?? /^(\d{4})(\d{2})$/.exec(plain)
  if (parts) return validDay(Number(parts[1]), Number(parts[2]), 1)
  const day = readDay(text)
  return day && `${day.slice(0, 7)}-01`
}

/** Yuan as people write it → fen, without passing a float. */
export function readFen(text: string): number | null {
  const plain = text.normalize('NFKC').replace(/[,¥￥\s元]/g, '')
  const parts = /^(\d{1,12})(?:\.(\d{1,2})0*)?$/.exec(plain)
  return parts ? Number(parts[1]) * 100 + Number((parts[2] ?? '').padEnd(2, '0')) : null
}

/** 2026-7-31, 2026/7/31, 2026.7.31, 20260731, 2026年7月31日 and a spreadsheet's day number → 2026-07-31. */
export function readDay(text: string): string | null {
  const plain = text.normalize('NFKC').trim()
  const parts =
    /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[T\s].*)?$/.exec(plain) ??
    /^(\d{4})(\d{2})(\d{2})$/.exec(plain)
  if (parts) return validDay(Number(parts[1]), Number(parts[2]), Number(parts[3]))
  if (/^\d{5}$/.test(plain)) {
    // Day 1 is 1900-01-01, and spreadsheets believe in 1900-02-29.
    return new Date(Date.UTC(1899, 11, 30) + Number(plain) * 86_400_000).toISOString().slice(0, 10)
  }
  return null
}

function validDay(year: number, month: number, day: number): string | null {
  const date = new Date(Date.UTC(year, month - 1, day))
  const same = date.getUTCMonth() === month - 1 && date.getUTCDate() === day
  return same && year >= 1900 && year <= 2199 ? date.toISOString().slice(0, 10) : null
}
