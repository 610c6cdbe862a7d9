import { expect, test } from 'vitest'
import type { PrintedRow } from '../../shapes.ts'
import { cellBeside, zoomToRead } from './picture-cells.ts'

const row = (no: number, boxes: PrintedRow['boxes']): PrintedRow => ({ row: no, cells: [], page: 1, boxes })
const box = [0, 0, 40, 20] as [number, number, number, number]
const rows = [row(4, [box, null, box]), row(7, [box, box, box])]

test('arrow keys go from cell to cell, over cells that were empty, and stop at the edge', () => {
  expect(cellBeside(rows, { row: 4, column: 0 }, 'ArrowRight')).toEqual({ row: 4, column: 2 })
  expect(cellBeside(rows, { row: 4, column: 2 }, 'ArrowDown')).toEqual({ row: 7, column: 2 })
  expect(cellBeside(rows, { row: 7, column: 1 }, 'ArrowUp')).toBe(null)
  expect(cellBeside(rows, { row: 7, column: 2 }, 'ArrowRight')).toBe(null)
  expect(cellBeside(rows, { row: 7, column: 2 }, 'Tab')).toBe(null)
})

test('a picture is made so wide that the print of its row can be read', () => {
  expect(zoomToRead(rows[0], 1600, 640)).toBe(2)
  expect(zoomToRead(undefined, 1600, 640)).toBe(1)
})
