import type { Route } from '#platform/http.ts'
import { kindRoutes, retirementRoutes } from '../kind-routes.ts'
import { productChange, productInput, productRow } from '../shapes.ts'
import { changeProduct } from './change-product.ts'
import { createProduct } from './create-product.ts'
import { productList, productSorts, selectProducts } from './product-queries.ts'
import { productSheet } from './product-sheet.ts'

export const productRoutes: readonly Route[] = [
  ...kindRoutes({
    path: '/products',
    one: 'Product',
    many: 'Products',
    sheet: productSheet,
    list: productList,
    input: productInput,
    change: productChange,
    row: productRow,
    sorts: productSorts,
    fallback: 'name',
    idColumn: 'p.id',
    select: selectProducts,
    create: createProduct,
    edit: changeProduct,
  }),
  ...retirementRoutes(productSheet, '/products', 'Product'),
]
