import { useSyncExternalStore } from 'react'

const narrow = globalThis.matchMedia?.('(max-width: 639px)')

/** True below 640 px, where tables become cards and drawers fill the screen. */
export function usePhone(): boolean {
  return useSyncExternalStore(
    (listener) => {
      narrow?.addEventListener('change', listener)
      return () => narrow?.removeEventListener('change', listener)
    },
    () => narrow?.matches ?? false,
  )
}
