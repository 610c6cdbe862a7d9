import { useEffect, useRef, useSyncExternalStore } from 'react'

export type KeyAct = {
  /** `n`, `ArrowDown`, `Enter`, `mod+k` (⌘ or Ctrl). A letter is matched whatever its case. */
  key: string
  /** What it does, for the list that `?` opens. */
  label: string
  run: () => void
  /** Also while typing in a field. */
  always?: boolean
}

type Group = { id: number; title: string; acts: readonly KeyAct[] }

let groups: readonly Group[] = []
let lastId = 0
const listeners = new Set<() => void>()

function setGroups(next: readonly Group[]): void {
  groups = next
  for (const listener of listeners) listener()
}

export function useKeyGroups(): readonly Group[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => groups,
  )
}

export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target.isContentEditable || target.tagName === 'TEXTAREA' || target.tagName === 'SELECT') return true
  return (
    target instanceof HTMLInputElement && !['checkbox', 'radio', 'button', 'submit'].includes(target.type)
  )
}

/** `mod+k` for a pressed key; shift is part of the key itself (`?`). */
export function pressed(event: Pick<KeyboardEvent, 'key' | 'metaKey' | 'ctrlKey'>): string {
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key
  return event.metaKey || event.ctrlKey ? `mod+${key}` : key
}

/** Keys of a page, alive while it is shown: `useKeys(t('flows.review.keys'), [{ key: 'n', label, run }])`. */
export function useKeys(title: string, acts: readonly KeyAct[]): void {
  const latest = useRef(acts)
  useEffect(() => {
    latest.current = acts
  })
  const shown = acts.map(({ key, label }) => `${key} ${label}`).join('\n')
  // biome-ignore lint/correctness/useExhaustiveDependencies: `shown` stands for the acts, whose functions are new on each render
  useEffect(() => {
    const id = ++lastId
    setGroups([...groups, { id, title, acts: latest.current }])
    return () => setGroups(groups.filter((group) => group.id !== id))
  }, [title, shown])
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || event.altKey) return
      const name = pressed(event)
      const act = latest.current.find(({ key }) => key === name)
      if (!act || (isTyping(event.target) && !act.always)) return
      event.preventDefault()
      act.run()
    }
    document.addEventListener('keydown', listen)
    return () => document.removeEventListener('keydown', listen)
  }, [])
}

const signs: Record<string, string> = {
  ArrowDown: '↓',
  ArrowUp: '↑',
  ArrowLeft: '←',
  ArrowRight: '→',
  Enter: 'Enter',
  Escape: 'Esc',
  ' ': 'Space',
}

const isApple = /Mac|iPhone|iPad/.test(globalThis.navigator?.platform ?? '')

/** How a key is written on this machine: `mod+k` → `⌘K` or `Ctrl K`. */
export function keySign(key: string): string {
  const bare = key.replace(/^mod\+/, '')
  const sign = signs[bare] ?? bare.toUpperCase()
  return bare === key ? sign : isApple ? `⌘${sign}` : `Ctrl ${sign}`
}
