import { Button, Segmented } from 'antd'
import { useState } from 'react'
import type { z } from 'zod'
import { useText } from '#ui/i18n.ts'
import { ErrorState } from '#ui/layout/error-state.tsx'
import { Section } from '#ui/layout/section.tsx'
import { Skeleton } from '#ui/layout/skeleton.tsx'
import { LinkTo } from '#ui/link-to.tsx'
import { formatCount, formatDate } from '#ui/show/format.ts'
import { StateTag, type Tone } from '#ui/show/state-tag.tsx'
import { useRead } from '#ui/use-list.ts'
import type { completenessRow, MonthPage } from '../../shapes.ts'

type Row = z.output<typeof completenessRow>
type Cell = Row['tables'][string]

const kinds = ['sales', 'purchase', 'stock'] as const
const tones: Record<string, Tone> = { done: 'good', failed: 'bad', mapping: 'warn', running: 'active' }
const STEP = 40

/** Distributor × table: what came, what is stuck, what is missing and since when it is owed. */
export function Completeness({ page }: { page: MonthPage }) {
  const { month } = page
  const t = useText()
  const read = useRead<{ rows: Row[] }>(`/api/flow-months/${month}/completeness`)
  const rows = read.data?.rows ?? []
  const lacking = rows.filter(({ tables }) => !tables.sales || nothingReadable(tables.sales))
  const [choice, setChoice] = useState<'missing' | 'all'>()
  const view = choice ?? (lacking.length > 0 ? 'missing' : 'all')
  const [shown, setShown] = useState(STEP)
  const wanted = view === 'missing' ? lacking : rows
  const rest = wanted.length - shown
  const late = lacking.filter(({ late_days }) => late_days > 0).length
  return (
    <Section
      id="completeness"
      title={t('flows.completeness')}
      beside={
        <span className="qc-muted qc-num">
          {t('flows.completeness_sum', {
            arrived: formatCount(rows.length - lacking.length),
            all: formatCount(rows.length),
          })}
        </span>
      }
    >
      {read.isPending && <Skeleton lines={5} />}
      {read.isError && <ErrorState error={read.error} onRetry={() => void read.refetch()} small />}
      {rows.length > 0 && (
        <Segmented<'missing' | 'all'>
          value={view}
          onChange={(next) => setChoice(next)}
          options={[
            { value: 'missing', label: `${t('flows.completeness_missing')} ${lacking.length}` },
            { value: 'all', label: `${t('flows.completeness_all')} ${rows.length}` },
          ]}
        />
      )}
      {page.state === 'open' && lacking.length > 0 && (
        <p className={late > 0 ? 'qc-bad' : 'qc-muted'}>
          {t(late > 0 ? 'flows.completeness_late' : 'flows.completeness_due', {
            number: formatCount(late),
            count: late,
            due: formatDate(page.files_due_on),
          })}
        </p>
      )}
      {read.data && wanted.length === 0 && <p className="qc-good">{t('flows.completeness_none')}</p>}
      {wanted.length > 0 && (
        <table className="qf-matrix">
          <thead>
            <tr>
              <th scope="col">{t('flows.distributor')}</th>
              {kinds.map((kind) => (
                <th scope="col" key={kind}>
                  {t(`flows.kind.${kind}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {wanted.slice(0, shown).map((row) => (
              <tr key={row.distributor_id}>
                <th scope="row" title={row.distributor_name}>
                  {row.distributor_name}
                </th>
                {kinds.map((kind) => (
                  <td key={kind}>
                    <MatrixCell cell={row.tables[kind]} kind={kind} row={row} page={page} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {rest > 0 && (
        <Button onClick={() => setShown(shown + STEP * 5)}>
          {t('flows.completeness_more', { number: Math.min(rest, STEP * 5) })}
        </Button>
      )}
    </Section>
  )
}

/** A failed file beside good ones is told, but the table is there. */
const nothingReadable = (cell: Cell) => cell.state === 'failed'

type MatrixCellProps = { cell: Cell | undefined; kind: string; row: Row; page: MonthPage }

function MatrixCell({ cell, kind, row, page }: MatrixCellProps) {
  const t = useText()
  const owed = kind === 'sales' && row.late_days > 0
  const delay = t('flows.late_by', { number: formatCount(row.late_days), count: row.late_days })
  const where = `month=${page.month}&distributor_id=${row.distributor_id}`
  if (!cell) {
    // Only sales are owed by everyone; the other tables are welcome.
    if (kind !== 'sales') return <span className="qc-muted">—</span>
    return (
      <LinkTo to={`/flows/upload?${where}`}>
        {page.state === 'open' && owed ? (
          <StateTag tone="bad">{delay}</StateTag>
        ) : (
          <StateTag tone="warn">{t('flows.not_arrived')}</StateTag>
        )}
      </LinkTo>
    )
  }
  const lines = t('flows.lines_n', { number: formatCount(cell.line_count), count: cell.line_count })
  const state = t(`flows.batch_state.${cell.state}`, { defaultValue: cell.state })
  const partly = cell.state !== 'done' && cell.line_count > 0
  const failed = cell.state !== 'failed' && cell.failed_count > 0
  return (
    <>
      <LinkTo to={`/flows/batches?${where}`}>
        <StateTag tone={partly ? 'warn' : (tones[cell.state] ?? 'neutral')}>
          {cell.state === 'done' ? lines : partly ? `${lines} · ${state}` : state}
        </StateTag>
      </LinkTo>
      {owed && row.sales_on && (
        <div className="qf-matrix-note">
          {t('flows.came_late', { number: formatCount(row.late_days), count: row.late_days })}
        </div>
      )}
      {failed && (
        <div>
          <LinkTo to={`/flows/batches?${where}&state=failed`} className="qc-muted">
            {t('flows.failed_files_n', { number: cell.failed_count, count: cell.failed_count })}
          </LinkTo>
        </div>
      )}
    </>
  )
}
