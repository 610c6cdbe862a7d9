import { usePermission } from '#ui/session.ts'
import { useRead } from '#ui/use-list.ts'
import type { MonthRow } from '../shapes.ts'

/** All months, newest first, and the one that work goes on in: the oldest open one, else the newest. */
export function useMonths() {
  const may = usePermission('flows.read')
  const read = useRead<{ rows: MonthRow[] }>(may ? '/api/flow-months' : null)
  const months = read.data?.rows ?? []
  const current = months.findLast(({ state }) => state === 'open') ?? months[0]
  const reported = months.find(({ state }) => state === 'released' || state === 'locked')
  return { ...read, months, current, reported }
}
