import { calendarDaySheet, calendarMonthSheet } from '../calendars/calendar-sheets.ts'
import { codeListSheet } from '../code-lists/code-list-sheet.ts'
import { distributorSheet } from '../distributors/distributor-sheet.ts'
import { institutionSheet } from '../institutions/institution-sheet.ts'
import { priceSheet } from '../prices/price-sheet.ts'
import { productSheet } from '../products/product-sheet.ts'
import type { MasterKind } from '../shapes.ts'
import {
  postHolderSheet,
  postSheet,
  territoryInstitutionSheet,
  territorySheet,
} from '../territories/territory-sheets.ts'
import type { MasterSheet, Sheet } from './sheet.ts'

/** The table form of every kind of master data. */
export const sheets: Readonly<Record<MasterKind, MasterSheet>> = {
  institutions: institutionSheet,
  products: productSheet,
  distributors: distributorSheet,
  territories: territorySheet,
  posts: postSheet,
  'post-holders': postHolderSheet,
  'territory-institutions': territoryInstitutionSheet,
  prices: priceSheet,
  'code-lists': codeListSheet,
  'calendar-days': calendarDaySheet,
  'calendar-months': calendarMonthSheet,
}

const all = new Map<string, Sheet>(Object.entries(sheets))

/** Lets a kind of a higher module be imported, exported and undone like master data. Called once, as it is loaded. */
export function registerSheet(sheet: Sheet): void {
  all.set(sheet.kind, sheet)
}

/** Every kind that is known to this process. */
export function allSheets(): readonly Sheet[] {
  return [...all.values()]
}

export function findSheet(kind: string): Sheet | undefined {
  return all.get(kind)
}
