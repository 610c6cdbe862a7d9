import { z } from 'zod'
import { type Route, route } from '#platform/http.ts'
import { batchRoutes } from './batches/batch-routes.ts'
import { calendarRoutes } from './calendars/calendar-routes.ts'
import { codeListRoutes } from './code-lists/code-list-routes.ts'
import { distributorRoutes } from './distributors/distributor-routes.ts'
import { proposalRoutes } from './identity/proposal-routes.ts'
import { importRoutes } from './imports/import-routes.ts'
import { institutionRoutes } from './institutions/institution-routes.ts'
import { priceRoutes } from './prices/price-routes.ts'
import { productRoutes } from './products/product-routes.ts'
import { foundRow } from './route-shapes.ts'
import { searchEverything } from './search-everything.ts'
import { territoryRoutes } from './territories/territory-routes.ts'
import './tables.ts'

/** Door for HTTP: the doors of the stations, and the search of the frame. */
export const masterdataRoutes: readonly Route[] = [
  ...batchRoutes,
  ...proposalRoutes,
  ...institutionRoutes,
  ...productRoutes,
  ...distributorRoutes,
  ...territoryRoutes,
  ...priceRoutes,
  ...codeListRoutes,
  ...calendarRoutes,
  ...importRoutes,
  route({
    method: 'GET',
    path: '/search',
    id: 'masterdata.searchEverything',
    summary: 'Institutions, products, distributors and territories by name, alias, code or pinyin initials',
    permission: 'masterdata.read',
    rate: 'read',
    data: 'internal',
    query: z.strictObject({ q: z.string().max(100) }),
    answer: z.object({ rows: z.array(foundRow) }),
    handle: (ctx, { query }) => searchEverything(ctx, query.q),
  }),
]
