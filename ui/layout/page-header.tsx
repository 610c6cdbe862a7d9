import type { ReactNode } from 'react'
import { LinkTo } from '../link-to.tsx'

export type Crumb = { text: string; to?: string }

type PageHeaderProps = {
  title: ReactNode
  crumbs?: readonly Crumb[]
  /** Beside the title: a state, a code. */
  beside?: ReactNode
  /** One sentence: what this page is for. */
  text?: ReactNode
  actions?: ReactNode
}

/** Where I am and what can be done here. Every page begins with it; its title is the page's only h1. */
export function PageHeader({ title, crumbs = [], beside, text, actions }: PageHeaderProps) {
  return (
    <header className="qc-page-header">
      {crumbs.length > 0 && (
        <nav aria-label="breadcrumb" className="qc-crumbs">
          <ol>
            {crumbs.map(({ text: crumb, to }) => (
              <li key={crumb}>{to ? <LinkTo to={to}>{crumb}</LinkTo> : crumb}</li>
            ))}
          </ol>
        </nav>
      )}
      <div className="qc-page-title">
        <h1>{title}</h1>
        {beside}
        <span className="qc-grow" />
        {actions && <div className="qc-actions">{actions}</div>}
      </div>
      {text && <p className="qc-muted">{text}</p>}
    </header>
  )
}
