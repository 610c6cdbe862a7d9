/** The door of the reading engine: a distributor's file → tables, their columns, and typed lines. Pure; see README.md. */

export { type Advice, adviceFor } from './advice.ts'
export { DistinctLines } from './columns/distinct-lines.ts'
export type { LineColumns } from './columns/line-columns.ts'
export { readColumns } from './columns/read-columns.ts'
export { inspectFile } from './inspect-file.ts'
export { defaultLimits } from './limits.ts'
export { compareLayouts, type LayoutChange } from './map/compare-layouts.ts'
export { headerFields } from './map/header-dictionary.ts'
export { withMember } from './open/zip-member.ts'
export type { OpenPagesOptions } from './pages/open-pages.ts'
export { type DrawnPage, renderPage } from './pages/render-page.ts'
export { endpointReader, type SecondReader } from './pages/second-reader.ts'
export { newCounts, readLines } from './read-lines.ts'
export { ReadingError } from './reading-error.ts'
export type {
  ColumnGuess,
  Field,
  Inspection,
  KnownNames,
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
export { fromFen } from './type/decimals.ts'
export { lineDigest } from './type/line-digest.ts'
