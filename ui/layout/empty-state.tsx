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
  /** It is the page: nothing else on it has a heading. */
  alone?: boolean
}

export function EmptyState({ title, text, action, children, alone }: EmptyStateProps) {
  const Heading = alone ? 'h1' : 'h2'
  return (
    <div className="qc-empty">
      <Heading>{title}</Heading>
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
