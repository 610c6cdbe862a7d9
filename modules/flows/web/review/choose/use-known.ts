import { useRead } from '#ui/use-list.ts'
import type { KnownTarget, ReviewGroup } from '../../../shapes.ts'

/** What is known of the candidates of a group: spellings that mean them, and what was sold to them or of them. */
export function useKnown(group: ReviewGroup | undefined): ReadonlyMap<string, KnownTarget> {
  const ids = group?.candidates.map(({ id }) => id).join(',')
  const read = useRead<{ rows: KnownTarget[] }>(ids ? '/api/flow-reviews/candidates' : null, undefined, {
    kind: group?.kind,
    ids,
  })
  return new Map((read.data?.rows ?? []).map((row) => [row.id, row]))
}
