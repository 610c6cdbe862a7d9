import type { PrintedRow } from '../../shapes.ts'

/** A cell by its row's number and its column (0-based). */
export type PictureCell = { row: number; column: number }

/** Height in CSS pixels at which print can be read without effort. */
const READABLE = 16

/** How much wider than its frame a picture must be for the row's print to be read. */
export function zoomToRead(row: PrintedRow | undefined, width: number, frameWidth: number): number {
  const heights = (row?.boxes ?? []).flatMap((box) => (box ? [box[3] - box[1]] : [])).sort((a, b) => a - b)
  const usual = heights[heights.length >> 1]
  return usual ? (READABLE * width) / (usual * frameWidth) : 1
}

const STEPS: Record<string, { rows: number; columns: number }> = {
  ArrowLeft: { rows: 0, columns: -1 },
  ArrowRight: { rows: 0, columns: 1 },
  ArrowUp: { rows: -1, columns: 0 },
  ArrowDown: { rows: 1, columns: 0 },
}

/** The next cell with a box in an arrow key's direction; null at the edge, and for any other key. */
export function cellBeside(rows: readonly PrintedRow[], from: PictureCell, key: string): PictureCell | null {
  const step = STEPS[key]
  if (!step) return null
  let place = rows.findIndex((row) => row.row === from.row)
  let { column } = from
  while (true) {
    place += step.rows
    column += step.columns
    const row = rows[place]
    if (!row || column < 0 || column >= (row.boxes?.length ?? 0)) return null
    if (row.boxes?.[column]) return { row: row.row, column }
  }
}

/** Room for what stands still at a scroller's upper and left edge. */
const EDGE = { top: 64, left: 56 }

/** Scrolls a scroller, and only it, so far that its cell stands in it; a cell under the pointer stays where it is. */
export function showCell(scroller: HTMLElement | null, selector: string): void {
  const cell = scroller?.querySelector(selector)
  if (!scroller || !cell || cell.matches(':hover')) return
  const frame = scroller.getBoundingClientRect()
  const { left, top, right, bottom } = cell.getBoundingClientRect()
  if (top < frame.top + EDGE.top || bottom > frame.bottom)
    scroller.scrollTop += (top + bottom - frame.top - frame.bottom) / 2
  if (left < frame.left + EDGE.left || right > frame.right)
    scroller.scrollLeft += left - frame.left - EDGE.left
}
