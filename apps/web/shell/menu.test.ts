import { expect, test } from 'vitest'
import type { PageDefinition } from '#ui/pages.ts'
import { currentEntry, menuFor } from './menu.ts'

const load = async () => () => null
const entry = (
  path: `/${string}`,
  group: 'work' | 'flows',
  order: number,
  permission?: string,
): PageDefinition => ({
  path,
  permission,
  title_key: path,
  menu: { group, label_key: path, icon: null, order },
  load,
})
const pages = [
  entry('/flows/lines', 'flows', 2, 'flows.read'),
  entry('/flows', 'flows', 1, 'flows.read'),
  entry('/', 'work', 0),
  { path: '/flows/:id', title_key: 'x', load } satisfies PageDefinition,
]

const nobody = { permissions: [], scope: 'company' as const }
const reader = { permissions: ['flows.read'], scope: 'company' as const }

test('a person sees only the entries of their permissions, in order, and no empty group', () => {
  expect(menuFor(pages, nobody).map(({ group }) => group)).toEqual(['work'])
  expect(menuFor(pages, reader)[1]?.pages.map(({ path }) => path)).toEqual(['/flows', '/flows/lines'])
})

test('a page that never holds the rows of somebody is not in their menu', () => {
  const files = entry('/files', 'flows', 3, 'flows.read')
  const door = { ...files, menu: { ...files.menu, not_for: ['territory'] } } as PageDefinition
  const paths = (scope: 'company' | 'territory') =>
    menuFor([door], { ...reader, scope }).flatMap((section) => section.pages.map(({ path }) => path))
  expect(paths('company')).toEqual(['/files'])
  expect(paths('territory')).toEqual([])
})

test('the entry of an address is the longest that begins it', () => {
  const sections = menuFor(pages, reader)
  expect(currentEntry(sections, '/flows/lines/7')).toBe('/flows/lines')
  expect(currentEntry(sections, '/flows/7')).toBe('/flows')
  expect(currentEntry(sections, '/nowhere')).toBeUndefined()
})
