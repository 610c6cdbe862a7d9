import { Button, Segmented } from 'antd'
import { useAct } from '#ui/act/use-act.tsx'
import { api } from '#ui/api.ts'
import { useText } from '#ui/i18n.ts'
import { StateTag } from '#ui/show/state-tag.tsx'
import { followJob } from '#ui/use-job.ts'
import { usePhone } from '#ui/use-phone.ts'
import type { BatchPage, BatchRow } from '../../shapes.ts'
import { ColumnChoice, standingOf, useHeaderText } from './column-head.tsx'
import { useMapping } from './use-mapping.ts'

const kinds: readonly BatchRow['kind'][] = ['sales', 'purchase', 'stock']

/** The columns of a file on the file's own first rows: what each is taken for, and a person's word over it. */
export function MappingTable({ batch, readOnly }: { batch: BatchPage; readOnly: boolean }) {
  const t = useText()
  const phone = usePhone()
  const state = useMapping(batch)
  const fieldText = (field: string) => t(`flows.field.${field}`, { defaultValue: field })
  const confirm = useAct({
    run: () =>
      api.put<{ job_id: string }>(`/api/flow-batches/${batch.id}/mapping`, {
        kind: state.kind,
        mapping: state.mapping,
      }),
    refresh: ['/api/flow-batches', '/api/flow-months'],
    done: () => t('flows.columns_confirmed'),
    after: ({ job_id }) =>
      followJob({ id: job_id, title: batch.file_name, href: `/flows/batches/${batch.id}` }),
  })
  const used = new Set(Object.values(state.mapping))
  const required = new Set(state.missing)
  const choices = batch.columns.map((guess) => {
    const key = String(guess.column)
    const field = state.mapping[key] ?? null
    const changed = key in state.changed
    return {
      guess,
      standing: standingOf(guess, field, changed),
      choice: (
        <ColumnChoice
          guess={guess}
          field={field}
          changed={changed}
          fields={batch.fields}
          used={used}
          required={required}
          disabled={readOnly}
          onChoose={(next) => state.choose(guess.column, next)}
        />
      ),
    }
  })
  return (
    <div className="qf-mapping">
      <div className="qf-mapping-bar">
        <Segmented
          value={state.kind}
          disabled={readOnly}
          onChange={(kind) => state.setKind(kind)}
          options={kinds.map((value) => ({ value, label: t(`flows.kind.${value}`) }))}
        />
        <div role="status" className="qc-actions">
          {state.missing.length > 0 ? (
            <>
              <StateTag tone="warn">{t('flows.columns_missing')}</StateTag>
              {state.missing.map((field) => (
                <span key={field} className="qf-chip qf-chip-warn">
                  {fieldText(field)}
                </span>
              ))}
            </>
          ) : (
            <StateTag tone="good">{t('flows.columns_complete')}</StateTag>
          )}
          {state.twice.map((field) => (
            <StateTag key={field} tone="bad">
              {t('flows.columns_twice', { field: fieldText(field) })}
            </StateTag>
          ))}
        </div>
        <span className="qc-grow" />
        {!readOnly && (
          <Button
            type="primary"
            loading={confirm.pending}
            disabled={state.missing.length > 0 || state.twice.length > 0}
            onClick={() => confirm.run()}
          >
            {t(batch.state === 'mapping' ? 'flows.columns_confirm' : 'flows.columns_rerun')}
          </Button>
        )}
      </div>
      {phone ? (
        <ColumnCards batch={batch} choices={choices} />
      ) : (
        <div className="qf-scroll">
          <table className="qf-sheet">
            <thead>
              <tr>
                <th scope="col" className="qf-sheet-row">
                  {t('flows.row')}
                </th>
                {choices.map(({ guess, choice, standing }) => (
                  <th scope="col" key={guess.column} className={`qf-cell-${standing}`}>
                    {choice}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {batch.sample_rows.map(({ row, cells }) => (
                <tr key={row}>
                  <th scope="row" className="qf-sheet-row">
                    {row}
                  </th>
                  {choices.map(({ guess, standing }) => (
                    <td key={guess.column} className={`qf-cell-${standing}`} title={cells[guess.column]}>
                      {cells[guess.column]}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </div>
  )
}

type Choice = {
  guess: BatchPage['columns'][number]
  standing: string
  choice: React.ReactNode
}

/** On a phone each column is a card with its first values. */
function ColumnCards({ batch, choices }: { batch: BatchPage; choices: readonly Choice[] }) {
  const t = useText()
  const header = useHeaderText()
  return (
    <ul className="qf-column-cards">
      {choices.map(({ guess, standing, choice }) => (
        <li key={guess.column} className={`qf-cell-${standing}`} aria-label={header(guess)}>
          {choice}
          <div>
            <span className="qc-muted">{t('flows.column_samples')}</span>{' '}
            {batch.sample_rows
              .slice(0, 3)
              .map(({ cells }) => cells[guess.column] || '—')
              .join(' · ')}
          </div>
        </li>
      ))}
    </ul>
  )
}
