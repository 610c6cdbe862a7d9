import { useRead } from '#ui/use-list.ts'
import type { MonthRow } from '../shapes.ts'

/** All months, newest first, and the one that work goes on in: the oldest open one, else the newest. */
export function useMonths() {
  const read = useRead<{ rows: MonthRow[] }>('/api/flow-months')
  const months = read.data?.rows ?? []
  const current = months.findLast(({ state }) => state === 'open') ?? months[0]
  const reported = months.find(({ state }) => state === 'released' || state === 'locked')
  return { ...read, months, current, reported }
}
