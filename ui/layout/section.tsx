import { type ReactNode, useId } from 'react'

type SectionProps = { title: ReactNode; beside?: ReactNode; children: ReactNode }

/** A titled part of a page or drawer. */
export function Section({ title, beside, children }: SectionProps) {
  const id = useId()
  return (
    <section className="qc-section" aria-labelledby={id}>
      <div className="qc-section-head">
        <h2 id={id}>{title}</h2>
        <span className="qc-grow" />
        {beside}
      </div>
      {children}
    </section>
  )
}
