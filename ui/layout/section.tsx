import { type ReactNode, useId } from 'react'

type SectionProps = {
  title: ReactNode
  beside?: ReactNode
  children: ReactNode
  /** For links that lead here: `/page#id`. */
  id?: string
}

/** A titled part of a page or drawer. */
export function Section({ title, beside, children, id }: SectionProps) {
  const titleId = useId()
  return (
    <section id={id} className="qc-section" aria-labelledby={titleId}>
      <div className="qc-section-head">
        <h2 id={titleId}>{title}</h2>
        <span className="qc-grow" />
        {beside}
      </div>
      {children}
    </section>
  )
}
