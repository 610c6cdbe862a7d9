import { zstdCompressSync, zstdDecompressSync } from 'node:zlib'

/** Raw rows of a chunk as they were read: [[row, cell, cell, …], …], rows 1-based as the sheet shows them. */
export type RawRows = readonly (readonly (string | number)[])[]

/** The raw rows as `flow_raw_chunks.cells` keeps them: JSON under zstd, a fifth of its size and cheaper than PostgreSQL's own. */
export function packCells(rows: RawRows): Buffer {
  return zstdCompressSync(JSON.stringify(rows))
}

export function unpackCells(cells: Buffer): (string | number)[][] {
  return JSON.parse(zstdDecompressSync(cells).toString('utf8')) as (string | number)[][]
}
