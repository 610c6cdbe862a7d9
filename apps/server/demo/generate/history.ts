import { buildMonth, type MonthChoice } from './month-files.ts'
import type { DemoLine } from './shapes.ts'

/** The same month already cleaned: exactly the rows of `monthFiles` that count, with what the file printed. */
export function historyLines(month: string, choice: MonthChoice = {}): DemoLine[] {
  return buildMonth(month, choice).lines
}
