import { expect, test } from 'vitest'
import { withTree } from './fixture-tree.ts'
import { checkTidy } from './tidy-rules.ts'

const HEADINGS = ['Owns', 'Does not own', 'Words', 'States', 'Invariants', 'Times', 'Start here']
const HOUSE = {
  'apps/server/api.ts': "import { orders } from '#modules/orders/routes.ts'\norders()\n",
  'modules/orders/README.md': `# Orders\n\n${HEADINGS.map((heading) => `## ${heading}\n`).join('\n')}`,
  'modules/orders/routes.ts': 'export function orders() {}\n',
}

function problems(files: Record<string, string>): string[] {
  return withTree({ ...HOUSE, ...files }, (root) => checkTidy(root).problems)
}

/** A used file: its name in a program is enough. */
function used(path: string, text: string): Record<string, string> {
  return { [path]: text, 'apps/cli/run.ts': `export const file = '${path}'\n` }
}

const filler = (lines: number) => 'export const a = () => 1\n'.concat('// why\n'.repeat(lines - 1))

test('a tidy house has no problem', () => {
  expect(problems({})).toEqual([])
})

test('an empty reading fails instead of passing in silence', () => {
  expect(withTree({}, (root) => checkTidy(root).problems)).toEqual([
    expect.stringContaining('no source was read'),
  ])
})

test.each([
  ['modules/orders/public.ts', 200, 'a door has at most 200'],
  ['modules/orders/web/pages.tsx', 200, 'a door has at most 200'],
  ['modules/orders/ship-order.ts', 250, 'a deed has at most 250'],
  ['modules/orders/web/order-page.tsx', 300, 'a page has at most 300'],
  ['platform/db.ts', 400, 'a file has at most 400'],
  ['modules/orders/ship-order.test.ts', 600, 'a test has at most 600'],
])('%s may have %i lines and not one more', (path, limit, expected) => {
  expect(problems(used(path, filler(limit)))).toEqual([])
  expect(problems(used(path, filler(limit + 1)))).toEqual([expect.stringContaining(expected)])
})

test('a table without functions may have 600 lines, a generated file any number', () => {
  const table = (lines: number) => `export const rows = [\n${'  1,\n'.repeat(lines - 2)}]\n`
  expect(problems(used('engines/matching/table.ts', table(600)))).toEqual([])
  expect(problems(used('engines/matching/table.ts', table(601)))).toEqual([
    expect.stringContaining('a table has at most 600'),
  ])
  expect(problems({ 'engines/matching/table.generated.ts': table(5000) })).toEqual([])
})

test('a function may have 70 lines and not one more; a test may', () => {
  const long = (lines: number) => `export function a() {\n${'  a()\n'.repeat(lines - 2)}}\n`
  expect(problems(used('kit/a.ts', long(70)))).toEqual([])
  expect(problems(used('kit/a.ts', long(71)))).toEqual(['kit/a.ts:1 is a function of 71 lines; at most 70'])
  expect(problems({ 'kit/a.test.ts': long(90) })).toEqual([])
})

test('a folder of code may have 30 files and not one more', () => {
  const files = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, n) => [`bench/b${n}.ts`, 'export {}\n']))
  expect(problems(files(30))).toEqual([])
  expect(problems(files(31))).toEqual(['bench has 31 files; at most 30'])
})

test.each([
  ['kit/order-helper.ts', 'export const a = 1\n', 'is named Helper'],
  ['kit/utils.ts', 'export const a = 1\n', 'is named Util'],
  ['kit/Order.ts', 'export const a = 1\n', 'is not kebab-case'],
  ['kit/a.ts', 'export interface OrderInfo {\n  a: 1\n}\n', 'exports OrderInfo'],
  ['kit/a.ts', 'export const rowData = 1\n', 'exports rowData'],
  ['platform/common/a.ts', 'export const a = 1\n', 'a folder named common'],
  ['kit/a.ts', 'export const a = (b: any) => b\n', 'has the type any'],
])('%s with %j is refused', (path, text, expected) => {
  expect(problems(used(path, text))).toEqual([expect.stringContaining(expected)])
})

test.each(['test.skip', 'describe.only', 'it.skip.each'])('%s is refused', (call) => {
  expect(problems({ 'kit/a.test.ts': `${call}('a', () => {})\n` })).toEqual([
    expect.stringContaining('leaves tests out'),
  ])
})

test('a module needs a README with the seven headings in order', () => {
  const path = 'modules/orders/README.md'
  const wrong = `${HEADINGS.slice(1)
    .map((heading) => `## ${heading}`)
    .join('\n')}\n`
  expect(problems({ [path]: wrong })).toEqual([expect.stringContaining('must have the headings')])
  expect(
    problems({
      'modules/flows/routes.ts': 'export {}\n',
      'apps/cli/run.ts': "import '#modules/flows/routes.ts'\n",
    }),
  ).toEqual(['modules/flows/README.md is missing'])
})

test('a file that only its test imports is refused; one named by a string or a glob is used', () => {
  const files = {
    'kit/money.ts': 'export const fen = 1\n',
    'kit/money.test.ts': "import { fen } from './money.ts'\nfen\n",
  }
  expect(problems(files)).toEqual(['kit/money.ts is imported by nothing but tests'])
  expect(problems({ ...files, 'apps/web/main.tsx': "import.meta.glob('../../kit/*.ts')\n" })).toEqual([])
  expect(problems({ ...files, 'apps/web/main.tsx': "new URL('../../kit/money.ts', 'x:')\n" })).toEqual([])
})
