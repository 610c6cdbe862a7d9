import { App } from 'antd'
import { useEffect, useRef } from 'react'
import { api } from '#ui/api.ts'
import { useText } from '#ui/i18n.ts'
import { problemText } from '#ui/problem.ts'
import { useRefresh } from '#ui/use-list.ts'
import type { ReviewGroup } from '../../shapes.ts'
import { useMade } from './use-made.ts'

export type Target = { id: string; name: string }
type Answer = { id: string; line_count: number }

/**
 * Decisions of this sitting. A group leaves at once and the request follows behind, one after the other; when it is
 * refused the group comes back and the reason is told.
 */
export function useDecisions() {
  const t = useText()
  const { notification, message } = App.useApp()
  const refresh = useRefresh()
  const made = useMade()
  const answers = useRef(new Map<number, Promise<Answer | null>>())
  const last = useRef<Promise<unknown>>(Promise.resolve())
  useStayWhile(made.list.some(({ state }) => state === 'saving'))
  const tell = (error: unknown) =>
    notification.error({
      title: t('ui.not_done'),
      description: problemText(error, t),
      duration: 8,
      role: 'alert',
    })

  const decide = (group: ReviewGroup, target: Target | null, distributor_id: string | undefined) => {
    const one = made.add(group, target?.name ?? null)
    const body = {
      kind: group.kind,
      normal_text: group.normal_text,
      distributor_id,
      action: target ? 'choose' : 'ignore',
      target_id: target?.id,
    }
    const answer = last.current.then(async () => {
      try {
        const found = await api.post<Answer>('/api/flow-decisions', body)
        made.change(one.no, { state: 'saved', line_count: found.line_count })
        void refresh('/api/flow-months', '/api/flow-lines', '/api/flow-decisions')
        // Of one distributor only: the same text of the others still waits.
        if (distributor_id) await refresh('/api/flow-reviews').then(() => made.bringBack(one.key))
        return found
      } catch (error) {
        made.remove(one)
        tell(error)
        return null
      }
    })
    answers.current.set(one.no, answer)
    last.current = answer
  }

  /** Takes the last decision back; answers the key of its group, which waits again. */
  const undo = async (): Promise<string | undefined> => {
    const one = made.list.find(({ state }) => state !== 'undone')
    if (!one) return undefined
    made.change(one.no, { state: 'undone' })
    const answer = await answers.current.get(one.no)
    if (!answer) return undefined
    try {
      await api.delete(`/api/flow-decisions/${answer.id}`)
    } catch (error) {
      made.change(one.no, { state: 'saved' })
      tell(error)
      return undefined
    }
    // Again: the answer of a decision undone while it was being saved has marked it saved.
    made.change(one.no, { state: 'undone' })
    made.bringBack(one.key)
    void message.info(t('flows.review_undone', { text: one.text }))
    await refresh('/api/flow-reviews', '/api/flow-months', '/api/flow-lines', '/api/flow-decisions')
    return one.key
  }

  return { settled: made.settled, made: made.list, decide, undo }
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
