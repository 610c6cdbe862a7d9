import { useList, useRead } from '#ui/use-list.ts'
import type { Impact, LineRow, ReviewGroup } from '../../../shapes.ts'
import { bodyOf, type ScopeKey, scopesOf } from './scopes.ts'

type Text = Pick<ReviewGroup, 'kind' | 'normal_text'>

function useImpact(text: Text | undefined) {
  const query = { kind: text?.kind, normal_text: text?.normal_text }
  return useRead<Impact>(text ? '/api/flow-reviews/impact' : null, undefined, query)
}

function useLines(text: Text | undefined, month: string, scope: ScopeKey) {
  const query = { kind: text?.kind, normal_text: text?.normal_text, ...bodyOf(scope), month, size: 100 }
  return useList<LineRow>(text ? '/api/flow-reviews/lines' : null, undefined, query)
}

/**
 * For whom a decision would hold, and what it would then change. Where the same text was already confirmed for other
 * distributors, one that waits alone is decided for itself, unless the person chooses otherwise.
 */
export function useScope(group: ReviewGroup | undefined, month: string, chosen: ScopeKey | null) {
  const whole = useImpact(group)
  const choices = scopesOf(whole.data?.parts ?? [])
  const waiting = choices.filter(({ kind, waits }) => kind === 'distributor' && waits)
  const alone = choices[0]?.confirmed_count && waiting.length === 1 ? waiting[0]?.key : undefined
  const wanted = chosen ?? alone ?? ''
  const choice = choices.find(({ key }) => key === wanted) ?? choices[0]
  const scope = choice?.key ?? ''
  const lines = useLines(group, month, scope)
  return {
    scope,
    choices,
    choice,
    lines: lines.data?.rows,
    lineTotal: lines.data?.total ?? 0,
    linesStale: lines.isPlaceholderData,
    /** The scope and what it changes are known; until then nothing is decided. */
    ready: whole.data !== undefined && !whole.isPlaceholderData,
    /** Decisions made earlier that this one would change. */
    overturns: choice?.confirmed_count ?? 0,
  }
}

/** Asks what the next group will ask, so that it is there when its turn comes. */
export function useAhead(group: ReviewGroup | undefined, month: string): void {
  useImpact(group)
  useLines(group, month, '')
}
