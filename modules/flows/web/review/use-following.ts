import { App } from 'antd'
import { useRef } from 'react'
import { useText } from '#ui/i18n.ts'
import { problemText } from '#ui/problem.ts'
import { useRefresh } from '#ui/use-list.ts'
import type { Made, MadeList } from './use-made.ts'

export type Answer = { id: string; line_count: number }

/** Tells a refusal that comes after the page has gone on. */
export function useTell(): (error: unknown) => void {
  const t = useText()
  const { notification } = App.useApp()
  return (error) =>
    notification.error({
      title: t('ui.not_done'),
      description: problemText(error, t),
      duration: 8,
      role: 'alert',
    })
}

/** Requests that follow behind the page, one after the other; a refused one brings its group back. */
export function useFollowing(made: MadeList) {
  const refresh = useRefresh()
  const tell = useTell()
  const answers = useRef(new Map<number, Promise<Answer | null>>())
  const last = useRef<Promise<unknown>>(Promise.resolve())
  /** Puts a request behind those before it, and keeps its answer for the undoing. */
  const follow = (one: Made, partly: boolean, request: () => Promise<Answer>) => {
    const answer = last.current.then(async () => {
      try {
        const found = await request()
        made.change(one.no, { state: 'saved', line_count: found.line_count })
        void refresh('/api/flow-months', '/api/flow-lines', '/api/flow-decisions')
        // Of a part only: the same text of the others may still wait.
        if (partly) await refresh('/api/flow-reviews').then(() => made.bringBack(one.key))
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

  return { follow, answerOf: (no: number) => answers.current.get(no) }
}
