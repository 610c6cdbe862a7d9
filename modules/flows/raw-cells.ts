import { zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import type { ReadLine } from '#engines/reading/public.ts'

/** Raw rows of a chunk as they were read: [[row, cell, cell, …], …], rows 1-based as the sheet shows them. */
export type RawRows = readonly (readonly (string | number)[])[]

/** Where the cells of a row stand on the picture of its page (1-based), in that picture's pixels. */
export type Place = Pick<ReadLine, 'page' | 'boxes'>

/** A chunk unpacked; `places` row for row, only of a file made of pages. */
export interface RawChunk {
  rows: (string | number)[][]
  places?: Place[]
}

/**
 * The raw rows as `flow_raw_chunks.cells` keeps them: JSON under zstd, a fifth of its size and cheaper than PostgreSQL's own.
 * Rows alone are an array, rows with places an object.
 */
export function packCells(rows: RawRows, places?: readonly Place[]): Buffer {
  return zstdCompressSync(JSON.stringify(places ? { rows, places } : rows))
}

export function unpackCells(cells: Buffer): RawChunk {
  const packed = JSON.parse(zstdDecompressSync(cells).toString('utf8')) as RawChunk | RawChunk['rows']
  return Array.isArray(packed) ? { rows: packed } : packed
}
