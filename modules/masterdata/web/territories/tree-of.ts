import type { TerritoryRow } from '../../shapes.ts'

export type TerritoryNode = TerritoryRow & { children?: TerritoryNode[] }

/**
 * The rows as a tree, codes in order. With a search text, what it finds in name, pinyin initials, code or holders stays, together with
 * what lies above and below it. A row whose parent the reader may not see stands at the top.
 */
export function treeOf(rows: readonly TerritoryRow[], q: string): TerritoryNode[] {
  const wanted = q.trim().toLowerCase()
  const ids = new Set(rows.map(({ id }) => id))
  const below = new Map<string, TerritoryRow[]>()
  for (const row of rows) {
    const above = row.parent_id !== null && ids.has(row.parent_id) ? row.parent_id : ''
    below.set(above, [...(below.get(above) ?? []), row])
  }
  const fits = (row: TerritoryRow) =>
    `${row.search_text} ${row.holders.join(' ')}`.toLowerCase().includes(wanted)
  const grow = (above: string, all: boolean): TerritoryNode[] =>
    (below.get(above) ?? []).flatMap((row) => {
      const hit = all || fits(row)
      const children = grow(row.id, hit)
      if (!hit && children.length === 0) return []
      return [children.length > 0 ? { ...row, children } : row]
    })
  return grow('', wanted === '')
}
