import { labelOf, type Sheet, type SheetColumn } from './sheet.ts'

// A spreadsheet would run a cell that begins like this; the full-width forms count, some programs fold them.
const RUNS = /^[=+\-@\t\r\n＝＋－＠]/

/** Text that no spreadsheet takes for a formula once the file has become CSV. The reader takes the mark off again. */
export function guarded(text: string): string {
  return RUNS.test(text) ? `'${text}` : text
}

export function unguarded(text: string): string {
  return text.startsWith("'") && RUNS.test(text.slice(1)) ? text.slice(1) : text
}

/** One value as it stands in a table: numbers stay numbers, choices are told by their label. */
export function cellValue(column: SheetColumn, value: unknown, locale: string): string | number | null {
  if (value === null || value === undefined || value === '') return null
  switch (column.type) {
    case 'list':
      return (value as string[]).join(locale === 'en' ? '; ' : '；') || null
    case 'units':
      return (
        (value as { unit: string; factor: string }[])
          .map(({ unit, factor }) => `${unit}=${factor}`)
          .join(locale === 'en' ? '; ' : '；') || null
      )
    case 'choice': {
      const choice = column.choices?.find(({ code }) => code === value)
      return choice ? labelOf(choice, locale) : String(value)
    }
    case 'yes-no':
      return value ? (locale === 'en' ? 'Yes' : '是') : locale === 'en' ? 'No' : '否'
    case 'month':
      return String(value).slice(0, 7)
    case 'money':
      return Number(value) / 100
    case 'decimal':
    case 'integer': {
      const number = Number(value)
      // A decimal that a double cannot hold leaves as text rather than as another number.
      return canonicalDecimal(String(number)) === canonicalDecimal(String(value)) ? number : String(value)
    }
    default:
      return String(value)
  }
}

/** '012.500' → '12.5': decimals that are equal read alike. */
export function canonicalDecimal(text: string): string {
  const trimmed = text.includes('.') ? text.replace(/0+$/, '').replace(/\.$/, '') : text
  return trimmed.replace(/^0+(?=\d)/, '') || '0'
}

/** The heads of a kind's table. */
export function headsOf(sheet: Sheet, locale: string): string[] {
  return sheet.columns.map((column) => labelOf(column, locale))
}
