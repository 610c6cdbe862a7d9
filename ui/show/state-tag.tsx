import type { ReactNode } from 'react'

export type Tone = 'neutral' | 'active' | 'good' | 'warn' | 'bad' | 'off'

/** A shape per tone, so that state is never told by colour alone. */
const shapes: Record<Tone, ReactNode> = {
  neutral: <circle cx="6" cy="6" r="3.6" fill="none" strokeWidth="1.6" />,
  active: (
    <>
      <circle cx="6" cy="6" r="3.9" fill="none" strokeWidth="1.6" />
      <path d="M6 2.1a3.9 3.9 0 0 1 0 7.8z" stroke="none" />
    </>
  ),
  good: <path d="M2.2 6.4 4.8 9l5-5.6" fill="none" strokeWidth="1.9" />,
  warn: <path d="M6 1.8 10.8 10H1.2z" fill="none" strokeWidth="1.5" strokeLinejoin="round" />,
  bad: <path d="m3 3 6 6m0-6-6 6" fill="none" strokeWidth="1.9" />,
  off: <path d="M2.5 6h7" fill="none" strokeWidth="1.9" />,
}

/** A state as colour, word and shape: `<StateTag tone="good">{t('orders.state.shipped')}</StateTag>`. */
export function StateTag({ tone, children }: { tone: Tone; children: ReactNode }) {
  return (
    <span className={`qc-state qc-state-${tone}`}>
      <svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true">
        {shapes[tone]}
      </svg>
      <span className="qc-cut">{children}</span>
    </span>
  )
}
