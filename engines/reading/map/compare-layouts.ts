import type { Field, TableLayout } from '../shapes.ts'
import { headerText } from './header-text.ts'

/** One difference between the layout a distributor sent before and the one it sends now. Columns are 0-based. */
export type LayoutChange =
  | { change: 'moved'; header: string; field: Field | null; from: number; to: number }
  | { change: 'added'; header: string; field: Field | null; to: number }
  | { change: 'missing'; header: string; field: Field | null; from: number }
  | { change: 'renamed'; header: string; before: string; field: Field; from: number; to: number }

interface Named {
  header: string
  text: string
  column: number
  field: Field | null
}

type Compared = Pick<TableLayout, 'columns' | 'pivot'>

/**
 * How a layout differs from the one before, for the person who confirms it: headers that moved (against their
 * neighbours, not because a column was added), new ones, missing ones, and those that now stand for a field by another name.
 * What a pivot has across is left out. Empty when the old mapping fits.
 */
export function compareLayouts(before: Compared, now: Compared): LayoutChange[] {
  const old = namedColumns(before)
  const current = namedColumns(now)
  const pairs: { from: Named; to: Named }[] = []
  const left = new Set(current)
  for (const from of old) {
    const same = [...left].filter((each) => each.text === from.text)
    const to = same.find((each) => each.column === from.column) ?? same[0]
    if (!to) continue
    left.delete(to)
    pairs.push({ from, to })
  }
  const lost = old.filter((each) => !pairs.some((pair) => pair.from === each))
  const changes: LayoutChange[] = movedPairs(pairs).map(({ from, to }) => ({
    change: 'moved',
    header: to.header,
    field: to.field,
    from: from.column,
    to: to.column,
  }))
  for (const from of lost) {
    const to = from.field ? [...left].find((each) => each.field === from.field) : undefined
    if (to && from.field) {
      left.delete(to)
      const { header } = to
      changes.push({
        change: 'renamed',
        header,
        before: from.header,
        field: from.field,
        from: from.column,
        to: to.column,
      })
    } else changes.push({ change: 'missing', header: from.header, field: from.field, from: from.column })
  }
  for (const { header, field, column } of left) changes.push({ change: 'added', header, field, to: column })
  return changes
}

function namedColumns({ columns, pivot }: Compared): Named[] {
  const across = new Set(pivot.flatMap((each) => [each.column, each.price_column, each.amount_column]))
  return columns
    .filter((guess) => guess.header !== '' && !across.has(guess.column))
    .map(({ header, column, field }) => ({ header, text: headerText(header).text, column, field }))
}

/** The fewest headers one must lift out so that the others stand in their old order; what stands where it stood has not moved. */
function movedPairs(pairs: { from: Named; to: Named }[]): { from: Named; to: Named }[] {
  const best: number[] = []
  const previous: number[] = []
  pairs.forEach((pair, at) => {
    best[at] = 1
    previous[at] = -1
    for (let before = 0; before < at; before++) {
      const fits = (pairs[before] as { to: Named }).to.column < pair.to.column
      if (fits && (best[before] as number) + 1 > (best[at] as number)) {
        best[at] = (best[before] as number) + 1
        previous[at] = before
      }
    }
  })
  const kept = new Set<number>()
  for (let at = best.indexOf(Math.max(0, ...best)); at >= 0; at = previous[at] as number) kept.add(at)
  return pairs.filter(({ from, to }, at) => !kept.has(at) && from.column !== to.column)
}
