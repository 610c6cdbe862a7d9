import { expect, test } from 'vitest'
import { checkBoundaries } from './boundary-rules.ts'
import { withTree } from './fixture-tree.ts'

const HOUSE = {
  'kit/money.ts': 'export const fen = 100\n',
  'ui/table.tsx': "import { fen } from '#kit/money.ts'\nexport const width = fen\n",
  'platform/db.ts': "import { fen } from '#kit/money.ts'\nexport const db = fen\n",
  'engines/matching/public.ts': "import { fen } from '../../kit/money.ts'\nexport const match = fen\n",
  'modules/masterdata/public.ts': 'export const product = 1\n',
  'modules/masterdata/product-queries.ts': 'export const read = 1\n',
  'modules/masterdata/web/pickers.tsx': 'export const picker = 1\n',
  'modules/masterdata/web/product-page.tsx': 'export const page = 1\n',
  'modules/orders/shapes.ts': "import { z } from 'zod'\nexport const order = z\n",
  'modules/orders/public.ts': "import { place } from './place-order.ts'\nexport const placed = place\n",
  'modules/orders/place-order.ts':
    "import { product } from '#modules/masterdata/public.ts'\nimport { db } from '#platform/db.ts'\nexport const place = [product, db]\n",
  'modules/orders/web/pages.tsx':
    "import { picker } from '#modules/masterdata/web/pickers.tsx'\nimport { order } from '../shapes.ts'\nimport { width } from '#ui/table.tsx'\nexport const pages = [picker, order, width]\n",
}

function problems(files: Record<string, string>): string[] {
  return withTree({ ...HOUSE, ...files }, (root) => checkBoundaries(root).problems)
}

test('a house whose imports all go down has no problem, and the count says what was read', () => {
  withTree(HOUSE, (root) => {
    expect(checkBoundaries(root)).toEqual({ files: 12, imports: 10, problems: [] })
  })
})

test('an empty reading fails instead of passing in silence', () => {
  expect(withTree({}, (root) => checkBoundaries(root).problems)).toEqual([
    'nothing was read: no source or no import was found, so nothing was checked',
  ])
})

test.each([
  [
    'a lower module calls a higher one',
    'modules/masterdata/merge-product.ts',
    '#modules/orders/public.ts',
    'not on a lower floor',
  ],
  [
    'a module reaches behind a door',
    'modules/orders/ship.ts',
    '#modules/masterdata/product-queries.ts',
    'public.ts',
  ],
  [
    'a neighbour of the same floor',
    'modules/inventory/move.ts',
    '#modules/onboarding/public.ts',
    'not on a lower',
  ],
  ['platform names a domain', 'platform/audit.ts', '#modules/orders/shapes.ts', 'may not import'],
  ['kit looks up', 'kit/period.ts', '#platform/db.ts', 'may not import'],
  ['ui knows a domain', 'ui/form.tsx', '#modules/orders/shapes.ts', 'may not import'],
  ['an engine knows the database', 'engines/matching/store.ts', '#platform/db.ts', 'may not import'],
  ['a page calls the server', 'modules/orders/web/order-page.tsx', '../place-order.ts', 'may not import'],
  [
    "a page takes another module's page",
    'modules/orders/web/list-page.tsx',
    '#modules/masterdata/web/product-page.tsx',
    'only shapes',
  ],
  ['a server file takes its own pages', 'modules/orders/list.ts', './web/pages.tsx', 'may not import'],
  ['shapes reach for the database', 'modules/flows/shapes.ts', '#platform/db.ts', 'may not import'],
  ['the web shell takes a deed', 'apps/web/main.tsx', '#modules/orders/place-order.ts', 'may not import'],
  [
    'the server takes a deed past the doors',
    'apps/server/api.ts',
    '#modules/orders/place-order.ts',
    'may not import',
  ],
  ['the agent takes a module', 'apps/agent/agent.ts', '#modules/orders/public.ts', 'may not import'],
  ['a page uses Node', 'modules/orders/web/use-orders.ts', 'node:fs', 'must run in a browser'],
  ['a file that is not there', 'modules/orders/cancel-order.ts', './gone.ts', 'does not exist'],
  ['a package that is not ours', 'modules/orders/close-order.ts', 'left-pad', 'does not exist'],
  ['a file outside of the house', 'extra/thing.ts', '#kit/money.ts', 'outside of every floor'],
])('%s: refused', (_name, path, specifier, expected) => {
  const found = problems({
    'modules/onboarding/public.ts': 'export const admitted = 1\n',
    [path]: `import { a } from '${specifier}'\nexport const b = a\n`,
  })
  expect(found).toEqual([expect.stringContaining(expected)])
})

test('a type from above is refused like any other import', () => {
  const files = {
    'platform/audit.ts': "import type { Order } from '#modules/orders/shapes.ts'\nexport type A = Order\n",
  }
  expect(problems(files)).toEqual([expect.stringContaining('platform/audit.ts may not import')])
})

test('re-exports and dynamic imports are imports', () => {
  const files = {
    'platform/audit.ts': "export { order } from '#modules/orders/shapes.ts'\n",
    'platform/later.ts': "export const later = () => import('#modules/orders/public.ts')\n",
  }
  expect(problems(files)).toHaveLength(2)
})

test('a module without a floor is told', () => {
  expect(problems({ 'modules/weather/public.ts': 'export const rain = 1\n' })).toEqual([
    expect.stringContaining('modules/weather has no floor'),
  ])
})

test('a circle is found and told from end to end', () => {
  const files = {
    'kit/a.ts': "import { b } from './b.ts'\nexport const a = b\n",
    'kit/b.ts': "import { c } from './c.ts'\nexport const b = c\n",
    'kit/c.ts': "import { a } from './a.ts'\nexport const c = a\n",
  }
  expect(problems(files)).toEqual(['circle: kit/a.ts → kit/b.ts → kit/c.ts → kit/a.ts'])
})

test('tests may import anything', () => {
  const files = {
    'kit/money.test.ts': "import { place } from '#modules/orders/place-order.ts'\nplace.pop()\n",
    'tests/world.ts': "import { place } from '#modules/orders/place-order.ts'\nexport const world = place\n",
  }
  expect(problems(files)).toEqual([])
})
