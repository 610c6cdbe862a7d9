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
import type { Sheet } from './sheet.ts'

/** The table form of every kind of master data. */
export const sheets: Readonly<Record<MasterKind, Sheet>> = {
  institutions: institutionSheet,
  products: productSheet,
  distributors: distributorSheet,
  territories: territorySheet,
  posts: postSheet,
  'post-holders': postHolderSheet,
  'territory-institutions': territoryInstitutionSheet,
  prices: priceSheet,
  'code-lists': codeListSheet,
}
