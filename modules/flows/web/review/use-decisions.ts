import { App } from 'antd'
import { useEffect, useRef } from 'react'
import { api } from '#ui/api.ts'
import { useText } from '#ui/i18n.ts'
import { useRefresh } from '#ui/use-list.ts'
import type { ReviewGroup } from '../../shapes.ts'
import { bodyOf, type ScopeKey } from './choose/scopes.ts'
import { type Answer, useFollowing, useTell } from './use-following.ts'
import { lastOf, type Made, useMade } from './use-made.ts'

export type Target = { id: string; name: string }

/**
 * Decisions of this sitting. A group leaves at once and the request follows behind, one after the other; when it is
 * refused the group comes back and the reason is told.
 */
export function useDecisions() {
  const t = useText()
  const { message } = App.useApp()
  const tell = useTell()
  const refresh = useRefresh()
  const made = useMade()
  const { follow, answerOf } = useFollowing(made)
  const bundles = useRef(0)
  useStayWhile(made.list.some(({ state }) => state === 'saving'))
  const decide = (group: ReviewGroup, target: Target | null, scope: ScopeKey, bundle?: number) => {
    const body = {
      kind: group.kind,
      normal_text: group.normal_text,
      ...bodyOf(scope),
      action: target ? 'choose' : 'ignore',
      target_id: target?.id,
    }
    follow(made.add(group, target?.name ?? null, bundle), scope !== '', () =>
      api.post<Answer>('/api/flow-decisions', body),
    )
  }

  /** Several texts mean the same: decided for all distributors, and taken back together. */
  const decideAll = (groups: readonly ReviewGroup[], target: Target) => {
    bundles.current += 1
    for (const group of groups) decide(group, target, '', bundles.current)
  }

  /** The institution and the decision were saved by its form. */
  const created = (group: ReviewGroup, name: string, scope: ScopeKey, answer: Answer) =>
    follow(made.add(group, name), scope !== '', async () => answer)

  const undoOne = async (one: Made): Promise<boolean> => {
    made.change(one.no, { state: 'undone' })
    const answer = await answerOf(one.no)
    if (!answer) return false
    try {
      await api.delete(`/api/flow-decisions/${answer.id}`)
    } catch (error) {
      made.change(one.no, { state: 'saved' })
      tell(error)
      return false
    }
    // Again: the answer of a decision undone while it was being saved has marked it saved.
    made.change(one.no, { state: 'undone' })
    made.bringBack(one.key)
    return true
  }

  /** Takes the last decision back, with all that were taken in one go; answers the key of a group that waits again. */
  const undo = async (): Promise<string | undefined> => {
    let undone: Made | undefined
    for (const each of lastOf(made.list)) if (await undoOne(each)) undone = each
    if (!undone) return undefined
    void message.info(t('flows.review_undone', { text: undone.text }))
    await refresh(
      '/api/flow-reviews',
      '/api/flow-months',
      '/api/flow-lines',
      '/api/flow-decisions',
      '/api/institutions',
    )
    return undone.key
  }

  return { settled: made.settled, made: made.list, decide, decideAll, created, undo }
}

/** What is decided on the page but not yet saved would be lost by leaving now: the browser asks first. */
function useStayWhile(saving: boolean): void {
  useEffect(() => {
    if (!saving) return
    const stay = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', stay)
    return () => window.removeEventListener('beforeunload', stay)
  }, [saving])
}
