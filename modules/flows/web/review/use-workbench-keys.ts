import { type KeyAct, useKeys } from '#ui/act/keys.ts'
import { useText } from '#ui/i18n.ts'

export type WorkbenchActs = {
  next: () => void
  previous: () => void
  choose: (at: number) => void
  accept: () => void
  ignore: () => void
  undo: () => void
  turnScope: () => void
  /** Decides the texts that have the same likely candidate in one go; absent when there are none. */
  acceptAlike: (() => void) | undefined
  /** Opens the form of a new institution; absent where that is not allowed. */
  create: (() => void) | undefined
}

/** Enter on a focused button or link means that button, not the candidate. */
function orFocused(act: () => void): () => void {
  return () => {
    const focused = document.activeElement
    const own = focused instanceof HTMLElement && focused.matches('button:not(.qf-group), a, [role="tab"]')
    if (own) focused.click()
    else act()
  }
}

/** The whole workbench without the mouse; silent while a drawer is open above it. */
export function useWorkbenchKeys(acts: WorkbenchActs, alive: boolean): void {
  const t = useText()
  const keys: KeyAct[] = [
    { key: 'ArrowDown', label: t('flows.review_key_next'), run: acts.next },
    { key: 'ArrowUp', label: t('flows.review_key_previous'), run: acts.previous },
    { key: 'Enter', label: t('flows.review_key_accept'), run: orFocused(acts.accept) },
    ...[0, 1, 2, 3, 4].map((at) => ({
      key: String(at + 1),
      label: t('flows.review_key_choose', { number: at + 1 }),
      run: () => acts.choose(at),
    })),
    { key: 'n', label: t('flows.review_key_ignore'), run: acts.ignore },
    { key: 'a', label: t('flows.review_key_alike'), run: () => acts.acceptAlike?.() },
    ...(acts.create ? [{ key: 'c', label: t('flows.review_key_create'), run: acts.create }] : []),
    { key: 's', label: t('flows.review_key_scope'), run: acts.turnScope },
    { key: 'u', label: t('flows.review_key_undo'), run: acts.undo },
  ]
  useKeys(t('flows.review_keys'), alive ? keys : [])
}
