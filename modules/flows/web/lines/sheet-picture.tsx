import { lazy, Suspense, useLayoutEffect, useRef, useState } from 'react'
import { useText } from '#ui/i18n.ts'
import { Section } from '#ui/layout/section.tsx'
import { LinkTo } from '#ui/link-to.tsx'
import { useSession } from '#ui/session.ts'
import { formatMoment } from '#ui/show/format.ts'
import type { LineLife } from '../../shapes.ts'
import { sheetText } from '../sheet-text.ts'
import { type PictureCell, showCell } from './picture-cells.ts'

// Few files have pages.
const PagePicture = lazy(() => import('./page-picture.tsx').then((m) => ({ default: m.PagePicture })))

/** The line's own row framed among its neighbours, as the sheet printed it, with what each column is taken for. */
export function SheetPicture({ life }: { life: LineLife }) {
  const t = useText()
  const { file, cells } = life
  const hasFiles = useSession().scope !== 'territory'
  const rows =
    life.around.length > 0 ? life.around : [{ row: file.row, cells: cells.map(({ text }) => text) }]
  const [active, setActive] = useState<PictureCell | null>(null)
  const nameOf = (column: number) => {
    const cell = cells[column]
    return cell?.field ? t(`flows.field.${cell.field}`, { defaultValue: cell.field }) : (cell?.header ?? '')
  }
  const figure = figureColumn(cells)
  const scroller = useRef<HTMLDivElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another line stands elsewhere; pointing at a cell scrolls nothing
  useLayoutEffect(() => {
    const framed = scroller.current?.querySelector('.qf-framed')
    if (framed instanceof HTMLElement && scroller.current)
      scroller.current.scrollTop = framed.offsetTop - scroller.current.clientHeight / 2
    showCell(scroller.current, '.qf-figure-cell')
  }, [life])
  useLayoutEffect(() => {
    if (active) showCell(scroller.current, '[data-here]')
  }, [active])
  return (
    <Section
      id="raw"
      title={t('flows.sheet_picture')}
      beside={hasFiles && <LinkTo to={`/flows/batches/${life.line.batch_id}`}>{t('flows.open_file')}</LinkTo>}
    >
      <p className="qc-muted">
        {file.page === null
          ? t('flows.sheet_where', { file: file.file_name, sheet: sheetText(file.sheet, t), row: file.row })
          : t('flows.page_where', { file: file.file_name, page: file.page, row: file.row })}
        {' · '}
        {t('flows.sheet_received', {
          at: formatMoment(file.received_at),
          by: file.received_by ?? '—',
          channel: t(`flows.channel.${file.channel}`, { defaultValue: file.channel }),
        })}
      </p>
      {life.around.length === 0 && <p className="qc-muted">{t('flows.sheet_own_only')}</p>}
      {file.page !== null && (
        <Suspense fallback={<p className="qc-muted">{t('flows.page_loading')}</p>}>
          <PagePicture
            key={life.line.id}
            batchId={life.line.batch_id}
            page={file.page}
            rows={rows}
            framed={file.row}
            nameOf={nameOf}
            active={active}
            onActive={setActive}
          />
        </Suspense>
      )}
      <section
        className="qf-scroll qf-picture"
        ref={scroller}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
        aria-label={file.file_name}
      >
        <table className="qf-sheet">
          <thead>
            <tr>
              <th className="qf-sheet-row" scope="col">
                {t('flows.row')}
              </th>
              {cells.map((cell) => (
                <th key={cell.column} scope="col" className={cell.field ? 'qf-cell-sure' : 'qf-cell-off'}>
                  <div>{cell.header || '—'}</div>
                  <div className="qf-cell-field">
                    {cell.field ? t(`flows.field.${cell.field}`, { defaultValue: cell.field }) : ' '}
                  </div>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ row, cells: texts }) => {
              const own = row === file.row
              return (
                <tr key={row} className={own ? 'qf-framed' : undefined} aria-current={own || undefined}>
                  <th scope="row" className="qf-sheet-row">
                    {row}
                  </th>
                  {cells.map((cell) => (
                    <td
                      key={cell.column}
                      className={`${cell.field ? 'qf-cell-sure' : 'qf-cell-off'}${own && cell.column === figure ? ' qf-figure-cell' : ''}`}
                      data-here={(active?.row === row && active.column === cell.column) || undefined}
                      onMouseEnter={() => setActive({ row, column: cell.column })}
                      onMouseLeave={() => setActive(null)}
                      title={texts[cell.column]}
                    >
                      {texts[cell.column]}
                    </td>
                  ))}
                </tr>
              )
            })}
          </tbody>
        </table>
      </section>
    </Section>
  )
}

/** The column that the line's money was read from; without one, its quantity. */
function figureColumn(cells: LineLife['cells']): number | undefined {
  const of = (field: string) => cells.find((cell) => cell.field === field)?.column
  return of('amount') ?? of('qty')
}
