import { useSyncExternalStore } from 'react'
import type { Locale } from './pages.ts'

export type Preferences = {
  locale: Locale
  mode: 'light' | 'dark'
  density: 'comfortable' | 'compact'
  menu_folded: boolean
  closed_groups: string[]
}

const storageKey = 'qucheng.preferences'
const listeners = new Set<() => void>()

function initial(): Preferences {
  const dark = globalThis.matchMedia?.('(prefers-color-scheme: dark)').matches ?? false
  const english = globalThis.navigator?.language?.startsWith('en') ?? false
  const defaults: Preferences = {
    locale: english ? 'en' : 'zh-CN',
    mode: dark ? 'dark' : 'light',
    density: 'comfortable',
    menu_folded: false,
    closed_groups: [],
  }
  return { ...defaults, ...remembered<Partial<Preferences>>(storageKey, {}) }
}

let current: Preferences | undefined

export function preferences(): Preferences {
  current ??= initial()
  return current
}

export function setPreferences(change: Partial<Preferences>): void {
  current = { ...preferences(), ...change }
  remember(storageKey, current)
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export function usePreferences(): Preferences {
  return useSyncExternalStore(subscribe, preferences)
}

/** Reads what this browser remembered; a private window or a broken entry gives the default. */
export function remembered<Value>(key: string, fallback: Value): Value {
  try {
    const text = globalThis.localStorage?.getItem(key)
    return text ? (JSON.parse(text) as Value) : fallback
  } catch {
    return fallback
  }
}

export function remember(key: string, value: unknown): void {
  try {
    globalThis.localStorage?.setItem(key, JSON.stringify(value))
  } catch {
    // A full or forbidden storage only means that nothing is remembered.
  }
}
