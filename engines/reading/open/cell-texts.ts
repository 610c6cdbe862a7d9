import type { ByteRows } from './byte-rows.ts'
import type { RawRow } from './source.ts'
import { ValueTable } from './value-table.ts'

/** Columns beyond these are decoded cell by cell: nothing repeats in so wide a sheet that it would pay. */
const COLUMNS_MAX = 100

/** Makes texts of rows of bytes, of each column each distinct cell once. */
export class CellTexts {
  private readonly columns: ColumnTexts[] = []

  /** All rows of a block. */
  rowsOf(rows: ByteRows): RawRow[] {
    const { count, first, numbers } = rows
    const width = Math.min(widthOf(rows), COLUMNS_MAX)
    while (this.columns.length < width) this.columns.push(new ColumnTexts())
    for (let column = 0; column < width; column++) (this.columns[column] as ColumnTexts).begin(rows, column)
    const made: RawRow[] = []
    for (let row = 0; row < count; row++) {
      const begin = first[row] as number
      const length = (first[row + 1] as number) - begin
      const cells: string[] = []
      for (let column = 0; column < length; column++) {
        const texts = this.columns[column]
        cells.push(texts ? texts.of(rows, row, begin + column) : decoded(rows, begin + column))
      }
      made.push({ row: numbers[row] as number, cells })
    }
    return made
  }
}

function widthOf({ count, first }: ByteRows): number {
  let width = 0
  for (let row = 0; row < count; row++)
    width = Math.max(width, (first[row + 1] as number) - (first[row] as number))
  return width
}

function decoded({ bytes, starts, ends, decode }: ByteRows, cell: number): string {
  const start = starts[cell] as number
  const end = ends[cell] as number
  return start === end ? '' : decode(bytes, start, end)
}

/** The texts of one column. */
class ColumnTexts {
  private readonly texts: (string | undefined)[] = ['']
  private readonly table = new ValueTable(() => {
    this.texts.length = 1
  })
  private ids = new Int32Array(0)
  private numbered = false

  /** Looks at the column's cells of a block, before they are asked for. */
  begin(rows: ByteRows, column: number) {
    this.numbered = this.table.repeats
    if (!this.numbered) return
    if (this.ids.length < rows.count) this.ids = new Int32Array(rows.count * 2)
    this.table.number(rows, column, this.ids)
  }

  of(rows: ByteRows, row: number, cell: number): string {
    if (!this.numbered) return decoded(rows, cell)
    const id = this.ids[row] as number
    const known = this.texts[id]
    if (known !== undefined) return known
    const text = decoded(rows, cell)
    this.texts[id] = text
    return text
  }
}
