import { type KeyboardEvent, type ReactNode, useId } from 'react'
import { useUrlState } from '../use-url-state.ts'

type UrlTabsProps = {
  items: readonly { key: string; label: ReactNode; children: ReactNode }[]
  /** The address key, when a page has two rows of tabs. */
  name?: string
}

/** Tabs whose choice is in the address; only the shown one is mounted. On a phone the row scrolls sideways. */
export function UrlTabs({ items, name = 'tab' }: UrlTabsProps) {
  const id = useId()
  const [url, setUrl] = useUrlState({ [name]: items[0]?.key ?? '' })
  const place = Math.max(
    0,
    items.findIndex(({ key }) => key === url[name]),
  )
  const shown = items[place]
  if (!shown) return null
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const places: Record<string, number> = {
      ArrowRight: (place + 1) % items.length,
      ArrowLeft: (place - 1 + items.length) % items.length,
      Home: 0,
      End: items.length - 1,
    }
    const next = items[places[event.key] ?? -1]
    if (!next) return
    event.preventDefault()
    setUrl({ [name]: next.key }, 'push')
    event.currentTarget.querySelector<HTMLElement>(`[data-tab="${next.key}"]`)?.focus()
  }
  return (
    <div>
      <div role="tablist" className="qc-tabs" onKeyDown={onKeyDown}>
        {items.map(({ key, label }) => (
          <button
            key={key}
            type="button"
            role="tab"
            id={`${id}-${key}`}
            data-tab={key}
            aria-selected={key === shown.key}
            aria-controls={`${id}-panel`}
            tabIndex={key === shown.key ? 0 : -1}
            onClick={() => setUrl({ [name]: key }, 'push')}
          >
            {label}
          </button>
        ))}
      </div>
      <div key={shown.key} role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${shown.key}`}>
        {shown.children}
      </div>
    </div>
  )
}
