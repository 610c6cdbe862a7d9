import { Alert } from 'antd'
import { useText } from '#ui/i18n.ts'
import type { BatchPage } from '../../shapes.ts'

/** What reading found beside rows: left out, hidden, scanned; a sentence each. */
export function ReadingNotes({ batch }: { batch: BatchPage }) {
  const t = useText()
  if (batch.notes.length === 0) return null
  return (
    <ul className="qf-notes qc-muted" aria-label={t('flows.notes')}>
      {batch.notes.map((note) => (
        <li key={`${note.code} ${JSON.stringify(note.params)}`}>
          {t(`flows.note.${note.code}`, { ...note.params, defaultValue: note.code })}
        </li>
      ))}
    </ul>
  )
}

/** How the columns differ from those of the distributor's file before; folded where nobody has to do anything. */
export function LayoutDrift({ batch }: { batch: BatchPage }) {
  const t = useText()
  if (batch.drift.length === 0 || batch.state === 'discarded') return null
  const asks = batch.state === 'mapping'
  const place = (column: number | undefined) => (column === undefined ? '' : column + 1)
  const changes = (
    <ul className="qf-notes">
      {batch.drift.map((one) => (
        <li key={`${one.change} ${one.header} ${one.from ?? ''}`}>
          {t(`flows.drift.${one.change}`, { ...one, from: place(one.from), to: place(one.to) })}
        </li>
      ))}
    </ul>
  )
  if (!asks)
    return (
      <details className="qf-drift qc-muted">
        <summary>{t('flows.drift_followed', { count: batch.drift.length })}</summary>
        {changes}
      </details>
    )
  return (
    <Alert
      type="warning"
      showIcon
      title={t('flows.drift')}
      description={
        <>
          {changes}
          {t('flows.drift_asks')}
        </>
      }
    />
  )
}
