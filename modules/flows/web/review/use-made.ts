import { useRef, useState } from 'react'
import type { ReviewGroup } from '../../shapes.ts'

export type Made = Pick<ReviewGroup, 'kind' | 'normal_text'> & {
  /** Of this sitting; the server's id comes with its answer. */
  no: number
  key: string
  text: string
  /** Null: does not count. */
  target: string | null
  state: 'saving' | 'saved' | 'undone'
  line_count: number
  /** Decided together with others: they are taken back together too. */
  bundle: number | undefined
}

export const keyOf = (group: Pick<ReviewGroup, 'kind' | 'normal_text'>): string =>
  `${group.kind} ${group.normal_text}`

/** What was decided in this sitting, newest first, and which groups have therefore left the bench. */
export function useMade() {
  const [settled, setSettled] = useState<ReadonlySet<string>>(new Set())
  const [list, setList] = useState<readonly Made[]>([])
  const lastNo = useRef(0)
  const bringBack = (key: string) => setSettled((before) => new Set([...before].filter((one) => one !== key)))
  return {
    settled,
    list,
    bringBack,
    add: (group: ReviewGroup, target: string | null, bundle?: number): Made => {
      const { kind, normal_text, raw_text: text } = group
      const key = keyOf(group)
      const one: Made = {
        no: ++lastNo.current,
        kind,
        normal_text,
        key,
        text,
        target,
        state: 'saving',
        line_count: 0,
        bundle,
      }
      setSettled((before) => new Set([...before, key]))
      setList((all) => [one, ...all])
      return one
    },
    change: (no: number, part: Partial<Made>) =>
      setList((all) => all.map((one) => (one.no === no ? { ...one, ...part } : one))),
    remove: ({ no, key }: Made) => {
      bringBack(key)
      setList((all) => all.filter((one) => one.no !== no))
    },
  }
}

export type MadeList = ReturnType<typeof useMade>

/** The last decision that stands, with those that were taken in one go with it; the newest first. */
export function lastOf(list: readonly Made[]): Made[] {
  const valid = list.filter(({ state }) => state !== 'undone')
  const [last] = valid
  return valid.filter((one) => one === last || (last?.bundle !== undefined && one.bundle === last.bundle))
}
