import { useEffect } from 'react'
import { useList } from '#ui/use-list.ts'
import type { NameKind, ReviewGroup } from '../../shapes.ts'
import { togetherByCandidate } from './alike-groups.ts'
import { keyOf } from './use-made.ts'

type GroupQuery = {
  kind: NameKind
  state: string
  month: string
  distributor_id: string
  q: string
  sort: string
}

const SIZE = 60
const LOW = 15

/** The groups that wait, alike ones together, those just decided taken out; more are read before they run out. */
export function useGroups(query: GroupQuery, settled: ReadonlySet<string>) {
  const { kind, state, month, distributor_id, q, sort } = query
  const list = useList<ReviewGroup>('/api/flow-reviews', undefined, {
    kind,
    state,
    month,
    distributor_id,
    q,
    sort,
    size: SIZE,
  })
  const all = list.data?.rows ?? []
  const groups = togetherByCandidate(all.filter((group) => !settled.has(keyOf(group))))
  const gone = all.length - groups.length
  const left = Math.max(0, (list.data?.total ?? 0) - gone)
  const { refetch, isFetching } = list
  const low = gone > 0 && groups.length < LOW && left > groups.length
  useEffect(() => {
    if (low && !isFetching) void refetch()
  }, [low, isFetching, refetch])
  return { ...list, groups, left }
}
