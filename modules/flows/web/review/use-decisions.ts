import { App } from 'antd'
import { useRef, useState } from 'react'
import { api } from '#ui/api.ts'
import { useText } from '#ui/i18n.ts'
import { problemText } from '#ui/problem.ts'
import { useRefresh } from '#ui/use-list.ts'
import type { NameKind, ReviewGroup } from '../../shapes.ts'

export type Target = { id: string; name: string }
export type Made = {
  /** Of this sitting; the server's id comes with its answer. */
  no: number
  key: string
  kind: NameKind
  text: string
  /** Null: does not count. */
  target: string | null
  state: 'saving' | 'saved' | 'undone'
  line_count: number
}
type Answer = { id: string; line_count: number }

export const keyOf = (group: Pick<ReviewGroup, 'kind' | 'normal_text'>) =>
  `${group.kind} ${group.normal_text}`

/**
 * Decisions of this sitting. A group leaves at once and the request follows behind, one after the other; when it is
 * refused the group comes back and the reason is told.
 */
export function useDecisions() {
  const t = useText()
  const { notification, message } = App.useApp()
  const refresh = useRefresh()
  const [settled, setSettled] = useState<ReadonlySet<string>>(new Set())
  const [made, setMade] = useState<readonly Made[]>([])
  const answers = useRef(new Map<number, Promise<Answer | null>>())
  const last = useRef<Promise<unknown>>(Promise.resolve())
  const lastNo = useRef(0)

  const setGone = (key: string, gone: boolean) =>
    setSettled((before) => {
      const next = new Set(before)
      if (gone) next.add(key)
      else next.delete(key)
      return next
    })
  const change = (no: number, part: Partial<Made>) =>
    setMade((all) => all.map((one) => (one.no === no ? { ...one, ...part } : one)))
  const tell = (error: unknown) =>
    notification.error({
      title: t('ui.not_done'),
      description: problemText(error, t),
      duration: 8,
      role: 'alert',
    })

  const decide = (group: ReviewGroup, target: Target | null, distributor_id: string | undefined) => {
    const key = keyOf(group)
    const no = ++lastNo.current
    const one: Made = {
      no,
      key,
      kind: group.kind,
      text: group.raw_text,
      target: target?.name ?? null,
      state: 'saving',
      line_count: 0,
    }
    setGone(key, true)
    setMade((all) => [one, ...all])
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
        change(no, { state: 'saved', line_count: found.line_count })
        void refresh('/api/flow-months', '/api/flow-lines', '/api/flow-decisions')
        // Of one distributor only: the same text of the others still waits.
        if (distributor_id) await refresh('/api/flow-reviews').then(() => setGone(key, false))
        return found
      } catch (error) {
        setGone(key, false)
        setMade((all) => all.filter((other) => other.no !== no))
        tell(error)
        return null
      }
    })
    answers.current.set(no, answer)
    last.current = answer
  }

  const undo = async (): Promise<string | undefined> => {
    const one = made.find(({ state }) => state !== 'undone')
    if (!one) return undefined
    change(one.no, { state: 'undone' })
    const answer = await answers.current.get(one.no)
    if (!answer) return undefined
    try {
      await api.delete(`/api/flow-decisions/${answer.id}`)
    } catch (error) {
      change(one.no, { state: 'saved' })
      tell(error)
      return undefined
    }
    setGone(one.key, false)
    void message.info(t('flows.review_undone', { text: one.text }))
    await refresh('/api/flow-reviews', '/api/flow-months', '/api/flow-lines', '/api/flow-decisions')
    return one.key
  }

  return { settled, made, decide, undo }
}
