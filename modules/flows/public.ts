/**
 * The door of flow for higher floors: opening months and sending files in, as the web does it. Events published:
 * flows.received, flows.mapping-asked, flows.cleaned, flows.batch-failed, flows.discarded, flows.decided,
 * flows.decision-undone, flows.locked, flows.released. Released figures are read from `flow_totals` in SQL.
 */

export { guessedMapping, missingFields } from './arrive/mapping.ts'
export { receiveFiles } from './arrive/receive-files.ts'
export { type CheckedLine, checkLine } from './clean/check-lines.ts'
export { lockedAsIs } from './close/lock-month.ts'
export { openMonth } from './close/open-month.ts'
export { releaseMonth } from './close/release-month.ts'
export { safeCell } from './export-lines.ts'
export { lifeOfLine } from './line-life.ts'
export { packCells } from './raw-cells.ts'
export type { LineLife as FlowLineLife } from './shapes.ts'
