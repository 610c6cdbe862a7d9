/** The door of the reading engine: a distributor's file → tables, their columns, and typed lines. Pure; see README.md. */

export { inspectFile } from './inspect-file.ts'
export { defaultLimits } from './limits.ts'
export { headerFields } from './map/header-dictionary.ts'
export { newCounts, readLines } from './read-lines.ts'
export { ReadingError } from './reading-error.ts'
export type {
  ColumnGuess,
  Field,
  Inspection,
  LineIssue,
  Reading,
  ReadingCounts,
  ReadingErrorCode,
  ReadingLimits,
  ReadingNote,
  ReadLine,
  TableContext,
  TableKind,
  TableLayout,
} from './shapes.ts'
export { fields, fieldsRequired } from './shapes.ts'
