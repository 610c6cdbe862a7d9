import { Button } from 'antd'
import type { ReactNode } from 'react'
import { LinkTo } from '../link-to.tsx'

type EmptyStateProps = {
  title: ReactNode
  /** What this page is for, in a sentence. */
  text?: ReactNode
  /** The one next step. */
  action?: { text: string; run: () => void } | { text: string; to: string }
  /** A sample to try, or anything else below the step. */
  children?: ReactNode
}

export function EmptyState({ title, text, action, children }: EmptyStateProps) {
  return (
    <div className="qc-empty">
      <h2>{title}</h2>
      {text && <p>{text}</p>}
      {action &&
        ('to' in action ? (
          <LinkTo to={action.to} className="qc-button-link">
            {action.text}
          </LinkTo>
        ) : (
          <Button type="primary" onClick={action.run}>
            {action.text}
          </Button>
        ))}
      {children}
    </div>
  )
}
