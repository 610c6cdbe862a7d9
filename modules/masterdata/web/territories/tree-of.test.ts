import { expect, test } from 'vitest'
import type { TerritoryRow } from '../../shapes.ts'
import { type TerritoryNode, treeOf } from './tree-of.ts'

const row = (id: string, parent_id: string | null, holders: string[] = []): TerritoryRow => ({
  id,
  code: id,
  name: `区${id}`,
  search_text: `区${id} ${id} q${id}`,
  level: 'territory',
  parent_id,
  parent_name: null,
  state: 'active',
  version: 1,
  institution_count: 0,
  holders,
})
const rows = [row('1', null), row('2', '1', ['王一']), row('3', '1'), row('4', '2'), row('9', 'unseen')]
const shape = (nodes: TerritoryNode[]): unknown =>
  nodes.map(({ id, children }) => [id, shape(children ?? [])])

test('territories hang below their parent, and one whose parent is not seen stands at the top', () => {
  expect(shape(treeOf(rows, ''))).toEqual([
    [
      '1',
      [
        ['2', [['4', []]]],
        ['3', []],
      ],
    ],
    ['9', []],
  ])
})

test('a search keeps what it finds with all above and below it', () => {
  expect(shape(treeOf(rows, '王一'))).toEqual([['1', [['2', [['4', []]]]]]])
})
