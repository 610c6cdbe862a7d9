import type { Tables } from '#platform/db.ts'
import type { MasterKind } from '../shapes.ts'

/** How a kind of master data looks as a table: what exports write, templates offer and imports read. */
export interface Sheet {
  /** Of master data, or one that a higher module brings by `registerSheet`. */
  kind: string
  table: keyof Tables
  zh: string
  en: string
  columns: readonly SheetColumn[]
  /** The page that lists its rows. */
  href: string
  /** What a person needs besides the permission to import. */
  permission?: string
  /** Fields that together name a row. */
  key: readonly string[]
  /** The table keeps search_text, built from name, aliases and code; 'pinyin' when it keeps the sort key too. */
  search?: 'text' | 'pinyin'
  stamped?: boolean
  /** Values of a new row that the sheet does not hold. */
  fresh?: Readonly<Record<string, unknown>>
}

export type MasterSheet = Sheet & { kind: MasterKind }

export interface Choice {
  code: string
  zh: string
  en: string
  words?: readonly string[]
}

export interface SheetColumn {
  field: string
  zh: string
  en: string
  /** Further heads it is known by, besides the labels and the field's name. */
  words?: readonly string[]
  /** `money` is yuan in a table and fen in the database, `month` its first day; `listed` a value of a code list. */
  type:
    | 'text'
    | 'list'
    | 'units'
    | 'choice'
    | 'code-of'
    | 'date'
    | 'month'
    | 'decimal'
    | 'money'
    | 'integer'
    | 'yes-no'
    | 'listed'
  required?: boolean
  max?: number
  /** What stands in the database when nothing is given; null unless told. */
  empty?: unknown
  choices?: readonly Choice[]
  /** A text that fits no choice is taken as this one, with a warning. */
  otherwise?: string
  /** The code list that a `listed` text is a code or label of; '*' passes. */
  list?: string
  /** The text is the code of a row of this table; the database keeps its id in `into`. */
  of?: { table: 'institutions' | 'products' | 'distributors' | 'territories' | 'posts'; into: string }
  example: string
}

export function columnOf(sheet: Sheet, field: string): SheetColumn | undefined {
  return sheet.columns.find((column) => column.field === field)
}

export function labelOf(of: { zh: string; en: string }, locale: string): string {
  return locale === 'en' ? of.en : of.zh
}
