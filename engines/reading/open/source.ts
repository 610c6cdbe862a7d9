import type { Inspection, ReadingNote } from '../shapes.ts'
import type { ByteRows } from './byte-rows.ts'

/** Left, top, right, bottom on the page's picture, in its pixels. */
export type Box = [number, number, number, number]

/** A cell less sure than this is doubtful: an issue on its line, and a person should look at its picture. */
export const DOUBTFUL_BELOW = 0.8

/** A row as it stands in the file: text only. A date cell is 'YYYY-MM-DD' or 'YYYY-MM-DD hh:mm:ss', a number its digits. */
export interface RawRow {
  /** 1-based as the spreadsheet shows it. */
  row: number
  /** From the first column on; trailing blanks may be missing, an inner blank is ''. */
  cells: string[]
  /** The row is hidden in its sheet. */
  hidden?: boolean
  /** 1-based page of a PDF, a scan or a photo. */
  page?: number
  /** For each cell where it stands on the page. */
  boxes?: (Box | null)[]
  /** For each cell how sure its text is, 0..1. */
  confidences?: (number | null)[]
}

/** Cells drawn as one: rows 1-based, columns 0-based, both ends included. Only its first cell carries text. */
export interface Merge {
  top: number
  left: number
  bottom: number
  right: number
}

/** Rows of one sheet in their order, in batches, blank rows left out. */
export interface SheetSource {
  name: string
  /** Stable over openings of the same file; not necessarily without gaps. */
  index: number
  rows(): AsyncGenerator<RawRow[]>
  /** The same rows, as far as possible with cells that are still bytes. */
  blocks?(): AsyncGenerator<ByteRows | RawRow[]>
  /** Merged cells, where the format names them and finding them is cheap. */
  merges?(): Promise<Merge[]>
  /** 0-based columns that are hidden. */
  hidden_columns?(): Promise<number[]>
  /** The name to take for the file's own, of a sheet that came in an archive. */
  file_name?: string
}

/** A file opened: what it is and its sheets. */
export interface Book {
  format: Inspection['format']
  encoding?: string
  delimiter?: string
  sheets: SheetSource[]
  hidden_sheets: string[]
  /** What of the file could not be read although the rest can. */
  notes?: ReadingNote[]
  close(): void
}
