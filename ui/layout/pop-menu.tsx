import { type ReactNode, useEffect, useRef, useState } from 'react'

export type PopMenuItem =
  | { key: string; text: ReactNode; run: () => void; current?: boolean; danger?: boolean; disabled?: boolean }
  | 'line'

type PopMenuProps = {
  /** What stands in the button that opens it. */
  children: ReactNode
  label: string
  items: readonly PopMenuItem[]
  align?: 'start' | 'end'
  className?: string
}

/** A few acts behind one button. The list lies right after its button, so Tab and screen readers find it there. */
export function PopMenu({ children, label, items, align = 'start', className }: PopMenuProps) {
  const [open, setOpen] = useState(false)
  const frame = useRef<HTMLDivElement>(null)
  const opener = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (!open) return
    const leave = (event: Event) => {
      if (!(event.target instanceof Node) || !frame.current?.contains(event.target)) setOpen(false)
    }
    const closeByKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return
      setOpen(false)
      opener.current?.focus()
    }
    document.addEventListener('pointerdown', leave)
    document.addEventListener('focusin', leave)
    document.addEventListener('keydown', closeByKey)
    return () => {
      document.removeEventListener('pointerdown', leave)
      document.removeEventListener('focusin', leave)
      document.removeEventListener('keydown', closeByKey)
    }
  }, [open])
  return (
    <div className="qc-pop" ref={frame}>
      <button
        type="button"
        ref={opener}
        className={`qc-pop-button ${className ?? ''}`}
        aria-label={label}
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        {children}
      </button>
      {open && (
        <ul className={`qc-pop-list qc-pop-${align}`}>
          {items.map((item, place) =>
            item === 'line' ? (
              // biome-ignore lint/suspicious/noArrayIndexKey: lines have no name and stay where they are
              <li key={`line ${place}`} className="qc-pop-line" />
            ) : (
              <li key={item.key}>
                <button
                  type="button"
                  disabled={item.disabled}
                  aria-current={item.current}
                  className={item.danger ? 'qc-bad' : undefined}
                  onClick={() => {
                    setOpen(false)
                    item.run()
                  }}
                >
                  {item.text}
                </button>
              </li>
            ),
          )}
        </ul>
      )}
    </div>
  )
}
