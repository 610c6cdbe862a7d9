import type { ReactNode } from 'react'
import { useText } from '../i18n.ts'
import { LinkTo } from '../link-to.tsx'
import { DateText } from './figures.tsx'
import type { Day } from './format.ts'
import type { Tone } from './state-tag.tsx'

export type TimelineItem = {
  key: string
  at: Day
  title: ReactNode
  by?: string
  text?: ReactNode
  to?: string
  tone?: Tone
  /** Old and new value of each field that changed. */
  changes?: readonly { field: string; before: ReactNode; after: ReactNode }[]
}

/** Who did what when, newest first as given; the waiting step has `at` null and tone `active`. */
export function Timeline({ items }: { items: readonly TimelineItem[] }) {
  const t = useText()
  if (items.length === 0) return <p className="qc-muted">{t('ui.nothing_yet')}</p>
  return (
    <ol className="qc-timeline">
      {items.map((item) => (
        <li key={item.key} className={`qc-step qc-step-${item.tone ?? 'neutral'}`}>
          <div className="qc-step-head">
            {item.to ? <LinkTo to={item.to}>{item.title}</LinkTo> : <strong>{item.title}</strong>}
            <span className="qc-muted">
              {item.by && `${item.by} · `}
              {item.at ? <DateText value={item.at} moment /> : t('ui.waiting')}
            </span>
          </div>
          {item.text && <div>{item.text}</div>}
          {item.changes && (
            <ul className="qc-changes">
              {item.changes.map(({ field, before, after }) => (
                <li key={field}>
                  <span className="qc-muted">{field}</span> <del>{before ?? '—'}</del> →{' '}
                  <ins>{after ?? '—'}</ins>
                </li>
              ))}
            </ul>
          )}
        </li>
      ))}
    </ol>
  )
}
