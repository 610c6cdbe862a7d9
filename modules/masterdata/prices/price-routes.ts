import type { Route } from '#platform/http.ts'
import { kindRoutes } from '../kind-routes.ts'
import { priceChange, priceInput, priceRow } from '../shapes.ts'
import { changePrice, createPrice } from './keep-price.ts'
import { priceList, priceSorts, selectPrices } from './price-queries.ts'
import { priceSheet } from './price-sheet.ts'

export const priceRoutes: readonly Route[] = kindRoutes({
  path: '/prices',
  one: 'Price',
  many: 'Prices',
  sheet: priceSheet,
  list: priceList,
  input: priceInput,
  change: priceChange,
  row: priceRow,
  sorts: priceSorts,
  fallback: 'product_name',
  idColumn: 'v.id',
  select: selectPrices,
  create: createPrice,
  edit: changePrice,
})
