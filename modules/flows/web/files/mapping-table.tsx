import { Button, Segmented } from 'antd'
import { lazy, Suspense, useLayoutEffect, useRef, useState } from 'react'
import { useAct } from '#ui/act/use-act.tsx'
import { api } from '#ui/api.ts'
import { useText } from '#ui/i18n.ts'
import { StateTag } from '#ui/show/state-tag.tsx'
import { followJob } from '#ui/use-job.ts'
import { usePhone } from '#ui/use-phone.ts'
import type { BatchPage, BatchRow } from '../../shapes.ts'
import { type PictureCell, showCell } from '../lines/picture-cells.ts'
import { ColumnChoice, standingOf, useHeaderText } from './column-head.tsx'
import { useMapping } from './use-mapping.ts'

// Few files have pages.
const PagePicture = lazy(() => import('../lines/page-picture.tsx').then((m) => ({ default: m.PagePicture })))

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
      <BesidePicture batch={batch} mapping={state.mapping}>
        {(active, setActive) =>
          phone ? (
            <ColumnCards batch={batch} choices={choices} active={active} />
          ) : (
            <ColumnsTable batch={batch} choices={choices} active={active} onActive={setActive} />
          )
        }
      </BesidePicture>
    </div>
  )
}

type Choice = {
  guess: BatchPage['columns'][number]
  standing: string
  choice: React.ReactNode
}

type BesidePictureProps = {
  batch: BatchPage
  mapping: Record<string, string | null>
  children: (active: PictureCell | null, setActive: (cell: PictureCell | null) => void) => React.ReactNode
}

/** The rows, and beside them the page they were read from where the file has pages. */
function BesidePicture({ batch, mapping, children }: BesidePictureProps) {
  const t = useText()
  const [active, setActive] = useState<PictureCell | null>(null)
  const rows = batch.sample_rows
  const first = rows.find(({ page }) => page !== undefined)?.page
  const [page, setPage] = useState(first)
  const point = (cell: PictureCell | null) => {
    setActive(cell)
    if (cell) setPage(rows.find(({ row }) => row === cell.row)?.page ?? page)
  }
  if (page === undefined) return children(null, () => {})
  const nameOf = (column: number) => {
    const field = mapping[String(column)]
    return field
      ? t(`flows.field.${field}`, { defaultValue: field })
      : (batch.columns.find((guess) => guess.column === column)?.header ?? '')
  }
  return (
    <div className="qf-beside-picture">
      <Suspense fallback={<p className="qc-muted">{t('flows.page_loading')}</p>}>
        <PagePicture
          key={page}
          batchId={batch.id}
          page={page}
          rows={rows}
          nameOf={nameOf}
          active={active}
          onActive={point}
        />
      </Suspense>
      {children(active, point)}
    </div>
  )
}

type ColumnsTableProps = {
  batch: BatchPage
  choices: readonly Choice[]
  active: PictureCell | null
  onActive: (cell: PictureCell | null) => void
}

function ColumnsTable({ batch, choices, active, onActive }: ColumnsTableProps) {
  const t = useText()
  const scroller = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    if (active) showCell(scroller.current, '[data-here]')
  }, [active])
  return (
    <div className="qf-scroll" ref={scroller}>
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
              {choices.map(({ guess: { column }, standing }) => (
                <td
                  key={column}
                  className={`qf-cell-${standing}`}
                  data-here={(active?.row === row && active.column === column) || undefined}
                  onMouseEnter={() => onActive({ row, column })}
                  onMouseLeave={() => onActive(null)}
                  title={cells[column]}
                >
                  {cells[column]}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** On a phone each column is a card with its first values. */
function ColumnCards({ batch, choices, active }: Omit<ColumnsTableProps, 'onActive'>) {
  const t = useText()
  const header = useHeaderText()
  return (
    <ul className="qf-column-cards">
      {choices.map(({ guess, standing, choice }) => (
        <li
          key={guess.column}
          className={`qf-cell-${standing}`}
          data-here={active?.column === guess.column || undefined}
          aria-label={header(guess)}
        >
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
