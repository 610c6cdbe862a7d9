import type { RawRow } from '../open/source.ts'
import type { SampleRow } from '../shapes.ts'

/** A row to be shown to a person, in a copy of its own. */
export function sampleRow({ row, cells, page, boxes }: RawRow): SampleRow {
  return page === undefined ? { row, cells: [...cells] } : { row, cells: [...cells], page, boxes }
}
