import { useRouter } from '@tanstack/react-router'
import type { CSSProperties, MouseEvent, ReactNode } from 'react'

type LinkToProps = {
  /** Address inside the application, filters included: `/flow-lines?state=open`. */
  to: string
  children: ReactNode
  className?: string
  style?: CSSProperties
  label?: string
  current?: boolean
  onFollow?: () => void
}

/** A link inside the application; opens a new tab with ⌘ or the middle button as any link does. */
export function LinkTo({ to, children, className, style, label, current, onFollow }: LinkToProps) {
  const router = useRouter()
  const pathname = to.split(/[?#]/)[0] ?? to
  const preload = () => {
    void router.preloadRoute({ to: pathname } as never).catch(() => undefined)
  }
  const follow = (event: MouseEvent) => {
    event.stopPropagation()
    if (event.defaultPrevented || event.button !== 0) return
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    onFollow?.()
    router.history.push(to)
  }
  return (
    <a
      href={to}
      className={className}
      style={style}
      aria-label={label}
      aria-current={current ? 'page' : undefined}
      onClick={follow}
      onPointerEnter={preload}
      onFocus={preload}
    >
      {children}
    </a>
  )
}

/** Goes to an address inside the application. */
export function useGo(): (to: string, how?: 'push' | 'replace') => void {
  const router = useRouter()
  return (to, how = 'push') => (how === 'push' ? router.history.push(to) : router.history.replace(to))
}
