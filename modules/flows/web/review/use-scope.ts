import type { z } from 'zod'
import { useList, useRead } from '#ui/use-list.ts'
import type { impactAnswer, LineRow, ReviewGroup } from '../../shapes.ts'

type Impact = z.output<typeof impactAnswer>
type Text = Pick<ReviewGroup, 'kind' | 'normal_text'>

function useImpact(text: Text | undefined, distributor_id: string) {
  const query = { kind: text?.kind, normal_text: text?.normal_text, distributor_id }
  return useRead<Impact>(text ? '/api/flow-reviews/impact' : null, undefined, query)
}

function useLines(text: Text | undefined, month: string, distributor_id: string) {
  const query = { kind: text?.kind, normal_text: text?.normal_text, month, distributor_id, size: 100 }
  return useList<LineRow>(text ? '/api/flow-reviews/lines' : null, undefined, query)
}

const waits = (line: LineRow, kind: ReviewGroup['kind']) =>
  line.state === 'waiting' && (kind === 'customer' ? line.institution_id : line.product_id) === null

/**
 * For whom a decision would hold, and what it would then change. Where the same text was already confirmed for other
 * distributors, one that waits alone is decided for itself, unless the person chooses otherwise.
 */
export function useScope(group: ReviewGroup | undefined, month: string, chosen: string | null) {
  const whole = useImpact(group, '')
  const all = useLines(group, month, '')
  const known = all.isPlaceholderData ? undefined : all.data?.rows
  const waitingLines = known?.filter((line) => group && waits(line, group.kind)) ?? []
  const waiting = new Set(waitingLines.map((line) => line.distributor_id))
  // Those that wait come first, so that one key reaches them.
  const distributors = [
    ...new Map(
      [...waitingLines, ...(known ?? [])].map((line) => [line.distributor_id, line.distributor_name ?? '']),
    ),
  ]
  const confirmed = whole.data?.confirmed_count ?? 0
  const [alone] = confirmed > 0 && waiting.size === 1 ? waiting : []
  const scope = chosen ?? alone ?? ''
  const own = useImpact(scope ? group : undefined, scope)
  const scoped = useLines(scope ? group : undefined, month, scope)
  const lines = scope ? scoped : all
  return {
    scope,
    distributors,
    impact: scope ? own.data : whole.data,
    lines: lines.data?.rows,
    lineTotal: lines.data?.total ?? 0,
    linesStale: lines.isPlaceholderData,
    /** The scope and what it changes are known; until then nothing is decided. */
    ready: whole.data !== undefined && known !== undefined,
    /** Decisions made earlier that this one would change. */
    overturns: scope ? (own.data?.confirmed_count ?? 0) : confirmed,
  }
}

/** Asks what the next group will ask, so that it is there when its turn comes. */
export function useAhead(group: ReviewGroup | undefined, month: string): void {
  useImpact(group, '')
  useLines(group, month, '')
}
